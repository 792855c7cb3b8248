// SPDX-License-Identifier: Apache-2.0
import Language

extension Magic {
  static let history = Magic(
    "%history [n]", Text("Lists what was typed in this session, or the last n.", zh: "列出本次会话输入的内容，或最近 n 条。")
  ) { call in
    var entries = call.session.history.range(start: 1)
    if !call.argument.isEmpty {
      guard let count = Int(call.argument), count >= 0 else {
        throw call.mistake(
          Text("%history wants a number", zh: "%history 需要一个数"), help: [.init(code: "%history 20")])
      }
      entries = Array(entries.suffix(count))
    }
    for entry in entries { call.print(numbered(entry)) }
  }

  /// `[3] step gan 100`, with further lines below the first.
  private static func numbered(_ entry: HistoryEntry) -> String {
    let mark = "[\(entry.number)] "
    let indent = String(repeating: " ", count: mark.count)
    return mark
      + entry.input.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(
        separator: "\n" + indent)
  }

  static let edit = Magic(
    "%edit [n]",
    Text(
      "Opens the last input, or input n, in $EDITOR; what you save stands at the prompt.",
      zh: "在 $EDITOR 中打开最近一条或第 n 条输入，保存后回到提示符。")
  ) { call in
    let entries = call.session.history.range(start: 1).filter { !$0.input.hasPrefix("%edit") }
    var text = entries.last?.input ?? ""
    if !call.argument.isEmpty {
      guard let number = Int(call.argument), let entry = entries.first(where: { $0.number == number }) else {
        throw call.mistake(
          Text("there is no input \(call.argument) in this session", zh: "本次会话没有第 \(call.argument) 条输入"),
          help: [.init(code: "%history")])
      }
      text = entry.input
    }
    call.session.outcome.nextInput = text
    call.session.outcome.opensEditor = true
  }
}
