// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import Synchronization

/// The comms that are open between clients and the kernel, by their identity; any thread may use it.
final class CommTable: Sendable {
  /// Takes what a client says; the request is what answers refer to.
  typealias Receiver = @Sendable (_ data: JSON, _ request: Request) -> Void

  private struct Open: Sendable {
    var target: String
    var receive: Receiver
  }

  private let open = Mutex<[String: Open]>([:])

  /// Notes a comm that is open from now on.
  func add(_ comm: String, target: String, receive: @escaping Receiver) {
    open.withLock { $0[comm] = Open(target: target, receive: receive) }
  }

  /// Forgets a comm.
  func remove(_ comm: String) {
    open.withLock { _ = $0.removeValue(forKey: comm) }
  }

  /// Passes on what a client says; false when no such comm is open.
  func receive(_ message: CommMessage, _ request: Request) -> Bool {
    guard let receive = open.withLock({ $0[message.comm]?.receive }) else { return false }
    receive(message.data, request)
    return true
  }

  /// Content of `comm_info_reply`: the open comms, of one target if one is named.
  func information(target: String?) -> JSON {
    let comms = open.withLock { $0 }.sorted { $0.key < $1.key }
    let wanted = comms.filter { target == nil || $0.value.target == target }
    return [
      "status": "ok",
      "comms": .object(wanted.map { JSON.Member($0.key, ["target_name": .string($0.value.target)]) }),
    ]
  }
}
