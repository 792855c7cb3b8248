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
  ///
  /// `mark` is that of the name when it is known, so that names that are no field are told apart at once.
  func field(_ name: String, of value: Value, mark: UInt64 = .max) throws -> Value? {
    switch value {
    case .record(let record): return record[name]
    case .host(let object):
      let call = hostCall(name)
      if let field = fields(of: object)[name, mark] { return try field.read(object, call) }
      return try object.ownField(name, call)
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

  /// Sets a field of a host object; false when there is none or it cannot be set.
  func setField(_ name: String, of object: any HostObject, to value: Value) throws -> Bool {
    let call = hostCall(name)
    guard let field = fields(of: object)[name, .max] else { return try object.setOwnField(name, to: value, call) }
    guard let write = field.write else { return false }
    try write(object, value, call)
    return true
  }

  /// The declared fields of the object's type, looked at once for each type.
  private func fields(of object: any HostObject) -> FieldTable {
    let type = type(of: object)
    let identifier = ObjectIdentifier(type)
    // Types are 16-byte aligned, so the bits above tell them apart.
    let place = Int(bitPattern: identifier) >> 4 & (recentFields.count - 1)
    if let (recent, table) = recentFields[place], recent == identifier { return table }
    let table = fieldTables[identifier] ?? type.makeFieldTable()
    fieldTables[identifier] = table
    recentFields[place] = (identifier, table)
    return table
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
    let site = CallSite(
      source: frame.source, span: span, callee: base.span, positional: [base.span] + indices, named: [],
      parameterNames: [])
    return Call(self, .site(site, name: "[]"))
  }
}
