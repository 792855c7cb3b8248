// SPDX-License-Identifier: Apache-2.0

/// The contents of what the kernel sends, each made in one place.
public enum Content {
  /// The state that a `status` message tells.
  public enum State: String, Sendable, CaseIterable {
    /// The process has just started.
    case starting
    /// A request is being handled.
    case busy
    /// It has been handled.
    case idle
  }

  /// Content of `status`.
  public static func status(_ state: State) -> JSON {
    ["execution_state": .string(state.rawValue)]
  }

  /// Content of `stream`.
  public static func stream(_ name: String, _ text: String) -> JSON {
    ["name": .string(name), "text": .string(text)]
  }

  /// Content of `execute_input`.
  public static func executeInput(_ code: String, count: Int) -> JSON {
    ["code": .string(code), "execution_count": .integer(count)]
  }

  /// Content of `error`, and what every error reply shares with it.
  public static func error(_ name: String, _ value: String, traceback: [String]) -> [JSON.Member] {
    [
      JSON.Member("ename", .string(name)), JSON.Member("evalue", .string(value)),
      JSON.Member("traceback", .array(traceback.map { .string($0) })),
    ]
  }

  /// Content of any reply that says no.
  public static func refusal(_ error: RequestError) -> [JSON.Member] {
    let sentence = "\(RequestError.className): \(error)"
    return [JSON.Member("status", "error")]
      + Content.error(RequestError.className, error.description, traceback: [sentence])
  }

  /// Content of an `execute_reply` to a request that was not executed, because one before it failed.
  public static func aborted(count: Int) -> JSON {
    .object(
      [JSON.Member("status", "aborted"), JSON.Member("execution_count", .integer(count))]
        + error("Aborted", "not executed: a cell before it failed", traceback: []))
  }

  /// Content of any reply that only says yes.
  public static let ok: JSON = ["status": "ok"]

  /// Content of `shutdown_reply`.
  public static func shutdown(restart: Bool) -> JSON {
    ["status": "ok", "restart": .bool(restart)]
  }

  /// Content of `input_request`.
  public static func inputRequest(prompt: String, password: Bool) -> JSON {
    ["prompt": .string(prompt), "password": .bool(password)]
  }

  /// Content of `iopub_welcome`.
  public static func welcome(subscription: String) -> JSON {
    ["subscription": .string(subscription)]
  }

  /// Content of `comm_close`.
  public static func commClose(_ comm: String) -> JSON {
    ["comm_id": .string(comm), "data": .object([])]
  }
}
