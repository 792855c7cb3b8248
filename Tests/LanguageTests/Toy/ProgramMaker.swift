// SPDX-License-Identifier: Apache-2.0

/// Makes programs by walking through the grammar at random.
struct ProgramMaker {
  var random: SplitMix
  private var depth = 0
  private var inLoop = false
  private var inFunction = false

  init(_ random: SplitMix) { self.random = random }

  mutating func program() -> String {
    (0...random.below(5)).map { _ in statement() + pick([";", "", "", ""]) }.joined(separator: "\n")
  }

  // MARK: Statements

  private mutating func statement() -> String {
    guard depth < 4 else { return assignment() }
    depth += 1
    defer { depth -= 1 }
    switch random.below(13) {
    case 0:
      return "if \(expression()) \(block())"
        + pick(["", " else \(block())", " else if \(expression()) \(block())", "\nelse \(block())"])
    case 1: return loop("for \(pattern()) in \(expression())")
    case 2: return loop("while \(expression())")
    case 3: return loop("repeat \(pick(["", "2", "xs[0]"]))")
    case 4: return "with \(pick(["scope(\"s\")", "3", "seed(1), scope(\"t\")"])) \(block())"
    case 5: return definition()
    case 6: return command()
    case 7 where inLoop: return pick(["break", "continue"])
    case 8 where inFunction: return pick(["return", "return \(expression())"])
    case 9: return "\(name()) \(pick(["+=", "-=", "*=", "/=", "@="])) \(expression())"
    case 10: return expression()
    default: return assignment()
    }
  }

  private mutating func assignment() -> String { "\(target()) = \(expression())" }

  private mutating func target() -> String {
    pick([name(), name(), "xs[\(expression())]", "m.lr", "r.a", "v[0]", "a, b", "_, (a, b)", "m[1]", "xs[0:2]"])
  }

  private mutating func block() -> String {
    let lines = (0..<random.below(3)).map { _ in statement() }
    return "{ " + lines.joined(separator: pick(["; ", "\n"])) + " }"
  }

  private mutating func loop(_ head: String) -> String {
    let around = inLoop
    inLoop = true
    defer { inLoop = around }
    return head + " " + block()
  }

  private mutating func definition() -> String {
    let around = (inLoop, inFunction)
    (inLoop, inFunction) = (false, true)
    defer { (inLoop, inFunction) = around }
    let parameters = pick(["", "a", "a, b", "a, b=2", "a=\(atom())"])
    return "def f(\(parameters)) " + (random.below(2) == 0 ? "= \(expression())" : block())
  }

  private mutating func command() -> String {
    let around = (inLoop, inFunction)
    (inLoop, inFunction) = (false, false)
    defer { (inLoop, inFunction) = around }
    switch random.below(6) {
    case 0: return "step m \(random.below(4)) until=\(expression())"
    case 1: return "step m 4 every=2 \(block())"
    case 2: return "plot \(name()), \(expression()) title=\"t\""
    case 3: return "print \(name()), \(atom())"
    case 4: return "record a=\(expression()) b=\(expression())"
    default: return "show \(name()), \(expression())"
    }
  }

  // MARK: Expressions

  private mutating func expression() -> String {
    guard depth < 6 else { return atom() }
    depth += 1
    defer { depth -= 1 }
    switch random.below(16) {
    case 0: return "\(expression()) \(pick(["+", "-", "*", "/", "//", "%", "@", "**"])) \(atom())"
    case 1: return "\(atom()) \(pick(["==", "!=", "<", "<=", ">", ">=", "in", "not in"])) \(atom())"
    case 2: return "\(atom()) \(pick(["and", "or"])) \(atom())"
    case 3: return pick(["not \(atom())", "-\(atom())", "+\(atom())"])
    case 4: return "(\(operand()) if \(operand()) else \(operand()))"
    case 5: return "(\(pick(["x", "(a, b)", "()", "(a, b=1)"])) -> \(expression()))"
    case 6: return "\(atom()) |> \(pick(["len", "f", "sort", "(x -> x)", "mean()"]))"
    case 7: return "\(operand()).\(pick(["len()", "mean()", "step(1)", "shape", "lr", "a", "f(1)", "sort()", "T"]))"
    case 8: return "\(atom())[\(pick(["0", "-1", "1:", ":2", "::2", "...", "\(expression())", "0, 1"]))]"
    case 9: return "[\(expression()) for \(pattern()) in \(operand())\(pick(["", " if \(atom())"]))]"
    case 10: return "\(pick(["f", "len", "range", "vector", "list", "str", "abs", "bce"]))(\(expression()))"
    case 11: return "f\"\(pick(["", "a"])){\(pick(["xs", "1 + 1", "v", "r.a"]))\(pick(["", ":.2f", ":>8", ":d"]))}\""
    case 12: return "(a=\(expression()), b=\(expression()))"
    case 13: return "[\(expression()), \(expression())]"
    default: return atom()
    }
  }

  /// An expression that can stand anywhere.
  private mutating func operand() -> String { pick([name(), "(\(expression()))"]) }

  private mutating func atom() -> String {
    pick([
      "1", "0", "2.5", "1e3", "9223372036854775807", "\"a\"", "'b'", "True", "None", "x", "xs", "v", "m", "r", "8x8",
      "(1, 2)", "()", "[]", "(\(name()))", "f", "_", "数", "range(3)",
    ])
  }

  private mutating func name() -> String { pick(["x", "y", "xs", "数", "a", "step", "_", "v"]) }

  private mutating func pattern() -> String { pick(["x", "_", "a, b", "a, (b, _)", "(a, b)"]) }

  /// One of these; all of them are made, so that nesting stays bounded by the depth.
  private mutating func pick(_ choices: [String]) -> String { choices[random.below(choices.count)] }
}
