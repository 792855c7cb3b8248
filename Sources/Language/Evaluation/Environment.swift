// SPDX-License-Identifier: Apache-2.0

/// The variables of the top level, each at a fixed index so that programs find them without comparing names.
final class Environment {
  private(set) var names: [String] = []
  var values: [Value?] = []
  /// The builtin that a name means while no variable has it.
  private(set) var builtins: [BuiltinFunction?] = []
  private var indices: [String: Int] = [:]
  private let table: BuiltinTable

  init(table: BuiltinTable) { self.table = table }

  /// The index of a name, new or old.
  func index(of name: String) -> Int {
    if let index = indices[name] { return index }
    let index = names.count
    indices[name] = index
    names.append(name)
    values.append(nil)
    builtins.append(table.functions[name])
    return index
  }

  /// The value of a variable; setting nil removes it.
  subscript(name: String) -> Value? {
    get { indices[name].flatMap { values[$0] } }
    set { values[index(of: name)] = newValue }
  }

  /// The variables that have a value, in the order in which their names were first seen.
  var variables: [(name: String, value: Value)] {
    zip(names, values).compactMap { name, value in value.map { (name, $0) } }
  }
}
