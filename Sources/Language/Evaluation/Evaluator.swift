// SPDX-License-Identifier: Apache-2.0

/// Runs programs of the command language; keeps the variables of the top level between them.
///
/// Confined to one thread.
public final class Evaluator {
  /// The builtins.
  public let table: BuiltinTable
  /// The world around.
  public let surroundings: any Surroundings
  /// Whether loops of the top level that take a while show how far they are.
  public var showsLoopProgress = true
  /// The keys of the notes that were shown; each is shown once.
  public var shownNotes: Set<String> = []
  /// What `why` explains.
  public internal(set) var lastError: Diagnostic?

  let environment: Environment
  /// The declared fields of the types seen so far.
  var fieldTables: [ObjectIdentifier: FieldTable] = [:]
  /// Some of the same, found by the low bits of the type's address.
  var recentFields = [(type: ObjectIdentifier, table: FieldTable)?](repeating: nil, count: 16)
  var stack = StackGuard()
  var callDepth = 0
  var loopProgress: LoopProgress?
  /// Whether what runs belongs to a step that is finished before a pause.
  var isFinishing = false
  let lastShownIndex: Int

  /// Makes an evaluator with no variables.
  public init(table: BuiltinTable, surroundings: any Surroundings) {
    self.table = table
    self.surroundings = surroundings
    environment = Environment(table: table)
    lastShownIndex = environment.index(of: "_")
  }

  // MARK: Variables

  /// The variables of the top level, in the order in which they were made, without `_`.
  public var variables: [(name: String, value: Value)] { environment.variables.filter { $0.name != "_" } }

  /// A variable of the top level; setting nil removes it, so that a builtin of that name is seen again.
  public subscript(variable name: String) -> Value? {
    get { environment[name] }
    set { environment[name] = newValue }
  }

  /// The value that was shown last; `_` in programs.
  public var lastShown: Value? {
    get { environment.values[lastShownIndex] }
    set { environment.values[lastShownIndex] = newValue }
  }

  // MARK: Running

  /// Whether values and assignments of the top level are shown.
  public struct Options: Sendable, Hashable {
    /// Whether an assignment that ends the input shows one line.
    public var echoesAssignments: Bool
    /// Whether expressions of the top level show their value.
    public var showsValues: Bool

    /// Makes options; the defaults are those of a prompt.
    public init(echoesAssignments: Bool = true, showsValues: Bool = true) {
      self.echoesAssignments = echoesAssignments
      self.showsValues = showsValues
    }
  }

  /// Parses and runs a text; throws what is wrong with it, after running what comes before the mistake.
  ///
  /// A syntax error is found before anything runs.
  public func run(_ source: SourceText, options: Options = Options()) throws(Diagnostic) {
    do throws(Diagnostic) {
      try run(Parser.parse(source, grammar: table.grammar), options: options)
    } catch {
      lastError = error
      throw error
    }
  }

  /// Runs a program that was parsed before.
  public func run(_ program: Program, options: Options = Options()) throws(Diagnostic) {
    let running = RunningProgram(program, in: environment)
    let frame = Frame(running, slotCount: program.hiddenCount, parent: nil, function: nil)
    if program.usesFullWidthPunctuation {
      note("full-width", Text("full-width punctuation read as ASCII", zh: "全角标点按半角处理"))
    }
    let around = (stack, loopProgress)
    stack = StackGuard()
    defer { (stack, loopProgress) = around }
    for (index, line) in program.lines.enumerated() {
      try run(line, isLast: index == program.lines.count - 1, options, frame)
    }
  }

  private func run(_ line: TopLine, isLast: Bool, _ options: Options, _ frame: Frame) throws(Diagnostic) {
    surroundings.willRun(line, of: frame.running.program, in: self)
    var failure: Diagnostic?
    defer { surroundings.didRun(line, of: frame.running.program, in: self, failure: failure) }
    do {
      try checkInterruption()
      switch line {
      case .command(let command): try surroundings.perform(command, in: self)
      case .statement(let statement): try runTopLevel(statement, isLast: isLast, options, frame)
      }
    } catch {
      var diagnostic = explained(error, at: line.span, in: frame)
      if !diagnostic.chain.isEmpty { diagnostic.chain.append(statementText(line.span, in: frame)) }
      diagnostic.isElsewhere = diagnostic.source !== frame.source
      lastError = diagnostic
      failure = diagnostic
      throw diagnostic
    }
  }

  private func statementText(_ span: SourceSpan, in frame: Frame) -> String {
    let text = frame.source.text(of: span).prefix { $0 != "\n" && $0 != "\r\n" }
    return DisplayWidth.fitted(String(text), columns: 40)
  }

  /// The value of one expression, for clients that ask while nothing runs; shows nothing.
  public func evaluate(_ text: String, name: String = "") throws(Diagnostic) -> Value {
    let source = SourceText(text, name: name)
    let program = try Parser.parse(source, grammar: table.grammar)
    guard program.lines.count == 1, case .statement(let statement) = program.lines[0],
      case .expression(let expression) = statement.kind
    else { throw Diagnostic(.syntax, Text("expected one expression", zh: "这里应为一个表达式")).placed(in: source) }
    let running = RunningProgram(program, in: environment)
    let frame = Frame(running, slotCount: program.hiddenCount, parent: nil, function: nil)
    let around = stack
    stack = StackGuard()
    defer { stack = around }
    do {
      return try evaluate(expression, frame)
    } catch {
      throw explained(error, at: expression.span, in: frame)
    }
  }

  // MARK: Notes, interruption, errors

  /// Shows a note unless one with this key was shown before.
  public func note(_ key: String, _ text: Text) {
    guard shownNotes.insert(key).inserted else { return }
    surroundings.emit(.note(text(surroundings.language)))
  }

  /// How much the user wants the running statement to stop.
  var interruption: Interruption {
    let wish = surroundings.interruption
    return isFinishing && wish == .pause ? .none : wish
  }

  func checkInterruption() throws {
    guard interruption == .none else {
      throw Diagnostic(
        .interrupted, Text("stopped; variables keep their values", zh: "已停止；变量保持现有的值"))
    }
  }

  /// Any error as a diagnostic with its place.
  func explained(_ error: any Error, at span: SourceSpan, in frame: Frame, call: Call? = nil) -> Diagnostic {
    let diagnostic =
      error as? Diagnostic
      ?? table.explanation(error, call ?? hostCall(""))
      ?? Diagnostic(.state, Text("\(error)", zh: "\(error)"))
    guard diagnostic.source == nil else { return diagnostic }
    if let site = call?.site { return diagnostic.placed(at: site) }
    return diagnostic.placed(at: span, in: frame.source)
  }

  /// A call of the host without a place in the source, to read fields of objects with.
  public func hostCall(_ name: String) -> Call { Call(self, .host(name)) }
}
