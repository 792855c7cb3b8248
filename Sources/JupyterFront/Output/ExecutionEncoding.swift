// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import KernelSession
import Language

extension Execution {
  /// The content of `execute_reply`.
  func reply(_ language: MessageLanguage) -> JSON {
    let results = userExpressions.sorted { $0.key < $1.key }.map { JSON.Member($0.key, $0.value.content) }
    let always = [
      JSON.Member("execution_count", .integer(count)), JSON.Member("user_expressions", .object(results)),
      JSON.Member("payload", .array(payload)),
    ]
    guard let failure else { return .object([JSON.Member("status", "ok")] + always) }
    return .object([JSON.Member("status", "error")] + failure.content(in: count, language) + always)
  }

  /// Pages to show, text for the next cell, a wish to leave.
  private var payload: [JSON] {
    var payload: [JSON] = pages.map { ["source": "page", "data": $0.bundle, "start": 0] }
    if let nextInput { payload.append(["source": "set_next_input", "text": .string(nextInput), "replace": false]) }
    if wantsExit { payload.append(["source": "ask_exit", "keepkernel": false]) }
    return payload
  }
}

extension Failure {
  /// What an `error` message and an error reply say about cell `count`: the report, and where the fault stands.
  func content(in count: Int, _ language: MessageLanguage) -> [JSON.Member] {
    Content.error(className, message, traceback: report + place(in: count, language))
  }

  private var report: [String] {
    lines.isEmpty ? ["\(className): \(message)"] : colouredLines
  }

  private func place(in count: Int, _ language: MessageLanguage) -> [String] {
    guard let line, let column else { return [] }
    let place = Text(
      "  at line \(line), column \(column) of cell [\(count)]", zh: "  位于单元格 [\(count)] 第 \(line) 行第 \(column) 列")
    return [place(language)]
  }
}

extension Result<Display, Failure> {
  /// The result of a user expression.
  fileprivate var content: JSON {
    switch self {
    case .success(let display):
      ["status": "ok", "data": display.bundle, "metadata": display.bundleMetadata]
    case .failure(let failure):
      .object(
        [JSON.Member("status", "error")]
          + Content.error(failure.className, failure.message, traceback: failure.lines))
    }
  }
}
