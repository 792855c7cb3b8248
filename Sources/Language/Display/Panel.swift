// SPDX-License-Identifier: Apache-2.0

/// A box of live controls, for fronts that can show one: it acts while a cell runs.
public struct Panel: Sendable, Hashable {
  /// One control.
  public struct Item: Sendable, Hashable {
    /// The name by which events and updates mean it, unique in its panel.
    public var id: String
    /// What it is.
    public var kind: Kind

    /// Makes a control.
    public init(_ id: String, _ kind: Kind) {
      self.id = id
      self.kind = kind
    }
  }

  /// The kinds of control.
  public enum Kind: Sendable, Hashable {
    /// Something to press; the icon is a name of Font Awesome 4, without `fa-`, or empty.
    case button(label: String, icon: String, tooltip: String)
    /// Something that stays pressed.
    case toggle(label: String, icon: String, isOn: Bool)
    /// A number between two others; a logarithmic one moves by powers of ten.
    case slider(label: String, value: Double, range: ClosedRange<Double>, step: Double, isLogarithmic: Bool)
    /// One of several words.
    case choice(label: String, options: [String], selected: Int)
    /// How much is done, 0 … 1.
    case progress(label: String, fraction: Double)
    /// Text, in HTML without scripts.
    case text(html: String)
    /// A picture in PNG, shown at a size in CSS pixels.
    case picture(png: [UInt8], width: Int, height: Int, alt: String)
  }

  /// The controls, row by row.
  public var rows: [[Item]]
  /// What fronts say that cannot show it, and what notebooks keep.
  public var plain: String

  /// Makes a panel.
  public init(rows: [[Item]], plain: String) {
    self.rows = rows
    self.plain = plain
  }
}

/// What a user does with a panel.
public enum PanelEvent: Sendable, Hashable {
  /// A button was pressed.
  case pressed(String)
  /// A toggle was switched.
  case switched(String, isOn: Bool)
  /// A slider was moved.
  case moved(String, to: Double)
  /// A word was chosen, by its place.
  case chosen(String, Int)
}

/// A new state of one control.
public enum PanelChange: Sendable, Hashable {
  /// The value of a slider, or the fraction of a progress bar.
  case number(Double)
  /// Whether a toggle is on.
  case flag(Bool)
  /// The place of the chosen word.
  case place(Int)
  /// The text, in HTML without scripts.
  case text(html: String)
  /// The label of a progress bar or a button.
  case label(String)
  /// Another picture, in PNG.
  case picture(png: [UInt8])
  /// Whether a control can be used.
  case enabled(Bool)
}

/// A front that shows panels; any thread may use it.
public protocol PanelHost: Sendable {
  /// Shows a panel in the running cell.
  ///
  /// - Parameters:
  ///   - panel: What to show.
  ///   - receive: Called for each event, in order, on a thread of the front, also while a cell runs; it must not wait.
  /// - Returns: What changes the panel later.
  func show(_ panel: Panel, receive: @escaping @Sendable (PanelEvent) -> Void) -> any PanelHandle

  /// Executes code in the session as soon as it is free, as if somebody had typed it.
  func execute(_ code: String)
}

/// A panel that is shown; any thread may use it.
public protocol PanelHandle: Sendable {
  /// Changes a control; what comes too fast is left out, but never the last.
  func update(_ id: String, _ change: PanelChange)

  /// Takes the panel away.
  func close()
}
