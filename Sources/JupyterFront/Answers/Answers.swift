// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import KernelSession
import Language

/// Answers questions from the newest snapshot of the session, so that they are answered while a cell runs.
struct Answers: Sendable {
  /// Longest code that is looked into, in bytes; nobody types more, and the I/O thread must stay quick.
  static let longestCode = 1 << 20

  let snapshot: SessionSnapshot

  /// Content of `complete_reply`.
  func complete(_ request: CompleteRequest) -> JSON {
    let completion =
      request.code.utf8.count <= Self.longestCode
      ? snapshot.complete(request.code, at: request.offset)
      : Completion(replaced: request.offset..<request.offset)
    let start = request.code.scalarCount(utf8Offset: completion.replaced.lowerBound)
    let end = request.code.scalarCount(utf8Offset: completion.replaced.upperBound)
    let types: [JSON] = completion.matches.map { match in
      [
        "start": .integer(start), "end": .integer(end), "text": .string(match.text),
        "type": .string(match.kind.icon), "signature": .string(match.signature),
      ]
    }
    return [
      "status": "ok", "matches": .array(completion.matches.map { .string($0.text) }),
      "cursor_start": .integer(start), "cursor_end": .integer(end),
      "metadata": ["_jupyter_types_experimental": .array(types)],
    ]
  }

  /// Content of `inspect_reply`.
  func inspect(_ request: InspectRequest) -> JSON {
    guard request.code.utf8.count <= Self.longestCode,
      let display = snapshot.inspect(request.code, at: request.offset, detail: request.detail)
    else { return ["status": "ok", "found": false, "data": .object([]), "metadata": .object([])] }
    return ["status": "ok", "found": true, "data": display.bundle, "metadata": display.bundleMetadata]
  }

  /// Content of `is_complete_reply`.
  func isComplete(_ code: String) -> JSON {
    guard code.utf8.count <= Self.longestCode else { return ["status": "unknown"] }
    return switch snapshot.completeness(of: code) {
    case .complete: ["status": "complete"]
    case .invalid: ["status": "invalid"]
    case .incomplete(let indent): ["status": "incomplete", "indent": .string(String(repeating: " ", count: indent))]
    }
  }

  /// Content of `history_reply`.
  func history(_ request: HistoryRequest) -> JSON {
    let entries = entries(for: request)
    let rows: [JSON] = entries.map { entry in
      let output: JSON = entry.output.map { .string($0) } ?? .null
      let input: JSON = request.output ? [.string(entry.input), output] : .string(entry.input)
      return [.integer(entry.session), .integer(entry.number), input]
    }
    return ["status": "ok", "history": .array(rows)]
  }

  private func entries(for request: HistoryRequest) -> [HistoryEntry] {
    let history = snapshot.history
    return switch request.access {
    case .tail: history.tail(request.count ?? Int.max)
    case .range: history.range(session: request.session, start: request.start, stop: request.stop)
    case .search: history.search(request.pattern, count: request.count, isUnique: request.unique)
    }
  }
}

extension Completion.Kind {
  /// The word by which JupyterLab chooses an icon.
  fileprivate var icon: String {
    switch self {
    case .function, .verb: "function"
    case .constructor: "class"
    case .variable: "instance"
    case .field: "property"
    case .argument: "param"
    case .keyword: "keyword"
    case .word, .dataset, .topic, .symbol: "text"
    case .path: "path"
    case .magic: "magic"
    }
  }
}
