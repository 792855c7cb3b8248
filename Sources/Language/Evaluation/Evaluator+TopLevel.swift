// SPDX-License-Identifier: Apache-2.0

extension Evaluator {
  var displayContext: DisplayContext {
    DisplayContext(language: surroundings.language, canvas: surroundings.canvas)
  }

  /// Runs a statement and shows what the rules of display ask for.
  func runTopLevel(_ statement: Statement, isLast: Bool, _ options: Options, _ frame: Frame) throws {
    switch statement.kind {
    case .expression(let expression) where options.showsValues && !expression.isCommand:
      let value = try evaluate(expression, frame)
      if !statement.isSilent { show(value) }
    case .assign(let target, _), .augmented(let target, _, _):
      _ = try execute(statement, frame)
      if isLast, options.echoesAssignments, !statement.isSilent { try echo(target, frame) }
    default:
      _ = try execute(statement, frame)
    }
  }

  /// Shows a value and keeps it as `_`; `None` is not shown.
  func show(_ value: Value) {
    if case .nothing = value { return }
    surroundings.emit(.result(value.display(displayContext)))
    keepAsLast(value)
  }

  /// Makes a value what `_` stands for.
  func keepAsLast(_ value: Value) {
    if case .host(let object) = value { lastShown = object.keptAsLast() } else { lastShown = value }
  }

  /// One line about what an assignment has bound.
  private func echo(_ target: Target, _ frame: Frame) throws {
    var display = Display("")
    var names: [String] = []
    let columns = surroundings.canvas.columns
    for part in target.parts {
      guard let value = try? evaluate(part.expression, frame) else { continue }
      let echo = value.echo(displayContext)
      let line = "\(part.text): \(echo.plain)"
      if case .host = value { names.append(line) } else { names.append(DisplayWidth.fitted(line, columns: columns)) }
      display = echo
    }
    guard !names.isEmpty else { return }
    if names.count > 1 { display = Display("") }
    display.plain = names.joined(separator: "\n")
    surroundings.emit(.echo(display))
  }
}

extension Expression {
  /// Whether it is a verb-first command, which shows its value itself.
  var isCommand: Bool {
    if case .call(let call) = kind { call.style == .command } else { false }
  }
}

extension Target {
  /// The names, fields and elements that are bound, with the texts to call them by.
  fileprivate var parts: [(text: String, expression: Expression)] {
    switch self {
    case .name(let name): [(name.text, Expression(.name(name), name.span))]
    case .discard: []
    case .field(let base, let target, let name, let span):
      target.parts.map { ("\($0.text).\(name.text)", Expression(.field(base, name), span)) }
    case .subscripts(_, let target, _, _): target.parts
    case .tuple(let targets, _): targets.flatMap(\.parts)
    }
  }
}
