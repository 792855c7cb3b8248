// SPDX-License-Identifier: Apache-2.0

extension Habits {
  /// First words and signs of statements.
  static let starts: [Habit] = [
    start("import", nil, "nothing needs to be imported: leave the line out", "不需要导入任何东西：去掉这一行"),
    start("from", nil, "nothing needs to be imported: leave the line out", "不需要导入任何东西：去掉这一行"),
    start(
      "class", "net = Sequential(Linear(784, 128), relu, Linear(128, 1))", "nets are made of layers, not of classes",
      "网络由层组成，不用类"),
    start("try", nil, "there is no try: an error ends the input and keeps everything", "没有 try：出错时输入结束，一切保留"),
    start("except", nil, "there is no try: an error ends the input and keeps everything", "没有 try：出错时输入结束，一切保留"),
    start("raise", nil, "there is no raise", "没有 raise"), start("yield", nil, "there are no generators", "没有生成器"),
    start("async", nil, "there is no async", "没有 async"), start("await", nil, "there is no await", "没有 await"),
    start(
      "global", nil, "functions see the variables outside; give results back with return", "函数能读取外部变量；用 return 返回结果"),
    start(
      "nonlocal", nil, "functions see the variables outside; give results back with return", "函数能读取外部变量；用 return 返回结果"),
    start("del", "%reset x", "removes the variable x", "删除变量 x"),
    start("assert", "if not all(x > 0) { print(\"not positive\") }", "there is no assert", "没有 assert"),
    start("pass", "if x { }", "an empty block needs nothing in it", "空的语句块什么都不用写"),
    start("let", "x = 1", "variables need no word in front", "变量前面不需要关键字"),
    start("var", "x = 1", "variables need no word in front", "变量前面不需要关键字"),
    start("const", "x = 1", "variables need no word in front", "变量前面不需要关键字"),
    start("fn", "def f(x) = x * 2", "functions start with def", "函数以 def 开头"),
    start("func", "def f(x) = x * 2", "functions start with def", "函数以 def 开头"),
    start("function", "def f(x) = x * 2", "functions start with def", "函数以 def 开头"),
    start("fun", "def f(x) = x * 2", "functions start with def", "函数以 def 开头"),
    start("end", nil, "blocks end with }", "语句块以 } 结束"), start("done", nil, "blocks end with }", "语句块以 } 结束"),
    start("endif", nil, "blocks end with }", "语句块以 } 结束"), start("endfor", nil, "blocks end with }", "语句块以 } 结束"),
    start("until", "while not done { … }", "loops start with for, while or repeat", "循环以 for、while 或 repeat 开头"),
    start(
      "do", "repeat { …; if done { break } }", "loops start with for, while or repeat", "循环以 for、while 或 repeat 开头"),
    start("loop", "repeat 10 { … }", "loops start with for, while or repeat", "循环以 for、while 或 repeat 开头"),
    start("switch", "if x == 1 { … } else if x == 2 { … }", "there is no switch", "没有 switch"),
    start("match", "if x == 1 { … } else if x == 2 { … }", "there is no match", "没有 match"),
    start("elif", "else if x { … }", "elif is written else if", "elif 写作 else if"),
    start("unless", "if not x { … }", "unless is written if not", "unless 写作 if not"),
    start("pip", nil, "nothing needs to be installed", "不需要安装任何东西"),
    start("conda", nil, "nothing needs to be installed", "不需要安装任何东西"),
    start("cd", "%cd data", "session commands start with %", "会话命令以 % 开头"),
    start("ls", "%ls", "session commands start with %", "会话命令以 % 开头"),
    start("run", "%run file.easel", "session commands start with %", "会话命令以 % 开头"),
    start("who", "%who", "session commands start with %", "会话命令以 % 开头"),
    start("time", "%time step gan 10", "session commands start with %", "会话命令以 % 开头"),
    start("timeit", "%timeit x @ x", "session commands start with %", "会话命令以 % 开头"),
    start("man", "?step", "help starts with ?", "帮助以 ? 开头"),
    start("!", "%ls", "there is no shell; session commands start with %", "没有 shell；会话命令以 % 开头"),
    start("$", "%ls", "there is no shell; session commands start with %", "没有 shell；会话命令以 % 开头"),
    start("\\", "%who", "session commands start with %", "会话命令以 % 开头"),
    start(":", "exit", "session commands start with %; exit leaves", "会话命令以 % 开头；exit 退出"),
    start(".", "?step", "help starts with ?; session commands start with %", "帮助以 ? 开头；会话命令以 % 开头"),
    start("@", nil, "there are no decorators", "没有装饰器"),
    start(">>", nil, "the prompt >> is not part of the line", "提示符 >> 不是语句的一部分"),
  ]

  private static func start(_ word: String, _ ours: String?, _ english: String, _ chinese: String) -> Habit {
    Habit(.start, word, ours, Text(english, zh: chinese))
  }
}
