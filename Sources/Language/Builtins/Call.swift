// SPDX-License-Identifier: Apache-2.0

/// What a running builtin may use besides its arguments.
public struct Call {
  /// The evaluator that called it.
  public let evaluator: Evaluator
  private let origin: Origin

  /// Where a call comes from; its name and place are worked out only when they are asked for.
  enum Origin {
    /// A call that a builtin or the evaluator itself makes, under this name.
    case host(String)
    case node(CallNode, SourceSpan, Frame, callee: Value)
    case site(CallSite, name: String)
  }

  init(_ evaluator: Evaluator, _ origin: Origin) {
    self.evaluator = evaluator
    self.origin = origin
  }

  /// The name of what was called.
  public var name: String {
    switch origin {
    case .host(let name), .site(_, let name): return name
    case .node(let node, _, _, let callee):
      if case .function(let function) = callee, let name = function.name { return name }
      switch node.callee.kind {
      case .name(let name), .field(_, let name): return name.text
      default: return ""
      }
    }
  }

  /// Where the call stands in the source; nil for calls made by builtins.
  public var site: CallSite? {
    switch origin {
    case .host: return nil
    case .site(let site, _): return site
    case .node(let node, let span, let frame, let callee):
      var names: [String] = []
      if case .function(let function) = callee { names = function.parameterNames }
      return CallSite(node, span, in: frame, parameters: names)
    }
  }
}

// MARK: Output and control

extension Call {
  /// Shows something.
  public func emit(_ emission: Emission) {
    // Two live lines would fight for one place: the builtin's own says more than the loop's.
    if case .progress = emission { evaluator.loopProgress?.isCovered = true }
    evaluator.surroundings.emit(emission)
  }

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

  /// Runs `body`, which belongs to what a pause comes after: who wants to stop at once asks twice.
  public func finishing<Result>(_ body: () throws -> Result) rethrows -> Result {
    let before = evaluator.isFinishing
    evaluator.isFinishing = true
    defer { evaluator.isFinishing = before }
    return try body()
  }

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

  /// Where live controls can be shown; nil when the front has no place for them.
  public var panels: (any PanelHost)? { evaluator.surroundings.panels }

  /// What the host's builtins keep between calls.
  public var host: AnyObject? { evaluator.surroundings.host }
}

// MARK: The language's own operations

extension Call {
  /// Calls a function or a host object that can be called.
  public func apply(_ callee: Value, to arguments: Arguments) throws -> Value {
    try evaluator.apply(callee, to: arguments, evaluator.hostCall(name))
  }

  /// Evaluates a lazy argument or block; a function is called with a record of the bindings.
  public func force(_ expression: Value, with bindings: [(String, Value)] = []) throws -> Value {
    try evaluator.force(expression, with: bindings)
  }

  /// Whether a value counts as true; throws for a tensor of several elements.
  public func truth(of value: Value) throws -> Bool { try evaluator.truth(of: value) }

  /// A field of a value as `value.name` reads it; nil when it has none.
  public func field(_ name: String, of value: Value) throws -> Value? { try evaluator.field(name, of: value) }

  /// The values of `for v in value`; throws a type error when it cannot be iterated.
  public func iterate(_ value: Value) throws -> ValueIterator { try evaluator.iterator(over: value) }

  /// `left op right`, as the language computes it.
  public func binary(_ symbol: BinaryOperator, _ left: Value, _ right: Value) throws -> Value {
    try evaluator.binary(symbol, left, right)
  }

  /// Makes a value what `_` stands for, as showing it does.
  public func keepAsLast(_ value: Value) { evaluator.keepAsLast(value) }

  /// The text of the positional argument at `index` in the source, such as `criterion`; nil when there is none.
  public func argumentText(_ index: Int) -> String? {
    site?.text(at: index)
  }

  /// The variables that a name can mean here, innermost scope first.
  public var variables: [(name: String, value: Value)] { evaluator.variables }
}
