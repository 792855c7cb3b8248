// SPDX-License-Identifier: Apache-2.0
public import Language

/// What came of an execution.
public struct Execution: Sendable {
  /// How it ended.
  public enum Status: Sendable {
    /// Every statement ran.
    case ok
    /// A statement failed; the ones after it did not run.
    case failed(Failure)
    /// The user interrupted it; the session is whole.
    case interrupted(Failure)
  }

  /// How it ended.
  public var status: Status
  /// The number of the cell, from 1.
  public var count: Int
  /// Help pages and the like, for a front that shows them beside the output.
  public var pages: [Display]
  /// The results of the user expressions, by name.
  public var userExpressions: [String: Result<Display, Failure>]
  /// Whether the code asked to leave.
  public var wantsExit: Bool
  /// The text to put on the next input line, for editing.
  public var nextInput: String?
  /// Whether `nextInput` is to be opened in an editor first, where the front has one.
  public var opensEditor: Bool

  /// Makes the outcome of a cell; by default it went well and left nothing behind.
  public init(
    status: Status = .ok, count: Int, pages: [Display] = [],
    userExpressions: [String: Result<Display, Failure>] = [:], wantsExit: Bool = false, nextInput: String? = nil,
    opensEditor: Bool = false
  ) {
    self.status = status
    self.count = count
    self.pages = pages
    self.userExpressions = userExpressions
    self.wantsExit = wantsExit
    self.nextInput = nextInput
    self.opensEditor = opensEditor
  }

  /// The failure or interruption, when there was one.
  public var failure: Failure? {
    switch status {
    case .ok: nil
    case .failed(let failure), .interrupted(let failure): failure
    }
  }
}

/// An error as people and programs see it.
public struct Failure: Error, Sendable, Hashable {
  /// The class of the error, such as `ShapeError`.
  public var className: String
  /// The sentence, in the language of the session.
  public var message: String
  /// The whole report: sentence, source line, carets, help; plain text, at most 12 lines.
  public var lines: [String]
  /// The same in the sixteen colours of the user's theme; nothing is said by colour alone.
  public var colouredLines: [String]
  /// The line in the code where it happened, from 1, when it has a place.
  public var line: Int?
  /// The column in that line, in characters from 1, when it has a place.
  public var column: Int?

  /// Makes a failure; without coloured lines the plain ones stand for them.
  public init(
    className: String, message: String, lines: [String], colouredLines: [String]? = nil, line: Int? = nil,
    column: Int? = nil
  ) {
    self.className = className
    self.message = message
    self.lines = lines
    self.colouredLines = colouredLines ?? lines
    self.line = line
    self.column = column
  }
}
