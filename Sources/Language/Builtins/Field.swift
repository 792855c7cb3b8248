// SPDX-License-Identifier: Apache-2.0

/// A field of a live object, declared once for reading, writing, help and completion.
public struct Field<Owner: HostObject>: Sendable {
  /// The name behind the dot.
  public let name: String
  /// One sentence.
  public let text: Text
  /// The type of the value.
  public let typeName: String
  let read: @Sendable (Owner, Call) throws -> Value
  let write: (@Sendable (Owner, Value, Call) throws -> Void)?

  /// Declares a field that can only be read.
  public init<Result: ValueConvertible>(
    _ name: String, _ text: Text, read: @escaping @Sendable (Owner) throws -> Result
  ) {
    self.name = name
    self.text = text
    typeName = Result.typeName
    self.read = { owner, _ in try read(owner).value }
    write = nil
  }

  /// Declares a field that can be read and set; a value of another type is a type error that names the field.
  public init<Result: ValueConvertible>(
    _ name: String, _ text: Text, read: @escaping @Sendable (Owner) throws -> Result,
    write: @escaping @Sendable (Owner, Result, Call) throws -> Void
  ) {
    self.name = name
    self.text = text
    typeName = Result.typeName
    self.read = { owner, _ in try read(owner).value }
    self.write = { owner, value, call in
      guard let converted = Result.convert(value) else {
        throw Diagnostic(
          .type,
          Text(
            "\(Owner.typeName).\(name) is \(Result.typeName), not \(value.typeName)",
            zh: "\(Owner.typeName).\(name) 的类型是 \(Result.typeName)，不能是 \(value.typeName)"))
      }
      try write(owner, converted, call)
    }
  }

  /// The field without its types.
  public var description: FieldDescription {
    FieldDescription(name: name, text: text, typeName: typeName, isWritable: write != nil)
  }
}

/// A field of a live object without its Swift types.
public struct FieldDescription: Sendable, Hashable {
  /// The name behind the dot.
  public let name: String
  /// One sentence.
  public let text: Text
  /// The type of the value.
  public let typeName: String
  /// Whether it can be set.
  public let isWritable: Bool
}
