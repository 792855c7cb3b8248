// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import JupyterProtocol
import TestSupport
import Testing

@testable import JupyterFront

/// Conversations of `protocol/transcripts`, played over loopback sockets.
@Suite(.serialized) struct TranscriptTests {
  static let names = ["errors", "help", "input", "printing", "values"]

  @Test("A conversation goes as it is written", arguments: names)
  func conversation(name: String) throws {
    let text = String(decoding: try fixture("../../protocol/transcripts/\(name).txt"), as: UTF8.self)
    let kernel = try LoopbackKernel()
    let client = try LoopbackClient(kernel)
    for turn in turns(of: text) {
      let found = try play(turn, with: client)
      #expect(found == turn.expected, "\(name): \(turn.code)")
    }
    try client.send("shutdown_request", on: .control)
    #expect(kernel.wait() == 0)
  }

  @Test("Every conversation is played")
  func completeness() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../protocol/transcripts")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(files.filter { $0.hasSuffix(".txt") }.sorted() == Self.names.map { "\($0).txt" })
  }

  /// A cell, what it asks, and what comes of it.
  private struct Turn {
    var code = ""
    var answers: [(prompt: String, line: String)] = []
    var expected: [String] = []
  }

  private func turns(of text: String) -> [Turn] {
    text.components(separatedBy: "\n\n").map { block in
      var turn = Turn()
      for line in block.split(separator: "\n") where !line.hasPrefix("#") {
        if line.hasPrefix("> ") {
          turn.code += line.dropFirst(2) + "\n"
        } else if line.hasPrefix("input: ") {
          let parts = line.dropFirst("input: ".count).components(separatedBy: " | ")
          turn.answers.append((parts[0], parts[1]))
        } else {
          turn.expected.append(String(line))
        }
      }
      return turn
    }
  }

  private func play(_ turn: Turn, with client: LoopbackClient) throws -> [String] {
    let cell = try client.send("execute_request", ["code": .string(String(turn.code.dropLast()))])
    for answer in turn.answers {
      let question = try client.next(on: .stdin) { $0.type == "input_request" }
      #expect(question.content["prompt"]?.text?.hasPrefix(answer.prompt) == true)
      try client.send("input_reply", ["value": .string(answer.line)], on: .stdin)
    }
    let reply = try client.reply(to: cell).content
    let pages = (reply["payload"]?.elements ?? []).compactMap { $0["data"]?["text/plain"]?.text }
    return try client.outputs(of: cell).flatMap(lines) + pages.map { "page: \($0.prefix(6))" }
      + ["reply: \(reply["status"]?.text ?? "?")"]
  }

  private func lines(_ message: LoopbackClient.Message) -> [String] {
    let content = message.content
    switch message.type {
    case "stream":
      let text = content["text"]?.text ?? ""
      return text.split(separator: "\n").map { "\(content["name"]?.text ?? "?"): \($0)" }
    case "execute_result", "display_data": return ["result: \(content["data"]?["text/plain"]?.text ?? "?")"]
    case "error": return ["error: \(content["ename"]?.text ?? "?")"]
    case "clear_output": return ["clear:"]
    default: return []
    }
  }
}
