// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// e to the power of each element.
public func exp(_ x: Tensor) throws(TensorError) -> Tensor {
  let x = try x.floats()
  let y = try x.mapped(.exp)
  return y.recorded("exp", x) { (node, g) throws(TensorError) in [try g * node.output(y)] }
}

/// The natural logarithm of each element; minus infinity at zero, NaN below.
public func log(_ x: Tensor) throws(TensorError) -> Tensor {
  let x = try x.floats()
  let saved = x.detached()
  return try x.mapped(.log).recorded("log", x) { (node, g) throws(TensorError) in
    [try g / node.input(0, saved)]
  }
}

/// The square root of each element; NaN below zero.
///
/// At zero the gradient is infinite, as it is.
public func sqrt(_ x: Tensor) throws(TensorError) -> Tensor {
  let x = try x.floats()
  let y = try x.mapped(.squareRoot)
  return y.recorded("sqrt", x) { (node, g) throws(TensorError) in [try g * 0.5 / node.output(y)] }
}

/// The size of each element without its sign.
public func abs(_ x: Tensor) throws(TensorError) -> Tensor {
  if x.dtype == .int64 {
    let values = x.integers()
    if values.contains(.min) { throw .integerOverflow(operation: "abs") }
    return try Tensor(values.map { Swift.abs($0) }, shape: x.shape)
  }
  let x = try x.floats()
  let saved = x.detached()
  return try x.mapped(.absolute).recorded("abs", x) { (_, g) throws(TensorError) in [try g * sign(saved)] }
}

/// Minus one, zero or one by the sign of each element.
public func sign(_ x: Tensor) throws(TensorError) -> Tensor {
  if x.dtype == .int64 { return try Tensor(x.integers().map { $0.signum() }, shape: x.shape) }
  let x = try x.floats()
  return try x.mapped(.sign).recordedAsFlat("sign", x)
}

/// The sine of each element, in radians.
public func sin(_ x: Tensor) throws(TensorError) -> Tensor {
  let x = try x.floats()
  let saved = x.detached()
  return try x.mapped(.sin).recorded("sin", x) { (node, g) throws(TensorError) in
    [try g * cos(node.input(0, saved))]
  }
}

/// The cosine of each element, in radians.
public func cos(_ x: Tensor) throws(TensorError) -> Tensor {
  let x = try x.floats()
  let saved = x.detached()
  return try x.mapped(.cos).recorded("cos", x) { (node, g) throws(TensorError) in
    [try -(g * sin(node.input(0, saved)))]
  }
}

/// The nearest whole number of each element, halves to the even one.
///
/// The gradient is zero.
public func round(_ x: Tensor) throws(TensorError) -> Tensor {
  if x.dtype != .float32 { return x }
  return try x.mapped(.round).recordedAsFlat("round", x)
}

/// The largest whole number not above each element.
///
/// The gradient is zero.
public func floor(_ x: Tensor) throws(TensorError) -> Tensor {
  if x.dtype != .float32 { return x }
  return try x.mapped(.floor).recordedAsFlat("floor", x)
}

/// Each element kept between two bounds; the gradient passes where it was inside.
///
/// Throws when the lower bound is above the upper.
public func clamp(_ x: Tensor, from low: Double, to high: Double) throws(TensorError) -> Tensor {
  guard low <= high else {
    throw .argument(operation: "clip", name: "lo", value: "\(low)", needs: "a lower bound not above \(high)")
  }
  let x = try x.floats()
  let (lower, upper) = (Float(low), Float(high))
  let saved = x.detached()
  return try x.mapped(.clamp, lower, upper).recorded("clip", x) {
    (_, g) throws(TensorError) in
    [try g * saved.mapped { $0 >= lower && $0 <= upper ? 1 : 0 }]
  }
}

extension Tensor {
  /// This result of a step function: differentiable, with a gradient of zero.
  fileprivate func recordedAsFlat(_ operation: StaticString, _ x: Tensor) -> Tensor {
    let shape = shape
    return recorded(operation, x) { (_, _) throws(TensorError) in [try .zeros(shape)] }
  }
}
