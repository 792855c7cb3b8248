// SPDX-License-Identifier: Apache-2.0
import Language

/// Looks at the variables before and after a statement, to learn what it made and changed.
struct StatementWatch {
  /// What the statement amounts to, where a builtin said so.
  private var amountsTo: String?
  /// Commands that somebody gave while it ran; what it amounts to has them in their places.
  var added: [String] = []
  private let code: String
  private let source: SourceText
  private let span: SourceSpan
  private var ending = RecipeLog.Ending.whole
  private let names: Set<String>
  /// The values before; holding them keeps their identities from being used again meanwhile.
  private let before: [String: (value: Value, state: ValueState)]
  private let streams: String?

  init(_ line: TopLine, of program: Program, in evaluator: Evaluator, streams: String?) {
    source = program.source
    span = line.span
    code = program.source.text(of: line.span)
    let alone = try? Parser.parse(SourceText(code), grammar: evaluator.table.grammar)
    names = Set(alone?.globalNames ?? program.globalNames)
    before = Dictionary(
      evaluator.variables.map { ($0.name, ($0.value, ValueState($0.value))) }, uniquingKeysWith: { first, _ in first })
    self.streams = streams
  }

  /// Notes what a call amounts to, when the statement is this call or does little else.
  mutating func amounts(to text: String, at site: CallSite?) {
    guard let site, site.source === source, site.span.start >= span.start, site.span.end <= span.end else { return }
    guard isSimple || source.text(of: site.span) == code else { return }
    amountsTo = text
  }

  /// Notes how the statement ended.
  mutating func end(_ failure: Diagnostic?) {
    guard let failure else { return }
    ending = failure.kind == .interrupted ? .interrupted : .failed
  }

  /// What to remember of the statement; nil when it changed nothing.
  func entry(cell: Int, in evaluator: Evaluator, streams after: String?) -> RecipeLog.Entry? {
    var changed: Set<String> = []
    for (name, value) in evaluator.variables where before[name]?.state != ValueState(value) { changed.insert(name) }
    guard !changed.isEmpty, !amount.isEmpty else { return nil }
    return RecipeLog.Entry(
      cell: cell, code: amount, ending: amountsTo == nil ? ending : .whole, names: names, changed: changed,
      made: bound.intersection(changed),
      streams: streams, streamsAfter: after)
  }

  /// The statement in the words that do the same another time.
  private var amount: String {
    if let amountsTo { return amountsTo }
    return ([code] + added).joined(separator: "\n")
  }

  /// Whether the statement is without blocks, so that it can be put in the words of a call in it.
  private var isSimple: Bool { !code.contains { $0 == "{" || $0 == ";" || $0.isNewline } }

  /// The names that the statement binds at its start and looks at nowhere: `a, b = …`, `def f(…)`.
  private var bound: Set<String> {
    let pieces = CodeScanner(code, upTo: code.utf8.count).pieces.map(\.piece)
    if pieces.count > 1, pieces[0] == .name("def"), case .name(let name) = pieces[1] { return [name] }
    guard let equals = pieces.firstIndex(of: .symbol("=")), pieces.dropFirst(equals + 1).first != .symbol("=") else {
      return []
    }
    let rest = pieces[(equals + 1)...]
    var targets: Set<String> = []
    for (index, piece) in pieces[..<equals].enumerated() {
      switch (index.isMultiple(of: 2), piece) {
      case (true, .name(let name)): targets.insert(name)
      case (false, .symbol(",")): break
      default: return []
      }
    }
    return targets.filter { !rest.contains(.name($0)) }
  }
}

/// What tells whether a variable still holds the same.
struct ValueState: Equatable {
  private let identity: ObjectIdentifier?
  private let revision: Int
  private let text: String

  init(_ value: Value) {
    switch value {
    case .host(let object):
      identity = ObjectIdentifier(object)
      revision = object.revision
      text = ""
    case .function(let function):
      identity = ObjectIdentifier(function)
      revision = 0
      text = ""
    default:
      identity = nil
      revision = 0
      text = value.line(DisplayContext())
    }
  }
}
