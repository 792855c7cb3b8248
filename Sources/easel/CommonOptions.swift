// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
public import Language
public import TerminalFront

/// The options of every way to run programs.
struct CommonOptions: ParsableArguments {
  @Option(help: "Seed of the session; without it a session starts at seed 0.")
  var seed: Int?

  @Option(help: "How many threads compute; results do not depend on it.")
  var threads: Int?

  @Option(help: "Pictures: auto, kitty, iterm, sixel, half, shade, braille, ascii, files or none.")
  var graphics: GraphicsChoice = .auto

  @Option(help: "Colours: auto, always or never.")
  var color: Appearance.ColourChoice = .auto

  @Option(help: "Language of messages: en or zh; without it the locale decides.")
  var lang: MessageLanguage?

  @Option(help: ArgumentHelp("Folder to look for data sets in first.", valueName: "dir"))
  var data: String?

  @Flag(help: "Do not read ~/.config/easel/init.easel.")
  var noInit = false

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads must be at least 1.") }
  }

  /// How output looks.
  var appearance: Appearance {
    let reader = Environment.current().variables["EASEL_READER"] ?? ""
    return Appearance(graphics: graphics.graphics, colour: color, reader: !["", "0"].contains(reader))
  }

  /// The language of messages.
  var language: MessageLanguage { lang ?? Environment.current().messageLanguage }
}

/// The ways to draw pictures, or the best one.
struct GraphicsChoice: ExpressibleByArgument {
  /// Nil for the best that the terminal offers.
  let graphics: TerminalCanvas.Graphics?

  static let auto = GraphicsChoice(graphics: nil)

  init(graphics: TerminalCanvas.Graphics?) { self.graphics = graphics }

  init?(argument: String) {
    if argument == "auto" {
      self = .auto
    } else {
      guard let graphics = TerminalCanvas.Graphics(rawValue: argument) else { return nil }
      self.graphics = graphics
    }
  }

  var defaultValueDescription: String { graphics?.rawValue ?? "auto" }
  static var allValueStrings: [String] { ["auto"] + TerminalCanvas.Graphics.allCases.map(\.rawValue) }
}

extension Appearance.ColourChoice: ExpressibleByArgument {}
extension MessageLanguage: ExpressibleByArgument {}
