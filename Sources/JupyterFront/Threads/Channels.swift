// SPDX-License-Identifier: Apache-2.0
import Glibc
import JupyterProtocol
import ZeroMQ

/// The five sockets of a kernel, bound and ready; they belong to the I/O thread.
struct Channels: ~Copyable {
  /// Largest frame that a client may send, in bytes.
  static let largestFrame: Int32 = 256 << 20
  /// How many messages wait for one subscriber that does not read.
  private static let mostUnread: Int32 = 100_000

  let shell: Socket
  let control: Socket
  let stdin: Socket
  let iopub: Socket
  let heartbeat: Socket

  /// Opens and binds all five.
  init(_ file: ConnectionFile, in context: Context) throws(ZMQError) {
    context.limitFrames(to: Self.largestFrame)
    // Only this user may connect to sockets that are files.
    let mask = umask(0o077)
    defer { umask(mask) }
    let shell = try Self.open(.router, .shell, file, context)
    let control = try Self.open(.router, .control, file, context)
    let stdin = try Self.open(.router, .stdin, file, context)
    let iopub = try Self.open(.publisher, .iopub, file, context)
    let heartbeat = try Self.open(.reply, .heartbeat, file, context)
    self.shell = shell
    self.control = control
    self.stdin = stdin
    self.iopub = iopub
    self.heartbeat = heartbeat
  }

  /// Sends on one of the channels.
  func send(_ frames: [[UInt8]], on channel: ConnectionFile.Channel) throws(ZMQError) {
    switch channel {
    case .shell: try shell.send(frames)
    case .control: try control.send(frames)
    case .stdin: try stdin.send(frames)
    case .iopub: try iopub.send(frames)
    case .heartbeat: try heartbeat.send(frames)
    }
  }

  /// Removes the files of ipc sockets, which libzmq leaves behind.
  func removeFiles() {
    for address in addresses.values where address.hasPrefix("ipc://") {
      unlink(String(address.dropFirst("ipc://".count)))
    }
  }

  /// The address of each channel, with the ports that the system chose.
  var addresses: [ConnectionFile.Channel: String] {
    [
      .shell: shell.address, .control: control.address, .stdin: stdin.address, .iopub: iopub.address,
      .heartbeat: heartbeat.address,
    ]
  }

  private static func open(
    _ kind: Socket.Kind, _ channel: ConnectionFile.Channel, _ file: ConnectionFile, _ context: Context
  ) throws(ZMQError) -> Socket {
    let socket = try Socket(kind, in: context)
    try socket.set(.linger, 1000)
    try socket.set(.receiveLimit, 0)
    if file.ip.utf8.contains(UInt8(ascii: ":")) { try socket.set(.ipv6, 1) }
    if kind == .router {
      try socket.set(.handover, 1)
      try socket.set(.sendLimit, 0)
    }
    if kind == .publisher {
      try socket.set(.tellsEverySubscription, 1)
      try socket.set(.sendLimit, mostUnread)
    }
    if let curve = file.curve { try socket.encrypt(publicKey: curve.publicKey, secretKey: curve.secretKey) }
    try socket.bind(to: file.address(of: channel))
    return socket
  }
}
