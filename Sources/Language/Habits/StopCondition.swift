// SPDX-License-Identifier: Apache-2.0

/// A wish to stop training at a condition, put as debuggers and other languages put it: `break when norm(w.grad) > 10`.
///
/// Here a condition belongs to the command that takes the steps: `step gan 500 until=norm(w.grad) > 10`.
struct StopCondition {
  /// The same wish as a command.
  let code: String

  static let remark = Text("training stops where until= becomes true", zh: "until= 成立时训练停下")

  /// What is meant by a statement; nil for anything else.
  init?(_ statement: String) {
    let words = statement.split(separator: " ").map(String.init)
    guard let first = words.first else { return nil }
    if Self.stops.contains(first), words.count > 2, Self.joins.contains(words[1]) {
      self.init(command: nil, condition: words.dropFirst(2))
    } else if Self.joins.contains(first), first != "if", words.count > 1 {
      self.init(command: nil, condition: words.dropFirst())
    } else if Self.verbs.contains(first),
      let place = words.indices.dropFirst(2).first(where: { Self.joins.contains(words[$0]) }), place + 1 < words.count
    {
      self.init(command: words[..<place].joined(separator: " "), condition: words[(place + 1)...])
    } else {
      return nil
    }
  }

  private init?(command: String?, condition: some Sequence<String>) {
    let condition = condition.joined(separator: " ").prefix { $0 != "{" && $0 != "}" && $0 != ":" }
    guard let last = condition.lastIndex(where: { $0 != " " }) else { return nil }
    let text = String(condition[...last])
    code = "\(command ?? "step \(Self.owner(in: text)) 500") until=\(text)"
  }

  /// The object whose parts the condition asks for, as `gan` in `norm(gan.G[0].weight.grad)`.
  private static func owner(in condition: String) -> String {
    guard let dot = condition.firstIndex(of: ".") else { return "gan" }
    let name = condition[..<dot].reversed().prefix { $0.unicodeScalars.allSatisfy(Characters.continuesName) }
    guard let first = name.last, first.isLetter || first == "_" else { return "gan" }
    return String(name.reversed())
  }

  private static let stops: Set<String> = ["break", "stop", "pause", "halt", "breakpoint", "watch"]
  private static let joins: Set<String> = ["when", "if", "once", "until", "on"]
  private static let verbs: Set<String> = ["step", "train", "resume"]
}
