// SPDX-License-Identifier: Apache-2.0

/// Names that nothing has, and what was meant.
struct NameMistake {
  private let evaluator: Evaluator
  private let frame: Frame

  init(_ evaluator: Evaluator, _ frame: Frame) {
    self.evaluator = evaluator
    self.frame = frame
  }

  /// Every name that means something here.
  private func knownNames(for name: NameNode) -> [String] {
    var names = [Keyword.true, .false, .nothing].map(\.rawValue)
    var holder: Frame? = frame
    while let current = holder {
      names += current.names
      holder = current.parent
    }
    names += evaluator.variables.map(\.name) + evaluator.table.names
    // Anywhere else than where a statement starts, a line with such a word would not parse.
    return startsStatement(name) ? names + Keyword.allCases.map(\.rawValue) : names
  }

  /// Whether a statement starts with the name, as far as the character before it tells.
  private func startsStatement(_ name: NameNode) -> Bool {
    let before = frame.source.bytes.prefix(name.span.start).last { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    return before.map { [UInt8(ascii: "\n"), UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "}")].contains($0) }
      ?? true
  }

  /// A name that is neither a variable nor a builtin.
  func unknownName(_ name: NameNode) -> Diagnostic {
    if let habit = Habits.name(name.text, at: name.span, in: frame.source) { return habit }
    return Diagnostic(
      .name, Text("no variable or function \"\(name.text)\"", zh: "没有名为 “\(name.text)” 的变量或函数"),
      labels: [.init(.span(name.span))], help: replacing(name, among: knownNames(for: name)), span: name.span)
  }

  /// A name behind a dot that is neither a field of the value nor a function for it.
  func unknownMember(_ name: NameNode, of value: Value, isCall: Bool) -> Diagnostic {
    if let habit = Habits.member(name.text, of: value, at: name.span, in: frame.source) { return habit }
    let isFunction = evaluator.table.functions[name.text] != nil
    let type = value.typeName
    let message =
      isCall
      ? Text("no field or function \"\(name.text)\" for \(type)", zh: "\(type) 没有名为 “\(name.text)” 的字段或函数")
      : Text("no field \"\(name.text)\" in \(type)", zh: "\(type) 没有字段 “\(name.text)”")
    // What is made for this type is meant rather than what takes anything: optimizer.stp() is step, not str.
    let close = Suggestions.closest(to: name.text, in: members(of: value))
    let own = Suggestions.closest(to: name.text, in: members(of: value).filter { isSpecific($0, to: value) })
    let meant = own.map { [close ?? $0, $0] }.flatMap { Suggestions.closer(to: name.text, $0[1], $0[0]) } ?? close
    var help: [Diagnostic.Help] = meant.map { [.init(replacing: .span(name.span), by: $0)] } ?? []
    if isFunction, !isCall { help = [.init(replacing: .span(name.span), by: "\(name.text)()")] }
    return Diagnostic(.name, message, labels: [.init(.span(name.span))], help: help, span: name.span)
  }

  /// A field that is not there or cannot be set.
  func unsettable(_ name: NameNode, of value: Value) -> Diagnostic {
    let fields = fieldNames(of: value)
    let type = value.typeName
    let message =
      fields.contains(name.text)
      ? Text("\(type).\(name.text) cannot be set", zh: "\(type).\(name.text) 不能修改")
      : Text("no field \"\(name.text)\" in \(type)", zh: "\(type) 没有字段 “\(name.text)”")
    return Diagnostic(
      .name, message, labels: [.init(.span(name.span))],
      help: fields.contains(name.text) ? [] : replacing(name, among: fields), span: name.span)
  }

  // MARK: Candidates

  private func replacing(_ name: NameNode, among candidates: [String]) -> [Diagnostic.Help] {
    Suggestions.closest(to: name.text, in: candidates).map { [.init(replacing: .span(name.span), by: $0)] } ?? []
  }

  /// Whether a name is a field of the value, or a function that does not take just anything.
  private func isSpecific(_ name: String, to value: Value) -> Bool {
    guard let function = evaluator.table.functions[name] else { return true }
    return function.variants.contains {
      guard let first = $0.parameters.first else { return false }
      return first.typeName != "any" && first.accepts(value)
    }
  }

  private func fieldNames(of value: Value) -> [String] {
    switch value {
    case .record(let record): record.names
    case .host(let object): object.fieldNames
    case .function: ["name", "signature", "doc"]
    default: []
    }
  }

  /// Fields, then the builtins that take the value as first argument, then functions of the user.
  private func members(of value: Value) -> [String] {
    let builtins = evaluator.table.functions.filter { _, function in
      function.variants.contains { $0.parameters.first?.accepts(asFirst: value) ?? false }
    }
    let own = evaluator.variables.filter { if case .function = $0.value { true } else { false } }.map(\.name)
    return fieldNames(of: value) + builtins.keys.sorted() + own
  }
}
