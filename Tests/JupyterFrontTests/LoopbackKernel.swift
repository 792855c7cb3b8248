// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import JupyterProtocol
import KernelSession
import Language
import Synchronization
import Testing
import ZeroMQ

@testable import JupyterFront

/// A kernel in this process, on a thread of its own, with addresses that the system chose.
struct LoopbackKernel {
  let file: ConnectionFile
  let addresses: [ConnectionFile.Channel: String]
  private let ended: Monitor<Int32?>

  init(
    _ transport: ConnectionFile.Transport = .tcp, key: String = "key", scheme: SignatureScheme = .sha256
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "easel-\(randomName())").path
    let info: JSON = [
      "transport": .string(transport.rawValue), "key": .string(key), "signature_scheme": .string(scheme.rawValue),
      "ip": .string(transport == .tcp ? "127.0.0.1" : folder), "shell_port": .integer(transport == .tcp ? 0 : 1),
      "iopub_port": .integer(transport == .tcp ? 0 : 2), "stdin_port": .integer(transport == .tcp ? 0 : 3),
      "control_port": .integer(transport == .tcp ? 0 : 4), "hb_port": .integer(transport == .tcp ? 0 : 5),
    ]
    let file = try ConnectionFile(parsing: info.serialized)
    let bound = Monitor<[ConnectionFile.Channel: String]?>(nil)
    let ended = Monitor<Int32?>(nil)
    var options = KernelServer.Options(version: "test")
    options.ownsProcess = false
    options.logLevel = .error
    options.sendsUnlimited = true
    let server = KernelServer(file, options: options)
    try Thread.start("kernel") {
      let code = try? server.run(
        makeSession: { _ in Session(table: BuiltinTable()) },
        isListening: { addresses in bound.update { $0 = addresses } })
      ended.update { $0 = code ?? -1 }
    }
    self.file = file
    self.ended = ended
    addresses = bound.wait { $0 }
  }

  /// Waits for the end and returns the exit code.
  func wait() -> Int32 {
    ended.wait { $0 }
  }
}

/// A client of a loopback kernel; belongs to the thread of its test.
final class LoopbackClient {
  struct Message {
    let type: String
    let parent: String?
    let content: JSON
    let wire: WireMessage
  }

  private let shell: Socket
  private let control: Socket
  private let stdin: Socket
  private let iopub: Socket
  private let signer: Signer
  private var count = 0
  private var kept: [(ConnectionFile.Channel, Message)] = []

  init(_ kernel: LoopbackKernel) throws {
    let context = try Context()
    let identity = Array(randomName().utf8)
    func open(_ kind: Socket.Kind, _ channel: ConnectionFile.Channel) throws -> Socket {
      let socket = try Socket(kind, in: context)
      try socket.set(.linger, 0)
      if kind == .dealer { try socket.setIdentity(identity) }
      if kind == .subscriber { try socket.subscribe() }
      try socket.connect(to: try #require(kernel.addresses[channel]))
      return socket
    }
    let shell = try open(.dealer, .shell)
    let control = try open(.dealer, .control)
    let stdin = try open(.dealer, .stdin)
    let iopub = try open(.subscriber, .iopub)
    self.shell = shell
    self.control = control
    self.stdin = stdin
    self.iopub = iopub
    signer = Signer(key: Array(kernel.file.key.utf8), scheme: kernel.file.scheme)
    // Nothing that is published gets lost once the subscription has arrived.
    _ = try next(on: .iopub) { $0.type == "iopub_welcome" }
  }

  /// Sends a message and returns its name.
  @discardableResult
  func send(
    _ type: String, _ content: JSON = .object([]), on channel: ConnectionFile.Channel = .shell,
    change: (inout WireMessage) -> Void = { _ in }
  ) throws -> String {
    count += 1
    let header: JSON = ["msg_id": .string("m\(count)"), "msg_type": .string(type), "session": "test", "username": "t"]
    var message = WireMessage(header: header.serialized, content: content.serialized)
    message.signature = signer.signature(of: message)
    change(&message)
    try send(frames: message.frames, on: channel)
    return "m\(count)"
  }

  /// Sends frames as they are.
  func send(frames: [[UInt8]], on channel: ConnectionFile.Channel) throws {
    switch channel {
    case .control: try control.send(frames)
    case .stdin: try stdin.send(frames)
    default: try shell.send(frames)
    }
  }

  /// The reply to a message.
  func reply(to name: String, on channel: ConnectionFile.Channel = .shell) throws -> Message {
    try next(on: channel) { $0.parent == name }
  }

  /// Everything published about a message, without busy and idle, which are first and last.
  func outputs(of name: String) throws -> [Message] {
    let first = try next(on: .iopub) { $0.parent == name }
    #expect(first.content["execution_state"] == "busy")
    var outputs: [Message] = []
    while true {
      let message = try next(on: .iopub) { $0.parent == name }
      if message.content["execution_state"] == "idle" { return outputs }
      outputs.append(message)
    }
  }

  /// Executes a cell.
  func execute(_ code: String) throws -> (reply: JSON, outputs: [Message]) {
    let name = try send("execute_request", ["code": .string(code)])
    return (try reply(to: name).content, try outputs(of: name))
  }

  /// The next message on a channel that is wanted; others wait for later.
  func next(on channel: ConnectionFile.Channel, _ isWanted: (Message) -> Bool) throws -> Message {
    if let place = kept.firstIndex(where: { $0.0 == channel && isWanted($0.1) }) { return kept.remove(at: place).1 }
    while true {
      let message = try receive(on: channel)
      if isWanted(message) { return message }
      kept.append((channel, message))
    }
  }

  private func receive(on channel: ConnectionFile.Channel) throws -> Message {
    var poller = Poller()
    let frames: [[UInt8]]?
    switch channel {
    case .shell: frames = try wait(&poller, shell)
    case .control: frames = try wait(&poller, control)
    case .stdin: frames = try wait(&poller, stdin)
    default: frames = try wait(&poller, iopub)
    }
    let wire = try WireMessage(frames: try #require(frames, "nothing came on \(channel) within 20 s"))
    try signer.verify(wire)
    return Message(
      type: try Header(parsing: wire.header).type, parent: try JSON(parsing: wire.parentHeader)["msg_id"]?.text,
      content: try JSON(parsing: wire.content), wire: wire)
  }

  private func wait(_ poller: inout Poller, _ socket: borrowing Socket) throws -> [[UInt8]]? {
    _ = poller.watch(socket)
    try poller.wait(milliseconds: 20_000)
    return try socket.receive()
  }
}
