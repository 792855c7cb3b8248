// SPDX-License-Identifier: Apache-2.0

extension Evaluator {
  func loop(_ node: LoopNode, _ frame: Frame) throws -> Flow {
    switch node.kind {
    case .each(let pattern, let source): return try each(pattern, source, node, frame)
    case .whileTrue(let condition): return try whileTrue(condition, node, frame)
    case .count(let count): return try repeated(count, node, frame)
    }
  }

  private func each(_ pattern: Pattern, _ source: Expression, _ node: LoopNode, _ frame: Frame) throws -> Flow {
    let values = try iterator(over: source, frame)
    let label = pattern.names.first ?? "for"
    return try rounds(node, label: label, total: values.count, frame) {
      guard let value = try values.next() else { return false }
      try bind(value, to: pattern, frame)
      return true
    }
  }

  private func whileTrue(_ condition: Expression, _ node: LoopNode, _ frame: Frame) throws -> Flow {
    try rounds(node, label: "while", total: nil, frame) { try truth(of: condition, frame) }
  }

  private func repeated(_ count: Expression?, _ node: LoopNode, _ frame: Frame) throws -> Flow {
    guard let count else { return try rounds(node, label: "repeat", total: nil, frame) { true } }
    let value = try evaluate(count, frame)
    guard case .int(let total) = value else {
      throw Diagnostic(
        .type, Text("repeat wants a whole number, not \(value.typeName)", zh: "repeat 需要整数，得到 \(value.typeName)"),
        labels: [.init(.span(count.span), Text(value.typeName, zh: value.typeName))]
      ).placed(at: count.span, in: frame.source)
    }
    var done = 0
    return try rounds(node, label: "repeat", total: max(total, 0), frame) {
      defer { done += 1 }
      return done < total
    }
  }

  /// Runs the body as long as `next` says so.
  private func rounds(
    _ node: LoopNode, label: String, total: Int?, _ frame: Frame, next: () throws -> Bool
  ) throws -> Flow {
    let showsProgress = showsLoopProgress && frame.isTopLevel && callDepth == 0
    if showsProgress { enterLoop(node, label: label, total: total) }
    defer { if showsProgress { leaveLoop() } }
    while true {
      guard interruption == .none else { try checkInterruption(); break }
      guard try next() else { break }
      switch try execute(node.body, frame) {
      case .next, .again: break
      case .leave: return .next(.nothing)
      case .give(let value): return .give(value)
      }
      if showsProgress { roundEnded() }
    }
    return .next(.nothing)
  }

  /// The values of an expression, with its place when it has none.
  func iterator(over source: Expression, _ frame: Frame) throws -> ValueIterator {
    let value = try evaluate(source, frame)
    do {
      return try iterator(over: value)
    } catch {
      throw explained(error, at: source.span, in: frame, call: operatorCall("for", [source], source.span, frame))
    }
  }
}

extension Pattern {
  /// The names that it binds, in order.
  var names: [String] {
    switch self {
    case .name(let name): [name.text]
    case .discard: []
    case .tuple(let items, _): items.flatMap(\.names)
    }
  }
}
