// SPDX-License-Identifier: Apache-2.0
import Language

/// Says what could be typed at a place, without evaluating anything.
struct CompletionEngine {
  let knowledge: Knowledge
  let code: String
  /// The cursor, a byte of the code.
  let end: Int

  /// What fits.
  func complete() -> Completion {
    if let line = sessionLine { return complete(sessionLine: line) }
    if let symbol = SymbolNames.completion(in: code, before: end) { return symbol }
    let context = CompletionContext(code, upTo: end) { knowledge.grammar.verbs.contains($0) }
    let matches: [Completion.Match] =
      switch context.kind {
      case .nothing: []
      case .member(let path): members(of: path)
      case .string: strings(context)
      case .statement: names(atStatementStart: true)
      case .expression: expressions(context)
      }
    return matching(matches, context.typed, from: context.start)
  }

  /// Those that start with what is typed; when none does, those that start so but for capitals.
  func matching(_ matches: [Completion.Match], _ typed: String, from start: Int) -> Completion {
    var fitting = matches.filter { $0.text.hasPrefix(typed) }
    if fitting.isEmpty, !typed.isEmpty {
      let lower = typed.lowercased()
      fitting = matches.filter { $0.text.lowercased().hasPrefix(lower) }
    }
    var seen: Set<String> = []
    fitting = fitting.filter { seen.insert($0.text).inserted }
    // Names that begin with "_" are there for those who ask for them.
    if typed.isEmpty { fitting.removeAll { $0.text.hasPrefix("_") } }
    return Completion(replaced: start..<end, matches: fitting)
  }

  // MARK: Behind a dot

  private func members(of path: [String]) -> [Completion.Match] {
    guard let value = knowledge.value(at: path) else { return [] }
    let fields = knowledge.fields(of: value).map { Completion.Match($0.name, .field, signature: $0.signature) }
    let methods = knowledge.methodsByType[value.typeName] ?? []
    return fields + methods.map { Completion.Match($0, .function, signature: signature(ofMethod: $0)) }
  }

  /// A signature without its first parameter, which stands before the dot.
  private func signature(ofMethod name: String) -> String {
    knowledge.table.variants(named: name).first?.shownMethod ?? ""
  }

  // MARK: Names

  /// What an expression may start with: the objects that a verb asks for, or arguments and names.
  private func expressions(_ context: CompletionContext) -> [Completion.Match] {
    let wanted = wantedTypes(context)
    let fitting = knowledge.variables.filter { wanted.contains($0.value.typeName) }
    if !fitting.isEmpty { return fitting.map(match) }
    return arguments(context) + names(atStatementStart: false)
  }

  private func names(atStatementStart: Bool) -> [Completion.Match] {
    knowledge.variables.map(match) + builtins(atStatementStart: atStatementStart)
      + CompletionEngine.keywords(atStatementStart).map { Completion.Match($0, .keyword) }
  }

  private func match(_ variable: VariableSketch) -> Completion.Match {
    let isFunction = variable.value.signature != nil && variable.value.typeName == "Function"
    return Completion.Match(
      variable.name, isFunction ? .function : .variable, signature: variable.value.signature ?? variable.value.line)
  }

  private func builtins(atStatementStart: Bool) -> [Completion.Match] {
    let shadowed = Set(knowledge.variables.map(\.name))
    return knowledge.table.names.filter { !shadowed.contains($0) }.map { name in
      let builtin = knowledge.table.variants(named: name).first
      let kind: Completion.Kind =
        switch builtin?.form {
        case .verb: atStatementStart ? .verb : .function
        case .constructor: .constructor
        default: .function
        }
      return Completion.Match(name, kind, signature: builtin?.shownSignature ?? "")
    }
  }

  private static func keywords(_ atStatementStart: Bool) -> [String] {
    let everywhere = ["True", "False", "None", "not", "and", "or", "in", "if", "else"]
    let first = ["for", "while", "repeat", "def", "return", "with", "break", "continue"]
    return atStatementStart ? first + ["if", "else", "True", "False", "None", "not"] : everywhere
  }

  /// The types that the first argument of a verb takes, so that `step <Tab>` names trainers alone.
  ///
  /// A verb that takes anything asks for nothing in particular.
  private func wantedTypes(_ context: CompletionContext) -> Set<String> {
    guard let call = context.call, call.isCommand, call.position == 0, call.argument == nil else { return [] }
    return Set(knowledge.methodsByType.keys.filter { knowledge.methodsByType[$0]?.contains(call.name) == true })
  }

  // MARK: Arguments

  /// The arguments of the call around the cursor that are not given yet, or the words for the one that is.
  private func arguments(_ context: CompletionContext) -> [Completion.Match] {
    guard let call = context.call else { return [] }
    if let argument = call.argument { return words(for: argument, in: call).map { $0.quoted } }
    return argumentNames(of: call).filter { !call.given.contains($0.text.dropLast().description) }
  }

  private func argumentNames(of call: CompletionContext.Call) -> [Completion.Match] {
    if let function = knowledge.variable(call.name), function.signature != nil {
      return function.parameterNames.dropFirst(call.position).map { Completion.Match($0 + "=", .argument) }
    }
    let variants = variants(of: call)
    return variants.flatMap { $0.parameters.dropFirst(call.position) }
      .filter { $0.consumption == .single }
      .map { Completion.Match($0.name + "=", .argument, signature: $0.shownType) }
  }

  /// The variants of a builtin that take the first argument, when it is known; else all.
  private func variants(of call: CompletionContext.Call) -> [Builtin] {
    let all = knowledge.table.variants(named: call.name)
    guard all.count > 1, let type = knowledge.value(at: call.firstArgument)?.typeName else { return all }
    let fitting = all.filter { $0.parameters.first?.typeName == type }
    return fitting.isEmpty ? all : fitting
  }

  /// What may stand for one parameter of a call.
  private func words(for name: String, in call: CompletionContext.Call) -> [Completion.Match] {
    variants(of: call).flatMap(\.parameters).filter { $0.name == name }.flatMap { choices($0.choices, call) }
  }

  private func choices(_ choices: Choices?, _ call: CompletionContext.Call) -> [Completion.Match] {
    switch choices {
    case .words(let words): words.map { Completion.Match($0, .word) }
    case .partsOfFirstArgument:
      (knowledge.value(at: call.firstArgument)?.parts ?? []).map {
        Completion.Match($0.name, .word, signature: $0.sketch.line)
      }
    case .dataSets: knowledge.dataSetNames.map { Completion.Match($0, .dataset) }
    case .paths, nil: []
    }
  }

  // MARK: Strings

  private func strings(_ context: CompletionContext) -> [Completion.Match] {
    guard let call = context.call else { return [] }
    let parameters = variants(of: call).flatMap { builtin -> [ParameterDescription] in
      if let name = call.argument { return builtin.parameters.filter { $0.name == name } }
      guard builtin.parameters.indices.contains(call.position) else { return [] }
      return [builtin.parameters[call.position]]
    }
    let takesPath = parameters.contains { $0.choices == .paths || $0.choices == .dataSets }
    let words = parameters.flatMap { choices($0.choices, call) }
    return words + (takesPath ? PathCompletion.matches(context.typed) : [])
  }
}

extension Completion.Match {
  /// The same word as a string, for a place outside one.
  fileprivate var quoted: Completion.Match { Completion.Match("\"\(text)\"", kind, signature: signature) }
}
