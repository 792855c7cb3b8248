// SPDX-License-Identifier: Apache-2.0

/// What an `execute_request` asks for.
public struct ExecuteRequest: Sendable, Hashable {
  /// The code.
  public var code: String
  /// Whether nothing is shown, counted or remembered.
  public var silent: Bool
  /// Whether the code enters the history; never when silent.
  public var storeHistory: Bool
  /// Expressions to evaluate afterwards, by name.
  public var userExpressions: [String: String]
  /// Whether the code may ask for input.
  public var allowStdin: Bool
  /// Whether a failure aborts the requests that wait.
  public var stopOnError: Bool

  /// Reads the content of a request.
  public init(_ fields: Fields) throws(RequestError) {
    code = try fields.string("code")
    silent = try fields.bool("silent", default: false)
    storeHistory = try fields.bool("store_history", default: true) && !silent
    userExpressions = try fields.strings("user_expressions")
    allowStdin = try fields.bool("allow_stdin", default: true)
    stopOnError = try fields.bool("stop_on_error", default: true)
  }
}
