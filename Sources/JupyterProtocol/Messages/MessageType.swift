// SPDX-License-Identifier: Apache-2.0

/// The messages that clients send and this kernel understands.
public enum MessageType: String, Sendable, CaseIterable {
  /// Asks to execute code.
  case execute = "execute_request"
  /// Asks what is known about the thing under the cursor.
  case inspect = "inspect_request"
  /// Asks what could be typed.
  case complete = "complete_request"
  /// Asks whether code can be executed as it stands.
  case isComplete = "is_complete_request"
  /// Asks for earlier inputs.
  case history = "history_request"
  /// Asks who this kernel is.
  case kernelInfo = "kernel_info_request"
  /// Asks which comms are open.
  case commInfo = "comm_info_request"
  /// Opens a comm.
  case commOpen = "comm_open"
  /// Says something on a comm.
  case commMessage = "comm_msg"
  /// Closes a comm.
  case commClose = "comm_close"
  /// Asks to stop the running cell.
  case interrupt = "interrupt_request"
  /// Asks to end the process.
  case shutdown = "shutdown_request"
  /// Asks for a subshell.
  case createSubshell = "create_subshell_request"
  /// Asks to end a subshell.
  case deleteSubshell = "delete_subshell_request"
  /// Asks which subshells there are.
  case listSubshells = "list_subshell_request"

  /// The channel on which the message must come; nil when both shell and control are fine.
  public var onlyChannel: RequestChannel? {
    switch self {
    case .execute, .commOpen, .commMessage, .commClose: .shell
    case .createSubshell, .deleteSubshell, .listSubshells: .control
    // Interrupt and shutdown belong on control; old clients send them on shell.
    default: nil
    }
  }

  /// Whether it opens, uses or closes a comm; such messages have no reply.
  public var isComm: Bool {
    switch self {
    case .commOpen, .commMessage, .commClose: true
    default: false
    }
  }
}

/// The channels on which requests come.
public enum RequestChannel: String, Sendable, CaseIterable {
  /// Everything that may have to wait for a running cell.
  case shell
  /// What must be answered at once.
  case control
}

/// The type of the reply to a request: `x_reply` for `x_request`; nil for a message that has none.
public func replyType(for type: String) -> String? {
  type.hasSuffix("_request") ? type.dropLast("request".count) + "reply" : nil
}
