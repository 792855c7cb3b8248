// SPDX-License-Identifier: Apache-2.0
public import Language

/// A command that acts on the session and not on objects: `%who`.
public struct Magic: Sendable {
  /// What follows the name, for completion.
  public enum Argument: Sendable, Hashable {
    /// Nothing.
    case nothing
    /// One of some words.
    case words([String])
    /// A file.
    case path
    /// A variable.
    case variable
    /// The name of a type.
    case type
    /// The name of a setting and one of its words.
    case setting
    /// Code.
    case statement
  }

  /// The name behind the percent sign.
  public let name: String
  /// How it is typed, such as `%history [n]`.
  public let usage: String
  /// One sentence.
  public let text: Text
  /// What follows the name.
  public let argument: Argument
  let body: @Sendable (MagicCall) throws -> Void

  /// Declares a session command.
  ///
  /// - Parameters:
  ///   - usage: How it is typed, with the percent sign; the first word is the name.
  ///   - text: One sentence.
  ///   - argument: What follows the name.
  ///   - body: What it does; throws a `Diagnostic` when it cannot.
  public init(
    _ usage: String, _ text: Text, argument: Argument = .nothing, body: @escaping @Sendable (MagicCall) throws -> Void
  ) {
    name = String(usage.drop { $0 == "%" }.prefix { $0 != " " })
    self.usage = usage
    self.text = text
    self.argument = argument
    self.body = body
  }
}

/// A session command that is being carried out.
public struct MagicCall {
  /// The session.
  public let session: Session
  /// The evaluator that met the command.
  public let evaluator: Evaluator
  /// The command as it was typed, with its percent signs.
  public let name: String
  /// What follows the name, without blanks around it.
  public let argument: String
  /// The rest of the cell, for a command with two percent signs.
  public let body: String?
  /// Where the command stands.
  public let span: SourceSpan

  /// The words that follow the name.
  public var words: [String] { argument.split(separator: " ").map(String.init) }

  /// The language of messages.
  public var language: MessageLanguage { session.language }

  /// Prints a line.
  public func print(_ line: String) { evaluator.surroundings.emit(.text(line + "\n")) }

  /// Prints a line.
  public func print(_ line: Text) { print(line(language)) }

  /// Shows something.
  public func show(_ display: Display) { evaluator.surroundings.emit(.display(display, id: nil)) }

  /// A mistake in how the command was typed.
  public func mistake(_ message: Text, help: [Diagnostic.Help] = []) -> Diagnostic {
    Diagnostic(.value, message, help: help, span: span)
  }
}
