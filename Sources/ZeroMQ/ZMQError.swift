// SPDX-License-Identifier: Apache-2.0
import CZeroMQ

/// A call to libzmq that failed.
public struct ZMQError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The call, such as `bind tcp://127.0.0.1:5555`.
  public let operation: String
  /// The error number, one of the C library's or of libzmq's own.
  public let code: Int32

  /// Makes an error from its parts.
  public init(operation: String, code: Int32) {
    self.operation = operation
    self.code = code
  }

  /// Notes the error of the libzmq call that this thread made last.
  init(_ operation: String) {
    self.operation = operation
    code = zmq_errno()
  }

  /// What happened, in English.
  public var description: String {
    guard let reason = unsafe zmq_strerror(code) else { return "\(operation): error \(code)" }
    return unsafe "\(operation): \(String(cString: reason))"
  }

  /// Whether an address is in use by another process.
  public var isAddressInUse: Bool { code == EADDRINUSE }
}

/// Runs a libzmq call again for as long as a signal interrupts it.
///
/// - Parameters:
///   - operation: What an error says was tried.
///   - call: The call; it returns −1 and sets the error number when it fails.
/// - Returns: What the call returned, or nil when it would have to wait.
/// - Throws: `ZMQError` when it fails for another reason.
func retrying(_ operation: String, _ call: () -> Int32) throws(ZMQError) -> Int32? {
  while true {
    let result = call()
    if result != -1 { return result }
    let error = ZMQError(operation)
    if error.code == EINTR { continue }
    if error.code == EAGAIN { return nil }
    throw error
  }
}
