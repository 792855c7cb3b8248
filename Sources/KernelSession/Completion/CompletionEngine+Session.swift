// SPDX-License-Identifier: Apache-2.0
import Language

extension CompletionEngine {
  /// The line that the cursor is on, when it is one that acts on the session: `%…`, `?…`.
  var sessionLine: (text: String, start: Int)? {
    let before = Array(code.utf8.prefix(end))
    let start = (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let line = before[start...]
    guard let first = line.firstIndex(where: { $0 != UInt8(ascii: " ") }),
      [UInt8(ascii: "%"), UInt8(ascii: "?")].contains(line[first])
    else { return nil }
    return (String(decoding: line[first...], as: UTF8.self), first)
  }

  /// Completes a session command or what it acts on.
  func complete(sessionLine line: (text: String, start: Int)) -> Completion {
    let marks = line.text.prefix { $0 == "%" || $0 == "?" }
    let rest = line.text.dropFirst(marks.count)
    let restStart = line.start + marks.utf8.count
    if marks.first == "?" { return matching(topics, String(rest), from: restStart) }
    guard let blank = rest.firstIndex(of: " ") else {
      return matching(magicNames, String(rest), from: restStart)
    }
    let argument = rest[blank...].drop { $0 == " " }
    return complete(argument: String(argument), from: end - argument.utf8.count, of: String(rest[..<blank]))
  }

  private var magicNames: [Completion.Match] {
    knowledge.magics.map { Completion.Match($0.name, .magic, signature: $0.usage) }
  }

  private var topics: [Completion.Match] {
    let names = (HelpTopic.session + knowledge.table.topics).map {
      Completion.Match($0.name, .topic, signature: $0.title.english)
    }
    let builtins = knowledge.table.names.map {
      Completion.Match($0, .function, signature: knowledge.table.variants(named: $0).first?.shownSignature ?? "")
    }
    let variables = knowledge.variables.map { Completion.Match($0.name, .variable, signature: $0.value.line) }
    let magics = knowledge.magics.map { Completion.Match("%" + $0.name, .magic, signature: $0.usage) }
    return names + builtins + variables + magics
  }

  /// The last word of what a session command acts on.
  private func complete(argument: String, from start: Int, of name: String) -> Completion {
    guard let magic = knowledge.magics.first(where: { $0.name == name }) else {
      return Completion(replaced: end..<end)
    }
    let word = argument.split(separator: " ", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    let wordStart = end - word.utf8.count
    switch magic.argument {
    case .nothing: return Completion(replaced: end..<end)
    case .words(let words): return matching(words.map { Completion.Match($0, .word) }, word, from: wordStart)
    case .setting:
      let words = argument.split(separator: " ", omittingEmptySubsequences: false).dropLast()
      let names = knowledge.settings.map(\.name)
      let choices = words.first.map { first in knowledge.settings.first { $0.name == first }?.words ?? [] } ?? names
      return matching(choices.map { Completion.Match($0, .word) }, word, from: wordStart)
    case .path: return matching(PathCompletion.matches(argument), argument, from: start)
    case .variable:
      let variables = knowledge.variables.map { Completion.Match($0.name, .variable, signature: $0.value.line) }
      return matching(variables, word, from: wordStart)
    case .type:
      let types = Set(knowledge.variables.map(\.value.typeName)).sorted()
      return matching(types.map { Completion.Match($0, .word) }, word, from: wordStart)
    case .statement:
      let inner = CompletionEngine(knowledge: knowledge, code: argument, end: argument.utf8.count).complete()
      return Completion(
        replaced: inner.replaced.lowerBound + start..<inner.replaced.upperBound + start, matches: inner.matches)
    }
  }
}
