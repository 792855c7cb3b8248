// SPDX-License-Identifier: Apache-2.0
import Language

/// What stands behind `with`: something that holds for a block and is undone after it.
final class ScopeObject: HostObject {
  static var typeName: String { "Scope" }

  private let text: String
  private let isQuiet: Bool
  private let enter: (Call) throws -> Void
  private let leave: (Call) -> Void

  /// Makes a scope; `leave` undoes what `enter` did, also after an error.
  ///
  /// A quiet one shows nothing when it stands by itself, because it has done its work.
  init(_ text: String, isQuiet: Bool = false, enter: @escaping (Call) throws -> Void, leave: @escaping (Call) -> Void) {
    self.text = text
    self.isQuiet = isQuiet
    self.enter = enter
    self.leave = leave
  }

  func line(_ context: DisplayContext) -> String {
    if isQuiet { return text }
    return context.language == .chinese ? "\(text)  用法：with \(text) { … }" : "\(text)  use it as: with \(text) { … }"
  }

  func display(_ context: DisplayContext) -> Display { Display(line(context)) }

  func entered(_ call: Call) throws -> Bool {
    try enter(call)
    return true
  }

  func left(_ call: Call) { leave(call) }
}
