// SPDX-License-Identifier: Apache-2.0
import Language

/// Says what is known about the thing at a place, without evaluating anything.
struct Inspector {
  let knowledge: Knowledge
  let language: MessageLanguage

  /// What stands at the byte `offset` of `code`: the name there, or the function whose arguments are being typed.
  func inspect(_ code: String, at offset: Int, isDetailed: Bool) -> Display? {
    let page = HelpPage(knowledge, DisplayContext(language: language))
    if let command = sessionTopic(in: code, at: offset) { return page.page(command) }
    if let path = path(in: code, at: offset), let found = page.page(path, isDetailed: isDetailed) { return found }
    let context = CompletionContext(code, upTo: offset) { knowledge.grammar.verbs.contains($0) }
    return context.call.flatMap { page.page($0.name, isDetailed: isDetailed) }
  }

  /// The dotted name around the cursor, up to the end of the part that the cursor touches.
  private func path(in code: String, at offset: Int) -> String? {
    let bytes = Array(code.utf8)
    let isPart: (UInt8) -> Bool = { byte in
      byte >= 0x80 || byte == UInt8(ascii: "_") || (48...57).contains(byte) || (65...90).contains(byte)
        || (97...122).contains(byte)
    }
    var end = offset
    while end < bytes.count, isPart(bytes[end]) { end += 1 }
    var start = end
    while start > 0, isPart(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: ".") { start -= 1 }
    let path = String(decoding: bytes[start..<end], as: UTF8.self)
    guard let first = path.unicodeScalars.first, CodeScanner.startsName(first) else { return nil }
    return path
  }

  private func sessionTopic(in code: String, at offset: Int) -> String? {
    // The cursor may stand inside the name.
    let rest = code.utf8.dropFirst(offset).prefix { $0 > UInt8(ascii: " ") }.count
    let engine = CompletionEngine(knowledge: knowledge, code: code, end: offset + rest)
    guard let line = engine.sessionLine else { return nil }
    let name = line.text.prefix { $0 != " " }
    return name.first == "%" ? "%" + name.drop { $0 == "%" } : String(name.drop { $0 == "?" })
  }
}
