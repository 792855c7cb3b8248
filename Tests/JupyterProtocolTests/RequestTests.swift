// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import Testing

@Suite struct RequestTests {
  @Test("Fields that a client leaves out have the protocol's defaults")
  func defaults() throws {
    let execute = try ExecuteRequest(fields(#"{"code":"1"}"#))
    #expect(!execute.silent && execute.storeHistory && execute.allowStdin && execute.stopOnError)
    #expect(execute.userExpressions.isEmpty)
    let silent = try ExecuteRequest(fields(#"{"code":"1","silent":true,"store_history":true,"user_expressions":null}"#))
    #expect(silent.silent && !silent.storeHistory)
    let history = try HistoryRequest(fields(#"{"hist_access_type":"tail"}"#))
    #expect(history.pattern == "*" && history.count == nil && !history.unique && !history.output)
  }

  @Test("A cursor counts code points, and one outside the code is at its nearest end")
  func cursors() throws {
    func offset(_ code: String, _ cursor: String) throws -> Int {
      try CompleteRequest(fields(#"{"code":"\#(code)","cursor_pos":\#(cursor)}"#)).offset
    }
    #expect(try offset("😀é数x", "1") == 4)
    #expect(try offset("😀é数x", "3") == 9)
    #expect(try offset("😀é数x", "99") == 10)
    #expect(try offset("😀é数x", "-5") == 0)
    #expect(try offset("abc", "9223372036854775807") == 3)
    #expect(try offset("abc", "2.0") == 2)
    // A letter and its combining accent are two code points, one character for the reader.
    #expect(try offset("e\u{301}x", "2") == 3)
    #expect("e\u{301}😀x".scalarCount(utf8Offset: 7) == 3)
    #expect(try CompleteRequest(fields(#"{"code":"abc"}"#)).offset == 3)
  }

  @Test(
    "A wrong type in any field is told by name",
    arguments: [
      ("execute", "code", "1"), ("execute", "silent", #""yes""#), ("execute", "store_history", "1"),
      ("execute", "user_expressions", "[]"), ("execute", "user_expressions", #"{"a":1}"#),
      ("execute", "allow_stdin", "{}"), ("execute", "stop_on_error", "null3"), ("complete", "cursor_pos", "1.5"),
      ("complete", "cursor_pos", #""1""#), ("complete", "cursor_pos", "1e300"), ("complete", "code", "null"),
      ("inspect", "detail_level", "true"), ("history", "hist_access_type", #""all""#), ("history", "n", "[]"),
      ("history", "pattern", "5"), ("history", "unique", "0"), ("history", "session", #""a""#),
      ("history", "start", "{}"), ("history", "stop", "true"), ("history", "output", #""x""#),
      ("history", "raw", "1"), ("comm", "comm_id", "{}"), ("comm", "target_name", "1"), ("comm", "data", #""x""#),
    ])
  func wrongTypes(message: String, field: String, value: String) {
    let whole = [
      "execute": #""code":"1""#, "complete": #""code":"1""#, "inspect": #""code":"1""#,
      "history": #""hist_access_type":"tail""#, "comm": #""comm_id":"1","target_name":"t""#,
    ]
    let text = "{\(whole[message] ?? ""),\"\(field)\":\(value)}"
    let error = #expect(throws: RequestError.self) { try read(message, text) }
    let sentence = error?.description ?? ""
    #expect(sentence.contains("'\(field)") || sentence.contains("not JSON"))
  }

  @Test(
    "A content that is no object is refused",
    arguments: ["[]", "1", "null", "", #"{"code":"\ud800"}"#, "{", "\"x\""])
  func noObjects(text: String) {
    #expect(throws: RequestError.self) { try fields(text) }
  }

  @Test("An input reply says its line, and for which question when the client knows")
  func inputReplies() throws {
    func reply(_ content: String, parent: String = "{}") -> InputReply? {
      InputReply(
        WireMessage(
          header: Array(#"{"msg_id":"1","msg_type":"input_reply"}"#.utf8), parentHeader: Array(parent.utf8),
          content: Array(content.utf8)))
    }
    let open = try #require(reply(#"{"value":"7"}"#))
    #expect(open.value == "7" && open.question == nil)
    let bound = try #require(reply(#"{"value":""}"#, parent: #"{"msg_id":"q"}"#))
    #expect(bound.question == "q")
    #expect(reply("{}") == nil)
    #expect(reply(#"{"value":7}"#) == nil)
  }

  @Test("Every request has its reply, and what is not a request has none")
  func replies() {
    #expect(replyType(for: "execute_request") == "execute_reply")
    #expect(replyType(for: "comm_msg") == nil)
    for type in MessageType.allCases where !type.isComm { #expect(replyType(for: type.rawValue) != nil) }
  }

  private func fields(_ text: String) throws -> Fields {
    try Fields(parsing: Array(text.utf8))
  }

  private func read(_ message: String, _ text: String) throws {
    let fields = try fields(text)
    switch message {
    case "execute": _ = try ExecuteRequest(fields)
    case "complete": _ = try CompleteRequest(fields)
    case "inspect": _ = try InspectRequest(fields)
    case "history": _ = try HistoryRequest(fields)
    default: _ = try CommMessage(fields, type: .commOpen)
    }
  }
}
