// SPDX-License-Identifier: Apache-2.0

/// A value that the host defines: a tensor, a net, a data set, a trainer.
///
/// Conforming types are final classes. A *value-like* host (a tensor) never changes: `replacing` gives a changed copy.
/// A *reference* host (a trainer) changes in place. Every requirement but `typeName`, `line` and `display` has a
/// default that says the host cannot do it. Methods throw a `Diagnostic` or any error that the table explains.
public protocol HostObject: AnyObject, ValueConvertible {
  /// The name of the type, as messages and help show it.
  static var typeName: String { get }
  /// The declared fields.
  static var fields: [Field<Self>] { get }

  /// The name of the type of this very object; by default that of the type.
  var typeName: String { get }
  /// Whether assignment shares the object instead of copying it.
  var isReference: Bool { get }

  // MARK: Looks

  /// One line about the object, at most 80 columns, without its name: what an assignment echoes.
  func line(_ context: DisplayContext) -> String
  /// What an assignment that ends the input shows behind `name: `; by default the line.
  func echo(_ context: DisplayContext) -> Display
  /// What a statement that consists of the object shows.
  func display(_ context: DisplayContext) -> Display
  /// A few words for labels of diagnostics, such as `[64, 1]`.
  var brief: String { get }

  // MARK: Fields

  /// Names of fields that only this object has: parts of a trainer, children of a net.
  var ownFieldNames: [String] { get }
  /// The value of a field of `ownFieldNames`; nil when there is none.
  func ownField(_ name: String, _ call: Call) throws -> Value?
  /// Sets a field of `ownFieldNames`; false when there is none or it cannot be set.
  func setOwnField(_ name: String, to value: Value, _ call: Call) throws -> Bool

  // MARK: Subscripts, calls, iteration

  /// `x[…]`; nil when the type has no subscripts.
  func subscripted(_ subscripts: [Subscript], _ call: Call) throws -> Value?
  /// `x[…] = value`: the changed copy, or the object itself when it is a reference; nil when the type does not allow it.
  ///
  /// `throughOwner` is false when the object was reached by a plain variable (`W[0] = 0`) and true when it was reached
  /// through another object (`G[0].weight[0] = 0`).
  func replacing(
    _ subscripts: [Subscript], with value: Value, throughOwner: Bool, _ call: Call
  ) throws -> (any HostObject)?
  /// Whether the object can be called.
  var isCallable: Bool { get }
  /// `x(…)`; nil when it cannot be called.
  func called(with arguments: Arguments, _ call: Call) throws -> Value?
  /// The values of `for v in x`; nil when the type cannot be iterated.
  func iterator(_ call: Call) throws -> ValueIterator?
  /// The parts of `a, b = x` when they differ from the iteration; nil when they do not.
  func unpacked(_ call: Call) throws -> [Value]?
  /// What `len(x)` gives; nil when the type has no length.
  var length: Int? { get }

  // MARK: Operators

  /// Whether `and`, `or`, `not` act on each element instead of on the truth.
  var isElementwise: Bool { get }
  /// `self op other`, or `other op self` when reversed; nil when it is not defined.
  func binary(_ symbol: BinaryOperator, _ other: Value, reversed: Bool, _ call: Call) throws -> Value?
  /// `op self`; nil when it is not defined.
  func unary(_ symbol: UnaryOperator, _ call: Call) throws -> Value?
  /// Whether it counts as true in `if` and `while`.
  func truth(_ call: Call) throws -> Bool
  /// `value in self`; nil when it is to be found by iteration.
  func contains(_ value: Value, _ call: Call) throws -> Bool?
  /// The number that the object stands for in format specs; nil when it is not one.
  var number: Double? { get }
  /// Whether the object is taken for its number wherever a number is wanted, as a measured figure with its error is.
  var isNumber: Bool { get }
  /// Whether both are equal when compared inside lists, tuples and records.
  func equals(_ other: any HostObject) -> Bool

  // MARK: Life

  /// Begins a `with` block; false when the type cannot stand there.
  func entered(_ call: Call) throws -> Bool
  /// Ends a `with` block, also when an error ended it.
  func left(_ call: Call)

  /// Counts the changes of a live object, its parts included; a session notes by it which statement changed what.
  var revision: Int { get }
  /// Told when the object is bound to a variable; a net without a name takes the first one.
  func assigned(to name: String)
  /// What `_` keeps of the object, such as a tensor without its graph.
  func keptAsLast() -> Value
}
