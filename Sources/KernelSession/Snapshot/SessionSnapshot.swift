// SPDX-License-Identifier: Apache-2.0
public import Language

/// A picture of a session after its last finished statement, which any thread may question while a cell runs.
///
/// Nothing here evaluates code. Places are UTF-8 byte offsets; one outside the code counts as the nearest end.
public struct SessionSnapshot: Sendable {
  /// What has been typed, this session and before.
  public let history: History
  /// The language in which the session talks.
  public let language: MessageLanguage
  private let knowledge: Knowledge

  init(knowledge: Knowledge, history: History, language: MessageLanguage) {
    self.knowledge = knowledge
    self.history = history
    self.language = language
  }

  /// What could be typed at byte `offset` of `code`.
  public func complete(_ code: String, at offset: Int) -> Completion {
    let place = min(max(0, offset), code.utf8.count)
    return CompletionEngine(knowledge: knowledge, code: code, end: place).complete()
  }

  /// What is known about the thing at byte `offset` of `code`, or nil when there is nothing.
  ///
  /// `detail` 0 gives signature, sentence, value and an example; 1 how it is written out in the language.
  public func inspect(_ code: String, at offset: Int, detail: Int = 0) -> Display? {
    let place = min(max(0, offset), code.utf8.count)
    return Inspector(knowledge: knowledge, language: language).inspect(code, at: place, isDetailed: detail > 0)
  }

  /// Whether `code` can be executed as it stands, needs more lines, or is wrong.
  public func completeness(of code: String) -> Completeness {
    Parser.completeness(of: code, grammar: knowledge.grammar)
  }

  /// The builtins of the session.
  public var builtins: BuiltinTable { knowledge.table }
}
