// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import JupyterProtocol
import Testing

@testable import JupyterFront

/// How many messages each fuzz test makes: 1,000, or what `EASEL_FUZZ_RUNS` says.
private let runs = ProcessInfo.processInfo.environment["EASEL_FUZZ_RUNS"].flatMap { Int($0) } ?? 1000

/// Where the random numbers start: 1, or what `EASEL_FUZZ_SEED` says.
private let seed = ProcessInfo.processInfo.environment["EASEL_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

@Suite(.serialized) struct WireFuzzTests {
  private let signer = Signer(key: Array("key".utf8))

  @Test("However the frames of a message are changed, what passes the signature is what was signed")
  func frames() throws {
    var chaos = Chaos(seed)
    var passed = 0
    let good = message("execute_request", #"{"code":"1"}"#)
    for _ in 0..<runs * 20 {
      var frames = good.frames
      for _ in 0...chaos.below(3) { chaos.change(&frames) }
      guard let message = try? WireMessage(frames: frames), (try? signer.verify(message)) != nil else { continue }
      passed += 1
      #expect(message.header == good.header && message.content == good.content)
      #expect(message.metadata == good.metadata && message.parentHeader == good.parentHeader)
      _ = try? Request(message, on: .shell).fields()
    }
    #expect(passed > 0, "identities and buffers are not signed, so some must pass")
  }

  @Test("Broken frames on every channel leave a kernel that answers and has executed nothing")
  func brokenFrames() throws {
    var chaos = Chaos(seed &+ 1)
    let kernel = try LoopbackKernel()
    let client = try LoopbackClient(kernel)
    for number in 0..<runs {
      var frames = message("execute_request", #"{"code":"print(\"executed \#(number)\")"}"#).frames
      // A changed frame that is signed: one of them is broken for certain.
      for _ in 0...chaos.below(3) { chaos.change(&frames) }
      frames[chaos.below(frames.count)] += [0xFF]
      if let kept = try? WireMessage(frames: frames), (try? signer.verify(kept)) != nil { continue }
      try client.send(frames: frames, on: [.shell, .control, .stdin][chaos.below(3)])
      if number % 100 == 99 { try expectAnswer(client) }
    }
    let (reply, outputs) = try client.execute("6 * 7")
    #expect(reply["execution_count"] == 1, "nothing was executed before")
    #expect(outputs.last?.content["data"]?["text/plain"] == "42")
    try end(client, kernel)
  }

  @Test("Whatever a signed request holds in any field, it is answered")
  func contents() throws {
    var chaos = Chaos(seed &+ 2)
    let kernel = try LoopbackKernel()
    let client = try LoopbackClient(kernel)
    for _ in 0..<runs {
      let (type, fields) = Self.requests[chaos.below(Self.requests.count)]
      let content = JSON.object(
        fields.filter { _ in chaos.below(8) > 0 }.map { JSON.Member($0, chaos.value(for: $0, depth: 0)) })
      let channel: ConnectionFile.Channel = chaos.below(4) == 0 ? .control : .shell
      let name = try client.send("\(type)_request", content, on: channel)
      let reply = try client.reply(to: name, on: channel)
      #expect(reply.type == "\(type)_reply")
      #expect(["ok", "error", "aborted"].contains(reply.content["status"]?.text) || type == "is_complete")
      _ = try client.outputs(of: name)
    }
    for type in ["comm_open", "comm_msg", "comm_close"] {
      for _ in 0..<runs / 10 {
        let content = JSON.object(
          ["comm_id", "target_name", "data"].map { JSON.Member($0, chaos.value(for: $0, depth: 0)) })
        _ = try client.outputs(of: try client.send(type, content))
      }
    }
    try expectAnswer(client)
    try end(client, kernel)
  }

  /// Requests and the fields that they have; what ends the kernel is left out.
  private static let requests: [(String, [String])] = [
    ("execute", ["code", "silent", "store_history", "user_expressions", "allow_stdin", "stop_on_error"]),
    ("complete", ["code", "cursor_pos"]), ("inspect", ["code", "cursor_pos", "detail_level"]),
    ("is_complete", ["code"]),
    ("history", ["hist_access_type", "n", "session", "start", "stop", "pattern", "unique", "output", "raw"]),
    ("comm_info", ["target_name"]), ("kernel_info", ["nothing"]), ("interrupt", ["nothing"]),
    ("delete_subshell", ["subshell_id"]), ("list_subshell", ["nothing"]), ("debug", ["command"]),
    ("frobnicate", ["code"]),
  ]

  private func message(_ type: String, _ content: String) -> WireMessage {
    let header = #"{"msg_id":"\#(randomName())","msg_type":"\#(type)","session":"s","username":"u"}"#
    var message = WireMessage(header: Array(header.utf8), content: Array(content.utf8))
    message.signature = signer.signature(of: message)
    return message
  }

  private func expectAnswer(_ client: LoopbackClient) throws {
    for channel in [ConnectionFile.Channel.shell, .control] {
      let name = try client.send("kernel_info_request", on: channel)
      #expect(try client.reply(to: name, on: channel).content["status"] == "ok")
      _ = try client.outputs(of: name)
    }
  }

  private func end(_ client: LoopbackClient, _ kernel: LoopbackKernel) throws {
    try client.send("shutdown_request", on: .control)
    #expect(kernel.wait() == 0)
  }
}

/// Random changes and values; the same for the same seed.
private struct Chaos {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(max(limit, 1)))
  }

  mutating func bytes() -> [UInt8] {
    let kinds: [[UInt8]] = [[], Array("<IDS|MSG>".utf8), [0], Array("{}".utf8), Array(#"{"code":"#.utf8)]
    let kind = below(kinds.count + 1)
    return kind < kinds.count ? kinds[kind] : (0..<below(40)).map { _ in UInt8(below(256)) }
  }

  /// Drops, doubles, swaps, cuts, fills or flips something.
  mutating func change(_ frames: inout [[UInt8]]) {
    guard !frames.isEmpty else { return frames.append(bytes()) }
    let place = below(frames.count)
    switch below(8) {
    case 0: if frames.count > 1 { frames.remove(at: place) }
    case 1: frames.insert(frames[place], at: below(frames.count))
    case 2: frames.swapAt(place, below(frames.count))
    case 3: frames[place] = Array(frames[place].prefix(below(frames[place].count + 1)))
    case 4: frames[place] = bytes()
    case 5: frames.insert(bytes(), at: place)
    case 6: frames.append(bytes())
    default: if !frames[place].isEmpty { frames[place][below(frames[place].count)] ^= UInt8(1 << below(8)) }
    }
  }

  /// Something that a field may be meant to hold, or something else.
  mutating func value(for field: String, depth: Int) -> JSON {
    let usual: [String: [JSON]] = [
      "code": [
        "1 + 1", "", "print(\"x\")", "x = [1, 2", "for i in range(3) { i }", "a.b.c", "?", "%", "\0", "ü😀é\u{301}",
        "))))",
      ],
      "hist_access_type": ["tail", "range", "search"], "pattern": ["*", "?", "[", "a*b*c*"],
      "user_expressions": [["a": "1 + 1", "b": ")", "c": "nothing"]],
      "data": [["method": "update"], ["method": "request_states"]],
      "target_name": ["jupyter.widget", "jupyter.widget.control"], "comm_id": ["1"],
    ]
    if below(2) == 0, let words = usual[field] { return words[below(words.count)] }
    switch below(depth > 4 ? 8 : 10) {
    case 0: return .null
    case 1: return .bool(below(2) == 0)
    case 2: return .integer([0, -1, 1, Int.max, Int.min, 1 << 31, 1_000_000][below(7)])
    case 3: return .number([0.5, -1e300, 1e300, 3, 1e-320][below(5)])
    case 4: return .string(String(decoding: bytes(), as: UTF8.self))
    case 5: return .string(String(repeating: "((", count: below(400)))
    case 6: return "tail"
    case 7: return .raw("{\"deep\":" + String(repeating: "[", count: 40) + String(repeating: "]", count: 40) + "}")
    case 8: return .array((0..<below(4)).map { _ in value(for: "", depth: depth + 1) })
    default: return .object((0..<below(4)).map { JSON.Member("k\($0)", value(for: "", depth: depth + 1)) })
    }
  }
}
