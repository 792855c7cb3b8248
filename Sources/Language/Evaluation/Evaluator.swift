// SPDX-License-Identifier: Apache-2.0

/// Runs programs of the command language.
public final class Evaluator {
  /// The builtins.
  public let table: BuiltinTable
  /// The world around.
  public let surroundings: any Surroundings

  /// Makes an evaluator with no variables.
  public init(table: BuiltinTable, surroundings: any Surroundings) {
    self.table = table
    self.surroundings = surroundings
  }

  /// The variables of the top level, in the order in which they were made.
  public var variables: [(name: String, value: Value)] { [] }

  func note(_ key: String, _ text: Text) {}
  func checkInterruption() throws {}
  func apply(_ callee: Value, to arguments: Arguments, site: CallSite?) throws -> Value { .nothing }
  func force(_ expression: Value, with bindings: [(String, Value)]) throws -> Value { .nothing }
  func truth(of value: Value) throws -> Bool { true }
  func iterator(over value: Value) throws -> ValueIterator { ValueIterator([]) }
  func binary(_ symbol: BinaryOperator, _ left: Value, _ right: Value) throws -> Value { .nothing }
}
