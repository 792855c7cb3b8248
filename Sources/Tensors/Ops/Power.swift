// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Each element to the power of a number.
public func pow(_ x: Tensor, _ exponent: Double) throws(TensorError) -> Tensor {
  let x = try x.floats()
  let saved = x.detached()
  return try powered(x, exponent).recorded("pow", x) { (node, g) throws(TensorError) in
    if exponent == 0 { return [try .zeros(saved.shape)] }
    let slope = exponent == 2 ? node.input(0, saved) : try pow(node.input(0, saved), exponent - 1)
    return [try g * (slope * exponent)]
  }
}

private func powered(_ x: Tensor, _ exponent: Double) throws(TensorError) -> Tensor {
  switch exponent {
  case 0: return try x.mapped { _ in 1 }
  case 1: return try x.mapped(.copy)
  case 2: return try x.mapped(.square)
  case 3: return try x.mapped { $0 * $0 * $0 }
  case -1: return try x.mapped(.reciprocal)
  case 0.5: return try x.mapped(.squareRoot)
  default: return try x.mapped(.power, Float(exponent))
  }
}

/// Each element of a whole-number tensor to a whole power: the result stays whole.
///
/// Floats give floats. Throws when the result does not fit in 64 bits or a whole number has a negative power.
public func pow(_ x: Tensor, _ exponent: Int) throws(TensorError) -> Tensor {
  if x.dtype == .float32 { return try pow(x, Double(exponent)) }
  guard exponent >= 0 else {
    throw .argument(
      operation: "pow", name: "exponent", value: "\(exponent)", needs: "a power of at least 0 for whole numbers")
  }
  var result: [Int64] = []
  for value in x.integers() { result.append(try wholePower(value, exponent)) }
  return try Tensor(result, shape: x.shape)
}

private func wholePower(_ base: Int64, _ exponent: Int) throws(TensorError) -> Int64 {
  if base == 0 || base == 1 { return exponent == 0 ? 1 : base }
  if base == -1 { return exponent % 2 == 0 ? 1 : -1 }
  guard exponent < 64 else { throw .integerOverflow(operation: "pow") }
  var result: Int64 = 1
  for _ in 0..<exponent {
    let (next, overflow) = result.multipliedReportingOverflow(by: base)
    if overflow { throw .integerOverflow(operation: "pow") }
    result = next
  }
  return result
}

/// Each element of `x` to the power of the element of `exponent`, broadcasting, as floats.
public func pow(_ x: Tensor, _ exponent: Tensor) throws(TensorError) -> Tensor {
  let (x, exponent) = (try x.floats(), try exponent.floats())
  let y = try combined(.power, named: "pow", x, exponent)
  let (base, power) = (x.detached(), exponent.detached())
  return y.recorded("pow", x, exponent) { (node, g) throws(TensorError) in
    let (b, p) = (node.input(0, base), node.input(1, power))
    return [
      node.needs(0) ? try (g * p * pow(b, p - 1)).summed(to: base.shape) : nil,
      node.needs(1) ? try (g * node.output(y) * logarithmOrZero(b)).summed(to: power.shape) : nil,
    ]
  }
}

/// The logarithm, taken as zero at zero: 0 to a positive power does not change with the power.
private func logarithmOrZero(_ x: Tensor) throws(TensorError) -> Tensor {
  let isZero = try x .== Tensor(0.0)
  return try select(where: isZero, Tensor(0.0), otherwise: log(select(where: isZero, Tensor(1.0), otherwise: x)))
}
