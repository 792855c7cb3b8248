// SPDX-License-Identifier: Apache-2.0

/// What was measured at each step, as columns; and what was changed between steps.
public struct History: Sendable, Hashable {
  /// Something that happened before a step: a changed setting, other data, weights set by hand.
  public struct Note: Sendable, Hashable {
    /// How many steps had been taken.
    public let step: Int
    /// What happened, as `opt_G.lr 0.0002 → 0.0001`.
    public let text: String
  }

  /// The names of the columns, in the order of their first appearance.
  public private(set) var names: [String] = []
  /// The step of each row.
  public private(set) var steps: [Int] = []
  /// The epoch of each row.
  public private(set) var epochs: [Int] = []
  /// What happened between steps.
  public private(set) var notes: [Note] = []
  private var columns: [[Double]] = []

  /// An empty history.
  public init() {}

  /// A history read from a file; all columns have as many rows as there are steps.
  init(names: [String], steps: [Int], epochs: [Int], columns: [[Double]], notes: [Note]) {
    self.names = names
    self.steps = steps
    self.epochs = epochs
    self.columns = columns
    self.notes = notes
  }

  /// How many rows there are.
  public var count: Int { steps.count }

  /// The values of one column, a number a row; NaN where a step did not measure it.
  ///
  /// Nil for an unknown name.
  public subscript(_ name: String) -> [Double]? {
    names.firstIndex(of: name).map { columns[$0] }
  }

  /// The values of a row, without those that its step did not measure.
  public func row(_ index: Int) -> [NamedValue] {
    zip(names, columns).compactMap { name, column in column[index].isNaN ? nil : NamedValue(name, column[index]) }
  }

  /// Adds what a step reports.
  mutating func append(_ report: StepReport) {
    steps.append(report.step)
    epochs.append(report.epoch)
    for value in report.values where !names.contains(value.name) {
      names.append(value.name)
      columns.append(Array(repeating: .nan, count: count - 1))
    }
    for (index, name) in names.enumerated() { columns[index].append(report[name] ?? .nan) }
  }

  /// Notes something that happened after `step` steps.
  mutating func note(_ text: String, at step: Int) { notes.append(Note(step: step, text: text)) }

  /// Bytes that a copy may come to own.
  var byteCount: Int { count * (16 + 8 * columns.count) }

  /// The mean of a column over its last `window` measured values; nil when there are none.
  public func recentMean(_ name: String, window: Int = 50) -> Double? {
    guard let column = self[name] else { return nil }
    let recent = column.suffix(max(window, 1)).filter { !$0.isNaN }
    return recent.isEmpty ? nil : recent.reduce(0, +) / Double(recent.count)
  }

  /// All rows as comma-separated text with a line of names: `step,epoch,errD,…`; empty where nothing was measured.
  public var csv: String {
    var text = (["step", "epoch"] + names).joined(separator: ",") + "\n"
    for row in 0..<count {
      let numbers = columns.map { $0[row].isNaN ? "" : "\($0[row])" }
      text += (["\(steps[row])", "\(epochs[row])"] + numbers).joined(separator: ",") + "\n"
    }
    return text
  }
}
