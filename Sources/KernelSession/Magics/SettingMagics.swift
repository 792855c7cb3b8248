// SPDX-License-Identifier: Apache-2.0
import Language

extension Magic {
  static let set = Magic(
    "%set [key value]", Text("Shows or changes a setting.", zh: "显示或更改设置。"), argument: .setting
  ) { call in
    let settings = call.session.settings
    let words = call.words
    guard let name = words.first else { return call.show(table(settings, call)) }
    guard let setting = settings.first(where: { $0.name == name }) else {
      let near = Suggestions.closest(to: name, in: settings.map(\.name))
      throw call.mistake(
        Text("no setting \"\(name)\"", zh: "没有设置“\(name)”"), help: [.init(code: near.map { "%set \($0)" } ?? "%set")])
    }
    guard words.count > 1 else { return call.print("\(name) = \(setting.read())") }
    let value = words.dropFirst().joined(separator: " ")
    guard setting.choices.isEmpty || setting.choices.contains(value), setting.write(value) else {
      let near = Suggestions.closest(to: value, in: setting.choices) ?? setting.choices.first ?? setting.read()
      throw call.mistake(
        Text("%set \(name) does not take \"\(value)\"", zh: "%set \(name) 不接受“\(value)”"),
        help: [.init(code: "%set \(name) \(near)", choices(of: setting))])
    }
  }

  private static func choices(of setting: Setting) -> Text? {
    guard !setting.choices.isEmpty else {
      return setting.needs().map { Text("needs \($0.english)", zh: "需要 \($0.chinese)") }
    }
    let words = setting.choices.joined(separator: " ")
    return Text("one of: \(words)", zh: "可选：\(words)")
  }

  private static func table(_ settings: [Setting], _ call: MagicCall) -> Display {
    let headings = [Text("setting", zh: "设置"), Text("value", zh: "值"), Text("meaning", zh: "含义")]
    let rows = settings.map { setting in
      let words = setting.choices.isEmpty ? "" : " (" + setting.choices.joined(separator: " ") + ")"
      return [setting.name, setting.read(), setting.text(call.language) + words]
    }
    return TextTable(
      caption: Text("settings", zh: "设置")(call.language), headings: headings.map { $0(call.language) }, rows: rows
    ).display(call.session.stage.canvas)
  }

  static let lang = Magic(
    "%lang en|zh", Text("Talks English or Chinese; names of the language stay.", zh: "切换英文或中文消息；命令与函数名不变。"),
    argument: .words(["en", "zh"])
  ) { call in
    guard let language = MessageLanguage(rawValue: call.argument) else {
      throw call.mistake(
        Text("%lang wants en or zh", zh: "%lang 需要 en 或 zh"), help: [.init(code: "%lang en"), .init(code: "%lang zh")])
    }
    call.session.language = language
    call.print(
      Text(
        "Language: English, for errors, help and the tour; what you type stays as it is.",
        zh: "语言：中文。错误说明、帮助与导览改用中文；命令与函数名不变。"))
  }

  static let reset = Magic(
    "%reset [name]",
    Text("Forgets a variable, or all of them; a builtin of that name is seen again.", zh: "忘掉一个或全部变量；同名的内建函数重新可用。"),
    argument: .variable
  ) { call in
    let evaluator = call.evaluator
    if call.argument.isEmpty {
      let names = evaluator.variables.map(\.name)
      for name in names { evaluator[variable: name] = nil }
      evaluator.lastShown = nil
      return call.print(
        Text("forgot \(names.count) variables", zh: "已忘掉 \(names.count) 个变量"))
    }
    for name in call.words {
      guard evaluator[variable: name] != nil else {
        let near = Suggestions.closest(to: name, in: evaluator.variables.map(\.name))
        throw Diagnostic(
          .name, Text("no variable \"\(name)\"", zh: "没有变量“\(name)”"),
          help: near.map { [.init(code: "%reset \($0)")] } ?? [],
          span: call.span)
      }
      evaluator[variable: name] = nil
    }
  }
}

extension Session {
  /// What `%set` shows and changes.
  var settings: [Setting] { ownSettings + options.settings + services.settings(stage.host) }

  private var ownSettings: [Setting] {
    [
      Setting(
        "live", Text("whether loops and trainings show how far they are", zh: "循环与训练是否显示进度"), choices: ["on", "off"],
        read: { [unowned self] in evaluator.showsLoopProgress ? "on" : "off" },
        write: { [unowned self] in
          evaluator.showsLoopProgress = $0 == "on"
          return true
        }),
      Setting(
        "lang", Text("the language of messages", zh: "消息的语言"), choices: ["en", "zh"],
        read: { [unowned self] in language.rawValue },
        write: { [unowned self] in
          language = MessageLanguage(rawValue: $0) ?? language
          return true
        }),
    ]
  }
}
