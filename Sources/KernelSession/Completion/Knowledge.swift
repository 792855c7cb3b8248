// SPDX-License-Identifier: Apache-2.0
import Language

/// All that completion and inspection go by: the builtins, and what the variables were after the last statement.
struct Knowledge: Sendable {
  let table: BuiltinTable
  let grammar: Grammar
  let magics: [Magic]
  let dataSetNames: [String]
  /// The names of the settings with the words that each takes.
  var settings: [(name: String, words: [String])] = []
  /// Types of host objects by name.
  let fieldsByType: [String: [FieldDescription]]
  /// The variables, in the order in which they were made.
  var variables: [VariableSketch] = []
  /// For each type that a variable has had, the builtins that take it first.
  var methodsByType: [String: [String]] = [:]

  init(table: BuiltinTable, magics: [Magic], dataSetNames: [String]) {
    self.table = table
    self.magics = magics
    self.dataSetNames = dataSetNames
    grammar = table.grammar
    var fields: [String: [FieldDescription]] = [:]
    for type in table.hostTypes { fields[type.typeName] = type.fieldDescriptions }
    fieldsByType = fields
  }

  /// The variable with this name.
  func variable(_ name: String) -> ValueSketch? { variables.first { $0.name == name }?.value }

  /// What a path of names leads to, as far as it is known; fields are known by their type alone.
  func value(at path: [String]) -> ValueSketch? {
    guard let first = path.first, var value = variable(first) else { return nil }
    for name in path.dropFirst() {
      if let part = value.part(name) {
        value = part
      } else if let field = declaredFields(of: value).first(where: { $0.name == name }) {
        value = ValueSketch(typeName: field.typeName, line: field.typeName)
      } else {
        return nil
      }
    }
    return value
  }

  /// The fields that a value has by its type, and its own.
  func fields(of value: ValueSketch) -> [(name: String, signature: String)] {
    value.parts.map { ($0.name, $0.sketch.line) } + declaredFields(of: value).map { ($0.name, $0.typeName) }
  }

  /// The fields that every value of this one's type has.
  func declaredFields(of value: ValueSketch) -> [FieldDescription] {
    fieldsByType[value.declaredType ?? value.typeName] ?? []
  }
}
