// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// How two element types meet: integers stay integers, everything with a float becomes float, booleans count as 0, 1.
private func promoted(_ a: Tensor, _ b: Tensor) throws(TensorError) -> (Tensor, Tensor) {
  if a.dtype == .float32 && b.dtype == .float32 { return (a, b) }
  if a.dtype == .float32 || b.dtype == .float32 { return (try a.floats(), try b.floats()) }
  return (try a.converted(to: .int64), try b.converted(to: .int64))
}

/// Arithmetic on whole numbers.
private func whole(
  _ name: StaticString, _ a: Tensor, _ b: Tensor, _ operation: (Int64, Int64) throws(TensorError) -> Int64
) throws(TensorError) -> Tensor {
  try combined(
    name.description, try a.converted(to: .int64), try b.converted(to: .int64), of: Int64.self, into: .int64,
    Int64.self, operation)
}

private func checked(_ operation: String, _ result: (Int64, overflow: Bool)) throws(TensorError) -> Int64 {
  if result.overflow { throw .integerOverflow(operation: operation) }
  return result.0
}

/// Whether two tensors can be combined as they are, which spares copies in the commonest case.
@inline(__always)
private func areFloats(_ a: Tensor, _ b: Tensor) -> Bool { a.dtype == .float32 && b.dtype == .float32 }

extension Tensor {
  /// The sum, element by element, broadcasting.
  public static func + (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    guard areFloats(a, b) else {
      if a.dtype == .float32 || b.dtype == .float32 { return try a.floats() + b.floats() }
      return try whole("add", a, b) { (l, r) throws(TensorError) in try checked("add", l.addingReportingOverflow(r)) }
    }
    return try combined(.add, named: "add", a, b).recorded("add", a, b) { (node, g) throws(TensorError) in
      [
        node.needs(0) ? try g.summed(to: node.shape(ofInput: 0)) : nil,
        node.needs(1) ? try g.summed(to: node.shape(ofInput: 1)) : nil,
      ]
    }
  }

  /// The difference, element by element, broadcasting.
  public static func - (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    guard areFloats(a, b) else {
      if a.dtype == .float32 || b.dtype == .float32 { return try a.floats() - b.floats() }
      return try whole("subtract", a, b) { (l, r) throws(TensorError) in
        try checked("subtract", l.subtractingReportingOverflow(r))
      }
    }
    return try combined(.subtract, named: "subtract", a, b).recorded("subtract", a, b) {
      (node, g) throws(TensorError) in
      [
        node.needs(0) ? try g.summed(to: node.shape(ofInput: 0)) : nil,
        node.needs(1) ? try -g.summed(to: node.shape(ofInput: 1)) : nil,
      ]
    }
  }

  /// The product, element by element, broadcasting.
  public static func * (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    guard areFloats(a, b) else {
      if a.dtype == .float32 || b.dtype == .float32 { return try a.floats() * b.floats() }
      return try whole("multiply", a, b) { (l, r) throws(TensorError) in
        try checked("multiply", l.multipliedReportingOverflow(by: r))
      }
    }
    let product = try combined(.multiply, named: "multiply", a, b)
    guard a.requiresGradient || b.requiresGradient else { return product }
    // A side is kept only for the other's gradient.
    let left = b.requiresGradient ? a.detached() : nil
    let right = a.requiresGradient ? b.detached() : nil
    return product.recorded("multiply", a, b) { (node, g) throws(TensorError) in
      var gradients: Gradients = []
      if let right, node.needs(0) {
        gradients.first = try (g * node.input(1, right)).summed(to: node.shape(ofInput: 0))
      }
      if let left, node.needs(1) { gradients.second = try (g * node.input(0, left)).summed(to: node.shape(ofInput: 1)) }
      return gradients
    }
  }

  /// The quotient as floats, element by element, broadcasting; division by zero gives infinity or NaN.
  public static func / (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    let (x, y) = (try a.floats(), try b.floats())
    let quotient = try combined(.divide, named: "divide", x, y)
    let (left, right) = (x.shape, y.detached())
    return quotient.recorded("divide", x, y) { (node, g) throws(TensorError) in
      let divisor = node.input(1, right)
      let share = try g / divisor
      return [
        node.needs(0) ? try share.summed(to: left) : nil,
        node.needs(1) ? try (-(share * node.output(quotient))).summed(to: right.shape) : nil,
      ]
    }
  }

  /// The negative of each element.
  public static prefix func - (x: Tensor) throws(TensorError) -> Tensor {
    if x.dtype != .float32 { return try Tensor.full(.scalar, integer: 0) - x }
    return try x.mapped(.negate).recorded("negate", x) { (_, g) throws(TensorError) in [try -g] }
  }
}

/// The quotient rounded down, element by element, broadcasting: `//` in the language.
///
/// Integers stay integers. Throws when a whole number is divided by zero. No gradient passes.
public func floorDivide(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
  let (x, y) = try promoted(a.detached(), b.detached())
  if x.dtype == .float32 { return try combined(.divide, named: "floor_divide", x, y).mapped(.floor) }
  return try combined("floor_divide", x, y, of: Int64.self, into: .int64, Int64.self) { (l, r) throws(TensorError) in
    guard r != 0 else { throw .divisionByZero(operation: "floor_divide") }
    let quotient = try checked("floor_divide", l.dividedReportingOverflow(by: r))
    return quotient * r != l && (l < 0) != (r < 0) ? quotient - 1 : quotient
  }
}

/// What is left after `floorDivide`, with the sign of the divisor: `%` in the language.
///
/// Throws when a whole number is divided by zero. No gradient passes.
public func remainder(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
  let (x, y) = try promoted(a.detached(), b.detached())
  if x.dtype == .float32 { return try x - floorDivide(x, y) * y }
  return try combined("remainder", x, y, of: Int64.self, into: .int64, Int64.self) { (l, r) throws(TensorError) in
    guard r != 0 else { throw .divisionByZero(operation: "remainder") }
    let rest = r == -1 ? 0 : l % r
    return rest != 0 && (rest < 0) != (r < 0) ? rest + r : rest
  }
}

/// The larger of two, element by element, broadcasting; where they are equal the gradient is shared.
public func maximum(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
  try extremum("maximum", a, b, .maximum) { Swift.max($0, $1) }
}

/// The smaller of two, element by element, broadcasting; where they are equal the gradient is shared.
public func minimum(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
  try extremum("minimum", a, b, .minimum) { Swift.min($0, $1) }
}

@inline(__always)
private func extremum(
  _ operation: StaticString, _ a: Tensor, _ b: Tensor, _ kernel: KernelOperation, _ integers: (Int64, Int64) -> Int64
) throws(TensorError) -> Tensor {
  let (x, y) = try promoted(a, b)
  guard areFloats(x, y) else {
    return try whole(operation, x, y) { (l, r) throws(TensorError) in integers(l, r) }
  }
  let result = try combined(kernel, named: operation, x, y)
  guard x.requiresGradient || y.requiresGradient else { return result }
  let (left, right) = (x.detached(), y.detached())
  return result.recorded(operation, x, y) { (node, g) throws(TensorError) in
    let tie = try (left .== right).floats() * 0.5
    let first = try (result .== left).floats() - tie
    let second = try (result .== right).floats() - tie
    return [
      node.needs(0) ? try (g * first).summed(to: left.shape) : nil,
      node.needs(1) ? try (g * second).summed(to: right.shape) : nil,
    ]
  }
}
