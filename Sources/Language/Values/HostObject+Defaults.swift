// SPDX-License-Identifier: Apache-2.0

extension HostObject {
  /// None.
  public static var fields: [Field<Self>] { [] }
  /// The name in signatures and messages.
  public var typeName: String { Self.typeName }
  /// True.
  public var isReference: Bool { true }
  /// The name of the type.
  public var brief: String { typeName }

  /// The line.
  public func echo(_ context: DisplayContext) -> Display { Display(line(context)) }

  /// None.
  public var ownFieldNames: [String] { [] }
  /// There is none.
  public func ownField(_ name: String, _ call: Call) throws -> Value? { nil }
  /// There is none.
  public func setOwnField(_ name: String, to value: Value, _ call: Call) throws -> Bool { false }

  /// Not defined.
  public func subscripted(_ subscripts: [Subscript], _ call: Call) throws -> Value? { nil }
  /// Not allowed.
  public func replacing(
    _ subscripts: [Subscript], with value: Value, throughOwner: Bool, _ call: Call
  ) throws -> (any HostObject)? { nil }
  /// False.
  public var isCallable: Bool { false }
  /// Not defined.
  public func called(with arguments: Arguments, _ call: Call) throws -> Value? { nil }
  /// Not defined.
  public func iterator(_ call: Call) throws -> ValueIterator? { nil }
  /// As the iteration.
  public func unpacked(_ call: Call) throws -> [Value]? { nil }
  /// None.
  public var length: Int? { nil }

  /// False.
  public var isElementwise: Bool { false }
  /// Not defined.
  public func binary(_ symbol: BinaryOperator, _ other: Value, reversed: Bool, _ call: Call) throws -> Value? { nil }
  /// Not defined.
  public func unary(_ symbol: UnaryOperator, _ call: Call) throws -> Value? { nil }
  /// True.
  public func truth(_ call: Call) throws -> Bool { true }
  /// To be found by iteration.
  public func contains(_ value: Value, _ call: Call) throws -> Bool? { nil }
  /// Not a number.
  public var number: Double? { nil }
  /// It is not.
  public var isNumber: Bool { false }
  /// Equal when it is the same object.
  public func equals(_ other: any HostObject) -> Bool { self === other }

  /// Not usable with `with`.
  public func entered(_ call: Call) throws -> Bool { false }
  /// Nothing happens.
  public func left(_ call: Call) {}
  /// Never changes.
  public var revision: Int { 0 }
  /// Nothing happens.
  public func assigned(to name: String) {}
  /// The object itself.
  public func keptAsLast() -> Value { .host(self) }
}

extension HostObject {
  /// Whether the value holds an object of this type.
  @inlinable
  public static func accepts(_ value: Value) -> Bool {
    guard case .host(let object) = value else { return false }
    return ObjectIdentifier(type(of: object)) == ObjectIdentifier(Self.self)
  }

  /// The object itself when the value holds one of this type.
  @inlinable
  public static func convert(_ value: Value) -> Self? { try? extract(value) }

  /// The object itself; throws `TypeMismatch` when the value holds something else.
  @inlinable
  public static func extract(_ value: Value) throws -> Self {
    guard case .host(let object) = value, ObjectIdentifier(type(of: object)) == ObjectIdentifier(Self.self) else {
      throw TypeMismatch()
    }
    // The types are the same, so the cast cannot fail; a checked one costs ten times as much in each call.
    return unsafeDowncast(object, to: Self.self)
  }

  /// The object as a value.
  @inlinable
  public var value: Value { .host(self) }

  /// The value of a declared field or of one that only this object has; nil when there is none.
  public func field(_ name: String, _ call: Call) throws -> Value? { try call.field(name, of: .host(self)) }

  /// Sets a field; false when there is none or it cannot be set.
  public func setField(_ name: String, to value: Value, _ call: Call) throws -> Bool {
    try call.evaluator.setField(name, of: self, to: value)
  }

  /// Names of all fields, declared ones first.
  public var fieldNames: [String] { Self.fields.map(\.name) + ownFieldNames }

  /// The declared fields without their types, for help and completion.
  public static var fieldDescriptions: [FieldDescription] { fields.map(\.description) }
}
