// SPDX-License-Identifier: Apache-2.0

/// `range(a, b, step)`: whole numbers that are made when they are asked for.
public final class RangeObject: HostObject {
  /// The name of the type.
  public static let typeName = "Range"

  /// The first number.
  public let start: Int
  /// The bound, which is not reached.
  public let stop: Int
  /// The distance between two numbers; never 0.
  public let step: Int
  /// How many numbers there are, at most `Int.max`.
  public let count: Int

  /// Makes a range; throws a value error when the step is 0.
  public init(_ start: Int, _ stop: Int, step: Int = 1) throws(Diagnostic) {
    guard step != 0 else {
      throw Diagnostic(
        .value, Text("the step of a range cannot be 0", zh: "range 的步长不能为 0"), labels: [.init(.argument("step"))])
    }
    (self.start, self.stop, self.step) = (start, stop, step)
    let isEmpty = step > 0 ? start >= stop : start <= stop
    // The distance always fits without a sign.
    let distance = step > 0 ? UInt(bitPattern: stop &- start) : UInt(bitPattern: start &- stop)
    count = isEmpty ? 0 : Int(clamping: (distance - 1) / step.magnitude + 1)
  }

  /// The number at a position of the range, which must be inside.
  public subscript(position: Int) -> Int { start &+ position &* step }

  /// False: a range never changes.
  public var isReference: Bool { false }
  /// How many numbers there are.
  public var length: Int? { count }
  /// The call that makes it.
  public var brief: String { step == 1 ? "(\(start), \(stop))" : "(\(start), \(stop), \(step))" }
  /// The call that makes it.
  public func line(_ context: DisplayContext) -> String { "range\(brief)" }
  /// The call that makes it.
  public func display(_ context: DisplayContext) -> Display { Display(line(context)) }

  /// The numbers; looks for an interruption now and then.
  public func iterator(_ call: Call) throws -> ValueIterator? {
    var position = 0
    return ValueIterator(count: count) { [count] in
      guard position < count else { return nil }
      if position & 1023 == 1023 { try call.checkInterruption() }
      defer { position += 1 }
      return .int(self[position])
    }
  }

  /// A number by its position, or a part of the range.
  public func subscripted(_ subscripts: [Subscript], _ call: Call) throws -> Value? {
    switch subscripts.first {
    case .index(let index)? where subscripts.count == 1:
      return .int(self[try Elements.position(of: index, in: count, "range")])
    case .slice(let first, let end, let step)? where subscripts.count == 1:
      let slice = try Slice(first, end, step, count: count)
      let (whole, overflow) = self.step.multipliedReportingOverflow(by: slice.step)
      guard !overflow else { throw Arithmetic.overflow("\(self.step) * \(slice.step)") }
      return .host(try RangeObject(self[slice.first], self[slice.end], step: whole))
    default: return nil
    }
  }

  /// Whether it is one of the numbers.
  public func contains(_ value: Value, _ call: Call) throws -> Bool? {
    guard case .int(let number) = value else { return false }
    guard count > 0, step > 0 ? number >= start && number < stop : number <= start && number > stop else {
      return false
    }
    let distance = step > 0 ? UInt(bitPattern: number &- start) : UInt(bitPattern: start &- number)
    return distance % step.magnitude == 0
  }

  /// Whether there are any numbers.
  public func truth(_ call: Call) throws -> Bool { count > 0 }

  /// Whether both give the same numbers.
  public func equals(_ other: any HostObject) -> Bool {
    guard let other = other as? RangeObject else { return false }
    return count == other.count && (count == 0 || start == other.start && (count == 1 || step == other.step))
  }
}
