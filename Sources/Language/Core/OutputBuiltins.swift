// SPDX-License-Identifier: Apache-2.0

extension CoreBuiltins {
  static let output: [Builtin] = [print, show, input, clear]

  private static let print = Builtin(
    "print", .verb, in: .display, Text("Prints values on one line.", zh: "在一行里打印各个值。"),
    Parameter<Rest<Value>>("x", Text("What to print.", zh: "要打印的值。")),
    Parameter<String>("sep", Text("What stands between two.", zh: "分隔符。"), default: " "),
    Parameter<String>("end", Text("What stands behind the last.", zh: "结尾。"), default: "\n"),
    examples: [Example("print(\"loss\", 0.5)", shows: "loss 0.5")]
  ) { call, x, sep, end in
    call.emit(.text(x.elements.map(\.printed).joined(separator: sep) + end))
    return Nothing()
  }

  private static let show = Builtin(
    "show", .verb, in: .display, Text("Shows values, each as fully as it can be.", zh: "完整地显示各个值。"),
    Parameter<Rest<Value>>("x", Text("What to show.", zh: "要显示的值。")),
    examples: [Example("show [1, 2]", shows: "[1, 2]")]
  ) { call, x in
    for value in x.elements {
      call.emit(.display(value.display(call.displayContext), id: nil))
      call.keepAsLast(value)
    }
    return Nothing()
  }

  private static let input = Builtin(
    "input", .function, in: .session, Text("A line that the user types.", zh: "用户输入的一行。"),
    Parameter<String>("prompt", Text("What to ask.", zh: "提示文字。"), default: ""),
    examples: [Example("name = input(\"name? \")")]
  ) { call, prompt in try call.readLine(prompt: prompt) }

  private static let clear = Builtin(
    "clear_output", .function, in: .display, Text("Removes what this input has shown so far.", zh: "清除本次输入已显示的内容。"),
    Parameter<Bool>("wait", Text("Whether to wait for the next output.", zh: "是否等到下一次输出时再清除。"), default: false),
    examples: [Example("clear_output()")]
  ) { call, wait in
    call.emit(.clear(wait: wait))
    return Nothing()
  }
}
