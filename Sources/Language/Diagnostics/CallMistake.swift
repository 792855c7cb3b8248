// SPDX-License-Identifier: Apache-2.0

/// What can be wrong about the arguments of a call.
enum CallMistake {
  static func unknownArgument(_ name: String, of function: String, known: [String]) -> Diagnostic {
    let elsewhere = Habits.help(forArgument: name, of: function)
    let suggestion =
      elsewhere.isEmpty ? Habits.argument(name, among: known) ?? Suggestions.closest(to: name, in: known) : nil
    let names = known.joined(separator: ", ")
    return Diagnostic(
      .type, Text("\(function) has no argument \"\(name)\"", zh: "\(function) 没有参数 “\(name)”"),
      labels: [.init(.argument(name))],
      notes: suggestion != nil || !elsewhere.isEmpty || known.isEmpty
        ? [] : [Text("it has: \(names)", zh: "可用的参数：\(names)")],
      help: suggestion.map { [.init(replacing: .argument(name), by: $0)] } ?? elsewhere)
  }

  static func givenTwice(_ name: String, to function: String) -> Diagnostic {
    Diagnostic(
      .type, Text("\(function) got \(name) twice", zh: "\(function) 的参数 \(name) 给了两次"), labels: [.init(.argument(name))]
    )
  }

  static func missing(_ name: String, of signature: String) -> Diagnostic {
    Diagnostic(
      .type, Text("\(signature) needs \(name)", zh: "\(signature) 缺少参数 \(name)"), labels: [.init(.callee)])
  }

  static func tooMany(of signature: String, given: Int, taken: Int) -> Diagnostic {
    Diagnostic(
      .type,
      Text(
        "\(signature) takes \(taken) \(taken == 1 ? "argument" : "arguments"), not \(given)",
        zh: "\(signature) 需要 \(taken) 个参数，得到 \(given) 个"), labels: [.init(.position(taken))])
  }

  static func wrongType(_ value: Value, for parameter: ParameterDescription, of function: String) -> Diagnostic {
    let type = value.typeName
    return Diagnostic(
      .type,
      Text(
        "\(function)(\(parameter.name)) wants \(parameter.typeName), not \(type)",
        zh: "\(function) 的参数 \(parameter.name) 需要 \(parameter.typeName)，得到的是 \(type)"),
      labels: [.init(.argument(parameter.name), Text(type, zh: type))])
  }

  static func missingFirst(of function: BuiltinFunction) -> Diagnostic {
    let types = function.firstTypes
    return Diagnostic(
      .type,
      Text(
        "\(function.title) needs \(types.joined(separator: " or ")) to work on",
        zh: "\(function.title) 缺少第一个参数：\(types.joined(separator: " 或 "))"), labels: [.init(.callee)])
  }

  static func noVariant(_ function: BuiltinFunction, for value: Value) -> Diagnostic {
    let types = function.firstTypes
    let type = value.typeName
    return Diagnostic(
      .type,
      Text(
        "\(function.title) wants \(types.joined(separator: " or ")), not \(type)",
        zh: "\(function.title) 需要 \(types.joined(separator: " 或 "))，得到的是 \(type)"),
      labels: [.init(.position(0), Text(type, zh: type))],
      help: Habits.help(forCalling: function.title, with: type))
  }

  /// A word that a parameter does not know, by itself or in a list.
  static func notAmong(
    _ word: String, _ words: [String], of parameter: String, in function: String, isListed: Bool = false
  ) -> Diagnostic {
    func typed(_ word: String) -> String { isListed ? "\(parameter)=[\"\(word)\"]" : "\(parameter)=\"\(word)\"" }
    let all = words.map { "\"\($0)\"" }.joined(separator: ", ")
    let closest = Suggestions.closest(to: word, in: words)
    return Diagnostic(
      .value,
      Text(
        "\(typed(word)) is none of the words that \(function) knows",
        zh: "\(function) 不认识 \(parameter)=“\(word)”"),
      labels: [.init(.argument(parameter))], notes: [Text("it knows: \(all)", zh: "可用：\(all)")],
      help: closest.map { [.init(code: typed($0))] } ?? [])
  }
}
