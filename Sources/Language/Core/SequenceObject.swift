// SPDX-License-Identifier: Apache-2.0

/// What `enumerate`, `zip` and `map` give: values that are made one at a time, again for each run through.
public final class SequenceObject: HostObject {
  /// The name of the type.
  public static let typeName = "Sequence"

  private let source: String
  private let count: Int?
  private let make: (Call) throws -> ValueIterator

  /// Makes a sequence; `make` begins a new run.
  public init(_ source: String, count: Int?, _ make: @escaping (Call) throws -> ValueIterator) {
    self.source = source
    self.count = count
    self.make = make
  }

  /// How many values there are, when that is known.
  public var length: Int? { count }
  /// What made it.
  public var brief: String { count.map { "\(source), \($0)" } ?? source }
  /// What made it.
  public func line(_ context: DisplayContext) -> String {
    let count = count.map { context.language == .chinese ? "，共 \($0) 项" : " of \($0)" } ?? ""
    return "Sequence from \(source)\(count)"
  }
  /// What made it.
  public func display(_ context: DisplayContext) -> Display { Display(line(context)) }
  /// Begins a new run.
  public func iterator(_ call: Call) throws -> ValueIterator? { try make(call) }
}

/// Anything that can be iterated: lists, tuples, ranges, sequences, and host objects.
public struct IterableArgument: ValueConvertible {
  /// The value.
  public let source: Value

  /// The name in signatures.
  public static var typeName: String { "List" }
  /// Takes lists, tuples, strings and sequences; host objects of other kinds have variants of their own.
  public static func convert(_ value: Value) -> IterableArgument? {
    switch value {
    case .list, .tuple, .string: IterableArgument(source: value)
    case .host(let object): object is RangeObject || object is SequenceObject ? IterableArgument(source: value) : nil
    default: nil
    }
  }
  /// The value.
  public var value: Value { source }

  /// The values in order; throws when there are too many for a list.
  public func values(in call: Call) throws -> [Value] {
    switch source {
    case .list(let items), .tuple(let items): return items
    default: return try Self.collect(try call.iterate(source))
    }
  }

  /// The values of an iterator as a list.
  static func collect(_ iterator: ValueIterator) throws -> [Value] {
    if let count = iterator.count { try Limits.check(items: count) }
    var values: [Value] = []
    while let value = try iterator.next() {
      values.append(value)
      try Limits.check(items: values.count)
    }
    return values
  }
}
