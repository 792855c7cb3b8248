// SPDX-License-Identifier: Apache-2.0

/// The builtins that need no host.
enum CoreBuiltins {
  static let all: [Builtin] = conversions + sequences + reductions + arithmetic + output + assistance
}

extension Group {
  /// Values, conversions, sequences.
  public static let values = Group("values", Text("Values and sequences", zh: "值与序列"))
  /// Functions of numbers.
  public static let math = Group("math", Text("Math", zh: "数学"))
  /// What is shown.
  public static let display = Group("display", Text("Display", zh: "显示"))
  /// The session, files, help.
  public static let session = Group("session", Text("Session, files, help", zh: "会话、文件、帮助"))
}
