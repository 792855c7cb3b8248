// SPDX-License-Identifier: Apache-2.0

extension Evaluator {
  // MARK: Fields

  /// `base.name`.
  func field(_ name: NameNode, of base: Expression, _ frame: Frame) throws -> Value {
    let receiver = try evaluate(base, frame)
    if let value = try located(at: name.span, frame, { try self.field(name.text, of: receiver) }) { return value }
    throw NameMistake(self, frame).unknownMember(name, of: receiver, isCall: false).placed(in: frame.source)
  }

  /// A field of a value; nil when it has none of this name.
  func field(_ name: String, of value: Value) throws -> Value? {
    switch value {
    case .record(let record): return record[name]
    case .host(let object): return try object.field(name, hostCall(name))
    case .function(let function):
      switch name {
      case "name": return function.name.map { .string($0) } ?? .nothing
      case "signature": return .string(function.signature)
      case "doc": return .string(documentation(of: function))
      default: return nil
      }
    default: return nil
    }
  }

  private func documentation(of function: any Function) -> String {
    switch function {
    case let builtin as BuiltinFunction: builtin.variants.map { $0.text(surroundings.language) }.joined(separator: "\n")
    case let user as UserFunction: user.sourceText
    default: ""
    }
  }

  // MARK: Subscripts

  /// `base[…]`.
  func subscripted(
    _ base: Expression, _ nodes: [SubscriptNode], _ span: SourceSpan, _ frame: Frame
  ) throws -> Value {
    let value = try evaluate(base, frame)
    let subscripts = try evaluate(nodes, frame)
    do {
      return try subscripted(value, subscripts)
    } catch {
      throw explained(error, at: span, in: frame, call: subscriptCall(base, nodes, span, frame))
    }
  }

  func evaluate(_ nodes: [SubscriptNode], _ frame: Frame) throws -> [Subscript] {
    var subscripts: [Subscript] = []
    for node in nodes {
      switch node {
      case .index(let expression): subscripts.append(.index(try evaluate(expression, frame)))
      case .ellipsis: subscripts.append(.ellipsis)
      case .slice(let start, let stop, let step):
        subscripts.append(
          .slice(
            start: try start.map { try evaluate($0, frame) }, stop: try stop.map { try evaluate($0, frame) },
            step: try step.map { try evaluate($0, frame) }))
      }
    }
    return subscripts
  }

  /// An element or a slice of a value.
  func subscripted(_ value: Value, _ subscripts: [Subscript]) throws -> Value {
    switch value {
    case .list(let items): return try Elements.read(items, subscripts, "list", slice: Value.list)
    case .tuple(let items): return try Elements.read(items, subscripts, "tuple", slice: Value.tuple)
    case .string(let text):
      let characters = text.map { Value.string(String($0)) }
      return try Elements.read(characters, subscripts, "string") { .string($0.map(\.printed).joined()) }
    case .record(let record):
      if case .index(.string(let name))? = subscripts.first, subscripts.count == 1 {
        guard let value = record[name] else { throw Elements.noField(name, in: record) }
        return value
      }
      return try Elements.read(record.values, subscripts, "record", slice: Value.tuple)
    case .host(let object):
      if let result = try object.subscripted(subscripts, hostCall("[]")) { return result }
    default: break
    }
    throw Diagnostic(
      .type, Text("\(value.typeName) has no elements", zh: "\(value.typeName) 没有元素"),
      labels: [.init(.position(0), Text(value.typeName, zh: value.typeName))])
  }

  /// The subscript as a call, so that errors can point at base and indices.
  func subscriptCall(_ base: Expression, _ nodes: [SubscriptNode], _ span: SourceSpan, _ frame: Frame) -> Call {
    let indices = nodes.map { node in
      if case .index(let expression) = node { expression.span } else { span }
    }
    return Call(
      "[]", self,
      origin: .site(
        CallSite(
          source: frame.source, span: span, callee: base.span, positional: [base.span] + indices, named: [],
          parameterNames: [])))
  }
}
