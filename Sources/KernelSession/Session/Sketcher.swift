// SPDX-License-Identifier: Apache-2.0
import Language

/// Draws the picture of the variables that other threads may look at.
struct Sketcher {
  private(set) var knowledge: Knowledge
  /// What a variable was when it was sketched; values that never change are not sketched again.
  private var seen: [String: ObjectIdentifier] = [:]

  /// The deepest level of parts that is sketched: `gan.G.0.weight`.
  static let depth = 4
  /// The most parts of one object.
  static let partLimit = 64

  init(_ knowledge: Knowledge) { self.knowledge = knowledge }

  /// Notes what `%set` can change.
  mutating func note(settings: [(name: String, words: [String])]) { knowledge.settings = settings }

  /// Sketches the variables as they are now.
  mutating func update(from evaluator: Evaluator) {
    let call = evaluator.hostCall("")
    var context = DisplayContext()
    // After every cell: the figures of each weight of a large net would take longer than the cell.
    context.isGlance = true
    let old = Dictionary(knowledge.variables.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    knowledge.variables = evaluator.variables.map { name, value in
      if let identity = unchanging(value), seen[name] == identity, let sketch = old[name] {
        return VariableSketch(name: name, value: sketch)
      }
      seen[name] = unchanging(value)
      noteMethods(of: value)
      return VariableSketch(name: name, value: sketch(value, depth: Sketcher.depth, context, call))
    }
  }

  /// What tells whether a value is the one that was sketched; nil for those that can change in place.
  private func unchanging(_ value: Value) -> ObjectIdentifier? {
    switch value {
    case .host(let object) where !object.isReference: ObjectIdentifier(object)
    case .function(let function): ObjectIdentifier(function)
    default: nil
    }
  }

  /// Which builtins take a value of this type first; found out once for each type.
  private mutating func noteMethods(of value: Value) {
    let type = value.typeName
    guard knowledge.methodsByType[type] == nil else { return }
    let fitting = knowledge.table.builtins.filter { builtin in
      guard let first = builtin.parameters.first, builtin.form != .constructor else { return false }
      return first.typeName != "any" && first.accepts(value)
    }
    knowledge.methodsByType[type] = Set(fitting.map(\.name)).sorted()
  }

  private func sketch(_ value: Value, depth: Int, _ context: DisplayContext, _ call: Call) -> ValueSketch {
    var sketch = ValueSketch(typeName: value.typeName, line: Sketcher.line(value, context))
    switch value {
    case .function(let function):
      sketch.signature = function.signature
      sketch.parameterNames = function.parameterNames
      sketch.definition = function.definition
    case .record(let record) where depth > 0:
      sketch.parts = zip(record.names, record.values).prefix(Sketcher.partLimit).map {
        ($0, self.sketch($1, depth: depth - 1, context, call))
      }
    case .host(let object):
      sketch.declaredType = type(of: object).typeName
      if depth > 0 { sketch.parts = parts(of: object, depth: depth, context, call) }
    default: break
    }
    return sketch
  }

  private func parts(
    of object: any HostObject, depth: Int, _ context: DisplayContext, _ call: Call
  ) -> [(name: String, sketch: ValueSketch)] {
    object.ownFieldNames.prefix(Sketcher.partLimit).compactMap { name in
      // A part that cannot be read now is not known; looking must not fail.
      guard let value = try? object.ownField(name, call) else { return nil }
      return (name, sketch(value, depth: depth - 1, context, call))
    }
  }

  private static func line(_ value: Value, _ context: DisplayContext) -> String {
    let text = if case .host(let object) = value { object.line(context) } else { value.echo(context).plain }
    return String(text.prefix { !$0.isNewline }.prefix(200))
  }
}
