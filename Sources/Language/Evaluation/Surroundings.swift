// SPDX-License-Identifier: Apache-2.0

/// What a running program may use of the world; a session provides it.
public protocol Surroundings: AnyObject {
  /// Shows something; what is emitted is shown in this order.
  func emit(_ emission: Emission)
  /// A line from the user; throws a `Diagnostic` when there is nobody to ask.
  func readLine(prompt: String, isPassword: Bool) throws -> String
  /// Whether the user wants to stop; read once a statement and once a training step, so it must be cheap.
  var interruption: Interruption { get }
  /// The language of messages.
  var language: MessageLanguage { get }
  /// Where output is shown.
  var canvas: TerminalCanvas { get }
  /// Seconds on a clock that never goes back.
  func now() -> Double
  /// What the host's builtins keep between calls; the language never looks inside.
  var host: AnyObject? { get }
  /// Runs a line that acts on the session: `%who`, `?step`. Throws a `Diagnostic`.
  func perform(_ command: SessionCommand, in evaluator: Evaluator) throws
  /// Where live controls can be shown; nil when the front has no place for them.
  var panels: (any PanelHost)? { get }
  /// Told before a line of the top level runs.
  func willRun(_ line: TopLine, of program: Program, in evaluator: Evaluator)
  /// Told after a line of the top level ran; `failure` is what ended it before its time.
  func didRun(_ line: TopLine, of program: Program, in evaluator: Evaluator, failure: Diagnostic?)
  /// Told by a builtin what its call at `site` amounts to, such as `step gan 1137` after a pause; recipes use it where
  /// the running statement is that call. Empty when it did nothing.
  func amounts(to statement: String, at site: CallSite?)
  /// Told by a builtin of a command that somebody gave while the statement ran, such as a setting moved in a panel, and
  /// that no other words of the statement stand for; recipes put it behind the statement.
  func adds(_ statement: String)
}

extension Surroundings {
  /// No place for live controls.
  public var panels: (any PanelHost)? { nil }
  /// Nothing happens.
  public func willRun(_ line: TopLine, of program: Program, in evaluator: Evaluator) {}
  /// Nothing happens.
  public func didRun(_ line: TopLine, of program: Program, in evaluator: Evaluator, failure: Diagnostic?) {}
  /// Nothing happens.
  public func amounts(to statement: String, at site: CallSite?) {}
  /// Nothing happens.
  public func adds(_ statement: String) {}
}

/// How much the user wants to stop.
public enum Interruption: Int, Sendable, Comparable {
  /// Not at all.
  case none = 0
  /// After this step or statement, keeping everything.
  case pause = 1
  /// At once, giving up the step.
  case abandon = 2

  /// A gentler wish is less.
  public static func < (left: Interruption, right: Interruption) -> Bool { left.rawValue < right.rawValue }
}

/// A line that acts on the session instead of being a statement.
public enum SessionCommand: Sendable, Hashable {
  /// `%name argument`.
  case magic(name: String, argument: String, span: SourceSpan)
  /// `%%name argument` and the rest of the cell.
  case cellMagic(name: String, argument: String, body: String, span: SourceSpan)
  /// `?topic`, `topic?`; `isDetailed` for two question marks.
  case help(topic: String, isDetailed: Bool, span: SourceSpan)
}

/// Something that a running program shows.
public enum Emission: Sendable {
  /// Printed text, as it stands.
  case text(String)
  /// A note beside the output, one line, already in the user's language.
  case note(String)
  /// A display of its own; `id` lets a later `update` replace it.
  case display(Display, id: String?)
  /// A new content for an earlier display.
  case update(Display, id: String)
  /// The value of a statement.
  case result(Display)
  /// What an assignment echoes.
  case echo(Display)
  /// A page of help.
  case page(Display)
  /// The state of something that takes a while; a front shows the latest and drops what comes too fast.
  case progress(id: String, line: String, display: Display, fraction: Double?, isFinal: Bool)
  /// Removes what was shown so far, at once or when the next output comes.
  case clear(wait: Bool)
}
