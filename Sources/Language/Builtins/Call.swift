// SPDX-License-Identifier: Apache-2.0

/// What a running builtin may use besides its arguments.
public struct Call {
  /// The name under which it was called.
  public let name: String
  /// The evaluator that called it.
  public let evaluator: Evaluator
  /// Where the call stands in the source; nil for calls made by builtins.
  public let site: CallSite?

  init(_ name: String, _ evaluator: Evaluator, site: CallSite?) {
    self.name = name
    self.evaluator = evaluator
    self.site = site
  }
}

/// A call in the source: what was called and with what texts.
public struct CallSite: Sendable {
  /// The text that holds the call.
  public let source: SourceText
  /// The whole call.
  public let span: SourceSpan
  /// The name or expression that was called.
  public let callee: SourceSpan
  /// The positional arguments; for `a.f(b)`, `a` is the first.
  public let positional: [SourceSpan]
  /// The named arguments.
  public let named: [(name: String, span: SourceSpan)]
}

// MARK: Output and control

extension Call {
  /// Shows something.
  public func emit(_ emission: Emission) { evaluator.surroundings.emit(emission) }

  /// Prints a line.
  public func print(_ text: String) { emit(.text(text + "\n")) }

  /// Shows a note, once in a session for each `key`.
  public func note(_ key: String, _ text: Text) { evaluator.note(key, text) }

  /// Whether the user wants to stop after this step.
  public func interrupted() -> Bool { evaluator.surroundings.interruption > .none }

  /// How much the user wants to stop.
  public var interruption: Interruption { evaluator.surroundings.interruption }

  /// Throws `Interrupted` when the user wants to stop.
  public func checkInterruption() throws { try evaluator.checkInterruption() }

  /// A line from the user.
  public func readLine(prompt: String, isPassword: Bool = false) throws -> String {
    try evaluator.surroundings.readLine(prompt: prompt, isPassword: isPassword)
  }

  /// The language of messages.
  public var language: MessageLanguage { evaluator.surroundings.language }

  /// Where output is shown.
  public var canvas: TerminalCanvas { evaluator.surroundings.canvas }

  /// For whom displays are made.
  public var displayContext: DisplayContext { DisplayContext(language: language, canvas: canvas) }

  /// Seconds on a clock that never goes back.
  public func now() -> Double { evaluator.surroundings.now() }

  /// What the host's builtins keep between calls.
  public var host: AnyObject? { evaluator.surroundings.host }
}

// MARK: The language's own operations

extension Call {
  /// Calls a function or a host object that can be called.
  public func apply(_ callee: Value, to arguments: Arguments) throws -> Value {
    try evaluator.apply(callee, to: arguments, site: nil)
  }

  /// Evaluates a lazy argument or block; a function is called with a record of the bindings.
  public func force(_ expression: Value, with bindings: [(String, Value)] = []) throws -> Value {
    try evaluator.force(expression, with: bindings)
  }

  /// Whether a value counts as true; throws for a tensor of several elements.
  public func truth(of value: Value) throws -> Bool { try evaluator.truth(of: value) }

  /// The values of `for v in value`; throws a type error when it cannot be iterated.
  public func iterate(_ value: Value) throws -> ValueIterator { try evaluator.iterator(over: value) }

  /// `left op right`, as the language computes it.
  public func binary(_ symbol: BinaryOperator, _ left: Value, _ right: Value) throws -> Value {
    try evaluator.binary(symbol, left, right)
  }

  /// The text of the positional argument at `index` in the source, such as `criterion`; nil when there is none.
  public func argumentText(_ index: Int) -> String? {
    guard let site, site.positional.indices.contains(index) else { return nil }
    return site.source.text(of: site.positional[index])
  }

  /// The variables that a name can mean here, innermost scope first.
  public var variables: [(name: String, value: Value)] { evaluator.variables }

  func wrongType(_ value: Value, for parameter: ParameterDescription) -> Diagnostic {
    Diagnostic(
      .type,
      Text(
        "\(name)(\(parameter.name)) wants \(parameter.typeName), not \(value.typeName)",
        zh: "\(name) 的参数 \(parameter.name) 需要 \(parameter.typeName)，得到的是 \(value.typeName)"),
      labels: [.init(.argument(parameter.name), Text(value.typeName, zh: value.typeName))])
  }
}
