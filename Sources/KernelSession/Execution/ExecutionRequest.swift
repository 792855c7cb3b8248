// SPDX-License-Identifier: Apache-2.0

/// A piece of code to execute, and what the front wants to have around it.
public struct ExecutionRequest: Sendable {
  /// The code; any number of lines.
  public var code: String
  /// Whether nothing is shown, counted or remembered.
  public var isSilent: Bool
  /// Whether the code enters the history and takes a number.
  public var storesHistory: Bool
  /// Whether the code may ask the user for a line.
  public var allowsInput: Bool
  /// Expressions to evaluate afterwards, by the name under which their result is returned.
  public var userExpressions: [String: String]
  /// The name of the file that the code comes from, which errors name with the line; nil for a cell.
  public var file: String?
  /// The number of the first line of the code in its file, from 1.
  public var firstLine: Int
  /// Whether the code is a program: assignments show nothing.
  public var isScript: Bool

  /// Makes a request; the defaults are those of a cell.
  public init(
    _ code: String, isSilent: Bool = false, storesHistory: Bool = true, allowsInput: Bool = true,
    userExpressions: [String: String] = [:], file: String? = nil, firstLine: Int = 1, isScript: Bool = false
  ) {
    self.code = code
    self.isSilent = isSilent
    self.storesHistory = storesHistory && !isSilent
    self.allowsInput = allowsInput
    self.userExpressions = userExpressions
    self.file = file
    self.firstLine = firstLine
    self.isScript = isScript
  }
}
