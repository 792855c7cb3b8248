// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import KernelSession
import Language

extension Execution {
  /// The content of `execute_reply`.
  var reply: JSON {
    let results = userExpressions.sorted { $0.key < $1.key }.map { JSON.Member($0.key, $0.value.content) }
    let always = [
      JSON.Member("execution_count", .integer(count)), JSON.Member("user_expressions", .object(results)),
      JSON.Member("payload", .array(payload)),
    ]
    guard let failure else { return .object([JSON.Member("status", "ok")] + always) }
    return .object([JSON.Member("status", "error")] + failure.content + always)
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
  /// What an `error` message and an error reply say.
  var content: [JSON.Member] {
    Content.error(className, message, traceback: traceback)
  }

  /// The report as clients print it: the class in red, and the place.
  private var traceback: [String] {
    var lines = lines.isEmpty ? ["\(className): \(message)"] : lines
    if lines[0].hasPrefix(className) {
      lines[0] = "\u{1B}[1;31m\(className)\u{1B}[0m" + lines[0].dropFirst(className.count)
    }
    return lines
  }
}

extension Result<Display, Failure> {
  /// The result of a user expression.
  fileprivate var content: JSON {
    switch self {
    case .success(let display):
      ["status": "ok", "data": display.bundle, "metadata": display.bundleMetadata]
    case .failure(let failure): .object([JSON.Member("status", "error")] + failure.content)
    }
  }
}
