// SPDX-License-Identifier: Apache-2.0

/// Brings the arguments of a call into the order of a builtin's parameters.
struct ArgumentBinder {
  private let builtin: Builtin
  private let name: String

  init(_ builtin: Builtin, _ name: String) {
    self.builtin = builtin
    self.name = name
  }

  /// One value for each parameter; throws a type error when arguments are missing, unknown or too many.
  func bind(_ arguments: Arguments) throws(Diagnostic) -> [Value] {
    let parameters = builtin.parameters
    if builtin.takesOnlySingles, arguments.named.isEmpty, arguments.positional.count <= parameters.count {
      var values = arguments.positional
      for index in values.count..<parameters.count {
        guard let value = parameters[index].defaultValue?.value else {
          throw CallMistake.missing(parameters[index].name, of: builtin.signature(as: name))
        }
        values.append(value)
      }
      return try checked(values)
    }
    let count = parameters.count
    if count == 1, arguments.named.isEmpty, parameters[0].consumption == .positionalRest {
      return [.list(arguments.positional)]
    }
    var slots = [Value?](repeating: nil, count: count)
    let rest = try bindPositional(arguments.positional, &slots)
    try bindNamed(arguments.named, &slots)
    return try checked(filled(slots, rest))
  }

  /// Fills the slots from the left and gives what a `*rest` parameter takes.
  private func bindPositional(_ values: [Value], _ slots: inout [Value?]) throws(Diagnostic) -> [Value] {
    for (index, value) in values.enumerated() {
      guard index < builtin.parameters.count, builtin.parameters[index].consumption != .namedRest else {
        let taken = builtin.parameters.count { $0.consumption == .single }
        throw CallMistake.tooMany(of: builtin.signature(as: name), given: values.count, taken: taken)
      }
      if builtin.parameters[index].consumption == .positionalRest { return Array(values[index...]) }
      slots[index] = value
    }
    return []
  }

  private func bindNamed(_ named: [(name: String, value: Value)], _ slots: inout [Value?]) throws(Diagnostic) {
    var rest = Record()
    let takesRest = builtin.parameters.last?.consumption == .namedRest
    for (name, value) in named {
      let index = builtin.parameters.firstIndex { $0.name == name && $0.consumption == .single }
      if let index {
        guard slots[index] == nil else { throw CallMistake.givenTwice(name, to: self.name) }
        slots[index] = value
      } else if takesRest {
        rest[name] = value
      } else {
        let known = builtin.parameters.filter { $0.consumption == .single }.map(\.name)
        throw CallMistake.unknownArgument(name, of: self.name, known: known)
      }
    }
    if takesRest { slots[slots.count - 1] = .record(rest) }
  }

  private func filled(_ slots: [Value?], _ rest: [Value]) throws(Diagnostic) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(slots.count)
    for (parameter, slot) in zip(builtin.parameters, slots) {
      if parameter.consumption == .positionalRest {
        values.append(.list(rest))
      } else if let value = slot ?? parameter.defaultValue?.value {
        values.append(value)
      } else {
        throw CallMistake.missing(parameter.name, of: builtin.signature(as: name))
      }
    }
    return values
  }

  /// The same values when each word is one that its parameter knows.
  private func checked(_ values: [Value]) throws(Diagnostic) -> [Value] {
    for index in builtin.wordParameters {
      guard case .words(let words) = builtin.parameters[index].choices else { continue }
      let parameter = builtin.parameters[index].name
      switch values[index] {
      case .string(let word) where !words.contains(word):
        throw CallMistake.notAmong(word, words, of: parameter, in: name)
      case .list(let items), .tuple(let items):
        for case .string(let word) in items where !words.contains(word) {
          throw CallMistake.notAmong(word, words, of: parameter, in: name, isListed: true)
        }
      default: continue
      }
    }
    return values
  }
}
