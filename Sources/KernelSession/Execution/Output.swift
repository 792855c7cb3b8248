// SPDX-License-Identifier: Apache-2.0
public import Language

/// Something that a running cell shows, in the order in which it is emitted.
public enum Output: Sendable {
  /// Printed text, as it stands.
  case text(String, Stream)
  /// A remark beside the output, one line without its newline, such as `note: …`.
  case note(String)
  /// A display of its own; `id` lets a later `update` replace it.
  case display(Display, id: String?)
  /// A new content for an earlier display.
  case update(Display, id: String)
  /// The value of the cell.
  case result(Display, count: Int)
  /// The state of something that takes a while; fronts show the latest and drop what comes too fast.
  case progress(Progress)
  /// Removes what the cell has shown so far, at once or when the next output comes.
  case clear(wait: Bool)

  /// Where printed text goes.
  public enum Stream: String, Sendable {
    /// Ordinary output.
    case standardOutput = "stdout"
    /// Errors.
    case standardError = "stderr"
  }

  /// One state of a run in progress.
  public struct Progress: Sendable {
    /// The run; states of one run replace each other.
    public var id: String
    /// One line for a terminal, without escape codes.
    public var line: String
    /// The same, richer, for a notebook.
    public var display: Display
    /// How much is done, 0 … 1, when the end is known.
    public var fraction: Double?
    /// Whether this is the last state, which is never dropped.
    public var isFinal: Bool

    /// Makes one state of a run.
    public init(id: String, line: String, display: Display, fraction: Double? = nil, isFinal: Bool = false) {
      self.id = id
      self.line = line
      self.display = display
      self.fraction = fraction
      self.isFinal = isFinal
    }
  }
}
