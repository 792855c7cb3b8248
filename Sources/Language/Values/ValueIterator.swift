// SPDX-License-Identifier: Apache-2.0

/// The values of one run through a sequence, made one at a time.
public final class ValueIterator {
  /// How many values there are in all, when that is known before.
  public let count: Int?
  private let advance: () throws -> Value?

  /// Makes an iterator from a closure that gives the next value, or nil at the end.
  public init(count: Int? = nil, _ advance: @escaping () throws -> Value?) {
    self.count = count
    self.advance = advance
  }

  /// The next value; nil at the end.
  ///
  /// Throws what the sequence throws.
  public func next() throws -> Value? { try advance() }
}

extension ValueIterator {
  /// The values of an array.
  public convenience init(_ values: [Value]) {
    var index = 0
    self.init(count: values.count) {
      guard index < values.count else { return nil }
      defer { index += 1 }
      return values[index]
    }
  }
}
