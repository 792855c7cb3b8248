// SPDX-License-Identifier: Apache-2.0

extension Evaluator {
  /// Binds what stands on the left side of `=`.
  func assign(_ value: Value, to target: Target, _ frame: Frame) throws {
    switch target {
    case .name(let name): try bind(value, to: name, frame)
    case .discard: break
    case .tuple(let targets, let span):
      let values = try unpack(value, into: targets.count, at: span, frame)
      for (target, value) in zip(targets, values) { try assign(value, to: target, frame) }
    case .field(let base, let inner, let name, let span):
      let holder = try evaluate(base, frame)
      try assign(value, toField: name, of: holder, at: (base, inner, span), frame)
    case .subscripts(let base, let inner, let nodes, let span):
      let subscripts = try evaluate(nodes, frame)
      if case .name(let name) = inner, try changeList(name, subscripts, value, (base, nodes, span), frame) { return }
      let holder = try evaluate(base, frame)
      try assign(value, toElement: subscripts, of: holder, at: (base, inner, nodes, span), frame)
    }
  }

  /// `target op= expression`.
  func augment(_ target: Target, _ symbol: BinaryOperator, _ expression: Expression, _ frame: Frame) throws {
    let span = target.span
    switch target {
    case .name(let name):
      let left = try value(of: name, frame)
      let right = try evaluate(expression, frame)
      try bind(try combine(symbol, left, right, span, expression, frame), to: name, frame)
    case .field(let base, let inner, let name, _):
      let holder = try evaluate(base, frame)
      guard let left = try located(at: span, frame, { try field(name.text, of: holder) }) else {
        throw NameMistake(self, frame).unsettable(name, of: holder).placed(in: frame.source)
      }
      let result = try combine(symbol, left, evaluate(expression, frame), span, expression, frame)
      try assign(result, toField: name, of: holder, at: (base, inner, span), frame)
    case .subscripts(let base, let inner, let nodes, _):
      let holder = try evaluate(base, frame)
      let subscripts = try evaluate(nodes, frame)
      let left = try located(at: span, frame) { try subscripted(holder, subscripts) }
      let result = try combine(symbol, left, evaluate(expression, frame), span, expression, frame)
      try assign(result, toElement: subscripts, of: holder, at: (base, inner, nodes, span), frame)
    case .discard, .tuple: break
    }
  }

  private func combine(
    _ symbol: BinaryOperator, _ left: Value, _ right: Value, _ span: SourceSpan, _ expression: Expression,
    _ frame: Frame
  ) throws -> Value {
    do {
      return try binary(symbol, left, right)
    } catch {
      let site = CallSite(
        source: frame.source, span: span.union(expression.span), callee: span, positional: [span, expression.span],
        named: [], parameterNames: [])
      throw explained(error, at: span, in: frame, call: Call(self, .site(site, name: symbol.rawValue + "=")))
    }
  }

  // MARK: Parts of values

  /// Changes a list where its variable holds it, without copying; false when the variable holds something else.
  private func changeList(
    _ name: NameNode, _ subscripts: [Subscript], _ value: Value,
    _ place: (base: Expression, nodes: [SubscriptNode], span: SourceSpan), _ frame: Frame
  ) throws -> Bool {
    guard value.nesting < Limits.nesting else { throw Limits.tooDeep }
    switch frame.running.resolutions[name.use].place {
    case .local(_, let slot):
      guard frame.capturedNesting == nil, case .list(var items) = frame[slot] else { return false }
      // The variable lets go of the list, so that it is held once while it changes.
      frame[slot] = .nothing
      defer { frame[slot] = .list(items) }
      try change(&items, subscripts, value, place, frame)
    case .global(let global):
      let index = frame.running.globals[global]
      guard case .list(var items) = environment.values[index] else { return false }
      environment.values[index] = .nothing
      defer { environment.values[index] = .list(items) }
      try change(&items, subscripts, value, place, frame)
    }
    return true
  }

  private func change(
    _ items: inout [Value], _ subscripts: [Subscript], _ value: Value,
    _ place: (base: Expression, nodes: [SubscriptNode], span: SourceSpan), _ frame: Frame
  ) throws {
    do {
      try Elements.replace(&items, subscripts, with: value)
    } catch {
      throw explained(
        error, at: place.span, in: frame, call: subscriptCall(place.base, place.nodes, place.span, frame))
    }
  }

  private func assign(
    _ value: Value, toField name: NameNode, of holder: Value,
    at place: (base: Expression, inner: Target, span: SourceSpan),
    _ frame: Frame
  ) throws {
    switch holder {
    case .record(var record):
      guard record[name.text] != nil else {
        throw NameMistake(self, frame).unsettable(name, of: holder).placed(in: frame.source)
      }
      record[name.text] = value
      try assign(Value.record(record).checkedNesting(), to: place.inner, frame)
    case .host(let object):
      let isSet = try located(at: place.span, frame) { try setField(name.text, of: object, to: value) }
      guard isSet else {
        throw NameMistake(self, frame).unsettable(name, of: holder).placed(in: frame.source)
      }
    default: throw NameMistake(self, frame).unsettable(name, of: holder).placed(in: frame.source)
    }
  }

  private typealias ElementPlace = (base: Expression, inner: Target, nodes: [SubscriptNode], span: SourceSpan)

  private func assign(
    _ value: Value, toElement subscripts: [Subscript], of holder: Value, at place: ElementPlace, _ frame: Frame
  ) throws {
    do {
      if let changed = try replacing(subscripts, of: holder, with: value, place, frame) {
        try assign(changed, to: place.inner, frame)
      }
    } catch {
      throw explained(
        error, at: place.span, in: frame, call: subscriptCall(place.base, place.nodes, place.span, frame))
    }
  }

  /// The changed copy; nil when the holder was changed in place.
  private func replacing(
    _ subscripts: [Subscript], of holder: Value, with value: Value, _ place: ElementPlace, _ frame: Frame
  ) throws -> Value? {
    switch holder {
    case .list(var items):
      try Elements.replace(&items, subscripts, with: value)
      return try Value.list(items).checkedNesting()
    case .record(var record):
      guard case .index(.string(let name))? = subscripts.first, subscripts.count == 1 else { break }
      record[name] = value
      return try Value.record(record).checkedNesting()
    case .host(let object):
      let throughOwner = if case .name = place.base.kind { false } else { true }
      let changed = try object.replacing(subscripts, with: value, throughOwner: throughOwner, hostCall("[]="))
      guard let changed else { break }
      return changed === object ? nil : .host(changed)
    default: break
    }
    throw Diagnostic(
      .type, Text("elements of \(holder.typeName) cannot be set", zh: "\(holder.typeName) 的元素不能修改"),
      labels: [.init(.position(0), Text(holder.typeName, zh: holder.typeName))])
  }
}
