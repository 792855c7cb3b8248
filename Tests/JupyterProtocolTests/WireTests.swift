// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import TestSupport
import Testing

@Suite struct WireTests {
  @Test("What jupyter_client sends is verified and understood, byte for byte")
  func foreignMessages() throws {
    let fixtures = try JSON(parsing: fixture("../../protocol/fixtures/frames.json"))
    let messages = try #require(fixtures["messages"]?.elements)
    #expect(messages.count == 36)
    for message in messages {
      let frames = try #require(message["frames"]?.elements).map { try bytes($0) }
      let scheme = try #require(SignatureScheme(rawValue: message["scheme"]?.text ?? ""))
      let wire = try WireMessage(frames: frames)
      try Signer(key: try bytes(message["key"]), scheme: scheme).verify(wire)
      #expect(wire.frames == frames)
      #expect(.integer(wire.identities.count) == message["identities"])
      #expect(.integer(wire.buffers.count) == message["buffers"])
      let header = try Header(parsing: wire.header)
      #expect(header.type == message["header"]?["msg_type"]?.text)
      #expect(header.messageID == message["header"]?["msg_id"]?.text)
      #expect(header.username == message["header"]?["username"]?.text)
      #expect(header.session == message["header"]?["session"]?.text)
      #expect(try JSON(parsing: wire.content) == message["content"])
    }
  }

  @Test("Frames that are no message are refused, whatever they are")
  func brokenFrames() {
    let delimiter = WireMessage.delimiter
    let cases: [([[UInt8]], WireError)] = [
      ([], .noDelimiter), ([[1], [2], [3]], .noDelimiter), ([delimiter], .tooFewFrames),
      ([delimiter, [], [], [], []], .tooFewFrames), ([Array(delimiter.dropLast()), [], [], [], [], []], .noDelimiter),
      ([[UInt8]](repeating: delimiter, count: 600), .tooManyFrames),
    ]
    for (frames, error) in cases {
      #expect(throws: error) { try WireMessage(frames: frames) }
    }
  }

  @Test("Identities may be many, and the first delimiter counts")
  func identities() throws {
    let delimiter = WireMessage.delimiter
    let wire = try WireMessage(frames: [[1], [], [3], delimiter, [], [4], [5], [6], delimiter, [8]])
    #expect(wire.identities == [[1], [], [3]])
    #expect(wire.content == delimiter)
    #expect(wire.buffers == [[8]])
  }

  @Test(
    "A header that names neither message nor type is refused",
    arguments: [
      "", "[]", "null", "{}", #"{"msg_id":"1"}"#, #"{"msg_id":1,"msg_type":"a"}"#, #"{"msg_id":"1","msg_type":null}"#,
      #"{"msg_id":"\ud800","msg_type":"a"}"#,
    ])
  func badHeaders(text: String) {
    #expect(throws: WireError.badHeader) { try Header(parsing: Array(text.utf8)) }
  }

  @Test("A header with odd fields beside the needed ones is read")
  func oddHeaders() throws {
    let text = #"{"msg_id":"1","msg_type":"a","session":7,"username":[],"date":null,"subshell_id":"s","x":{}}"#
    let header = try Header(parsing: Array(text.utf8))
    #expect(header == Header(messageID: "1", session: "", username: "", type: "a", subshell: "s"))
  }

  @Test("An answer repeats the header of its request byte for byte, and numbers grow")
  func composing() throws {
    let signer = Signer(key: Array("key".utf8))
    let composer = Composer(signer: signer)
    let parent = Array(#"{ "msg_id" : "1", "big": 123456789012345678901234567890, "odd": "\u00e9" }"#.utf8)
    var names: Set<String> = []
    for _ in 0..<3 {
      let frames = composer.compose("status", Content.status(.busy), parent: parent, identities: [[9]])
      let wire = try WireMessage(frames: frames)
      try signer.verify(wire)
      #expect(wire.parentHeader == parent)
      #expect(wire.identities == [[9]])
      let header = try Header(parsing: wire.header)
      #expect(header.session == composer.session)
      names.insert(header.messageID)
    }
    #expect(names.count == 3)
    #expect(Composer(signer: signer).session != composer.session)
  }

  @Test(
    "Dates are those of the calendar",
    arguments: [
      (0, "1970-01-01T00:00:00.000007Z"), (951_782_400, "2000-02-29T00:00:00.000007Z"),
      (951_868_799, "2000-02-29T23:59:59.000007Z"), (1_709_251_199, "2024-02-29T23:59:59.000007Z"),
      (4_107_542_400, "2100-03-01T00:00:00.000007Z"), (1_772_323_200, "2026-03-01T00:00:00.000007Z"),
      (-1, "1969-12-31T23:59:59.000007Z"),
    ])
  func dates(seconds: Int, text: String) {
    #expect(WallClock(seconds: seconds, microseconds: 7).description == text)
  }

  private func bytes(_ json: JSON?) throws -> [UInt8] {
    let digits = Array(try #require(json?.text).utf8)
    return try stride(from: 0, to: digits.count, by: 2).map {
      try #require(UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16))
    }
  }
}
