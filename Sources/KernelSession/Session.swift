// SPDX-License-Identifier: Apache-2.0
public import Language

/// One conversation: executes code, remembers it, and answers questions about it through its snapshots.
///
/// A session belongs to the thread that executes. Other threads use `interrupt` and `snapshots` only.
public final class Session {
  /// What can be chosen when a session starts.
  public struct Options: Sendable {
    /// The language in which the session talks.
    public var language: MessageLanguage
    /// What the front can draw; a notebook is a canvas without colours or graphics.
    public var canvas: TerminalCanvas

    /// Makes options; the defaults suit a notebook.
    public init(language: MessageLanguage = .english, canvas: TerminalCanvas = TerminalCanvas()) {
      self.language = language
      self.canvas = canvas
    }
  }

  /// Stops the running cell.
  public let interrupt = Interrupt()
  /// The newest picture of the session.
  public let snapshots: SnapshotBox
  /// What has been typed.
  public let history: History
  /// The number of the last counted cell; 0 before the first.
  public private(set) var executionCount = 0

  /// Starts a session.
  public init(options: Options = Options()) {
    let history = History()
    self.history = history
    snapshots = SnapshotBox(SessionSnapshot(history: history, language: options.language))
  }

  /// The line with which a front greets.
  public var banner: String { "easel" }

  /// Executes `request` and returns when it has ended, well or not; everything shown goes to `sink`.
  public func execute(_ request: ExecutionRequest, to sink: any OutputSink) -> Execution {
    _ = interrupt.begin()
    defer { interrupt.end() }
    if request.storesHistory { executionCount += 1 }
    return Execution(count: executionCount)
  }
}
