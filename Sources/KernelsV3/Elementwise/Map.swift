// SPDX-License-Identifier: Apache-2.0
import CProcessor
import Glibc

/// A function of each element in a range.
func map(
  _ function: KernelFunction, _ p: Float, _ q: Float, _ x: Floats, _ output: MutableFloats, _ first: Int, _ end: Int
) {
  switch function {
  case .copy: mapVectors(x, output, first, end) { $0 }
  case .negate: mapVectors(x, output, first, end) { -$0 }
  case .absolute: mapVectors(x, output, first, end) { magnitude($0) }
  case .sign: mapVectors(x, output, first, end) { sign($0) }
  case .square: mapVectors(x, output, first, end) { $0 * $0 }
  case .reciprocal: mapVectors(x, output, first, end) { splat(1) / $0 }
  case .squareRoot: mapVectors(x, output, first, end) { squareRoot($0) }
  case .reciprocalSquareRoot: mapVectors(x, output, first, end) { splat(1) / squareRoot($0) }
  case .relu: mapVectors(x, output, first, end) { select($0 .< .zero, .zero, $0) }
  case .leakyRelu: mapVectors(x, output, first, end) { select($0 .> .zero, $0, $0 * splat(p)) }
  case .round: mapVectors(x, output, first, end) { nearest($0) }
  case .floor: mapVectors(x, output, first, end) { floor($0) }
  case .ceiling: mapVectors(x, output, first, end) { ceiling($0) }
  case .affine: mapVectors(x, output, first, end) { multiplyAdd($0, splat(p), splat(q)) }
  case .clamp: mapVectors(x, output, first, end) { clamp($0, p, q) }
  case .exp, .expMinusOne, .log, .logOnePlus, .tanh, .sigmoid, .softplus:
    mapExponential(function, x, output, first, end)
  case .sin: mapVectors(x, output, first, end) { sine($0) }
  case .cos: mapVectors(x, output, first, end) { cosine($0) }
  case .power: mapPower(p, x, output, first, end)
  }
}

private func mapExponential(
  _ function: KernelFunction, _ x: Floats, _ output: MutableFloats, _ first: Int, _ end: Int
) {
  switch function {
  case .exp: mapVectors(x, output, first, end) { exponential($0) }
  case .expMinusOne: mapVectors(x, output, first, end) { exponentialMinusOne($0) }
  case .log: mapVectors(x, output, first, end) { logarithm($0) }
  case .logOnePlus: mapVectors(x, output, first, end) { logarithmOfOnePlus($0) }
  case .tanh: mapVectors(x, output, first, end) { hyperbolicTangent($0) }
  case .sigmoid: mapVectors(x, output, first, end) { logistic($0) }
  default: mapVectors(x, output, first, end) { softplus($0) }
  }
}

/// Whole small powers by multiplication; the others by the C library, which knows every special case.
private func mapPower(_ p: Float, _ x: Floats, _ output: MutableFloats, _ first: Int, _ end: Int) {
  switch p {
  case 0: mapVectors(x, output, first, end) { _ in splat(1) }
  case 1: mapVectors(x, output, first, end) { $0 }
  case 2: mapVectors(x, output, first, end) { $0 * $0 }
  case 3: mapVectors(x, output, first, end) { $0 * $0 * $0 }
  case -1: mapVectors(x, output, first, end) { splat(1) / $0 }
  default:
    for i in first..<max(first, end) { output[i] = powf(x[i], p) }
  }
}

@inline(__always) private func sine(_ x: Vector) -> Vector {
  isWithin(x, trigonometryLimit) ? sineAndCosine(x).sine : eachLane(x) { sinf($0) }
}

@inline(__always) private func cosine(_ x: Vector) -> Vector {
  isWithin(x, trigonometryLimit) ? sineAndCosine(x).cosine : eachLane(x) { cosf($0) }
}

/// Whether every |x| is at most the limit; false for NaN.
@inline(__always) private func isWithin(_ x: Vector, _ limit: Float) -> Bool {
  !isNonzero(unsafeBitCast(.!(magnitude(x) .<= splat(limit)), to: VectorBits.self))
}
