// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import Synchronization

/// The comms that are open between clients and the kernel, by their identity.
final class CommTable: Sendable {
  private struct Open: Sendable {
    var target: String
  }

  private let open = Mutex<[String: Open]>([:])

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

extension IOThread {
  /// Handles what a client says on a comm.
  func handleComm(_ request: Request) {
    guard let type = request.type else { return }
    respond(to: request) {
      do throws(RequestError) {
        let message = try CommMessage(try request.fields(), type: type)
        if type == .commOpen { publish("comm_close", Content.commClose(message.comm), parent: request.rawHeader) }
      } catch {
        log.sayRarely(.warning, "\(type.rawValue): \(error)")
      }
      return Content.ok
    }
  }
}
