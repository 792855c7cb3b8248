// SPDX-License-Identifier: Apache-2.0
public import Language

/// How the user wants output to look; what is not chosen is found out.
public struct Appearance: Sendable, Hashable {
  /// When colours are used.
  public enum ColourChoice: String, Sendable, CaseIterable {
    /// On a terminal that knows them, unless the environment forbids it.
    case auto
    /// Always.
    case always
    /// Never.
    case never
  }

  /// Which characters are used.
  public enum CharacterChoice: String, Sendable, CaseIterable {
    /// Boxes and blocks where the terminal draws them one column wide.
    case auto
    /// Boxes and blocks.
    case full
    /// ASCII only.
    case ascii
  }

  /// The way to draw pictures; nil means the best that the terminal offers.
  public var graphics: TerminalCanvas.Graphics?
  /// When colours are used.
  public var colour: ColourChoice
  /// Which characters are used.
  public var characters: CharacterChoice
  /// Whether output is read aloud.
  public var reader: Bool

  /// Makes an appearance; by default everything is found out.
  public init(
    graphics: TerminalCanvas.Graphics? = nil, colour: ColourChoice = .auto, characters: CharacterChoice = .auto,
    reader: Bool = false
  ) {
    self.graphics = graphics
    self.colour = colour
    self.characters = characters
    self.reader = reader
  }
}
