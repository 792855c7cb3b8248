// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// output += other, in place.
func addInPlace(_ output: MutableFloats, _ other: Floats, _ count: Int) {
  mapVectors(output, other, output, 0, count) { $0 + $1 }
}

/// Applies an activation to values where they lie.
func activateInPlace(_ values: MutableFloats, _ count: Int, _ activation: KernelActivation, _ slope: Float) {
  switch activation {
  case .identity: return
  case .relu: mapVectors(values, values, 0, count) { select($0 .< .zero, .zero, $0) }
  case .leakyRelu: mapVectors(values, values, 0, count) { select($0 .> .zero, $0, $0 * splat(slope)) }
  case .tanh: mapVectors(values, values, 0, count) { hyperbolicTangent($0) }
  case .sigmoid: mapVectors(values, values, 0, count) { logistic($0) }
  }
}

/// The gradient before an activation, from its value and the gradient after it.
func activationBackward(
  _ activation: KernelActivation, _ slope: Float, _ value: Floats, _ gradient: Floats, _ output: MutableFloats,
  _ first: Int, _ end: Int
) {
  switch activation {
  case .identity: mapVectors(gradient, output, first, end) { $0 }
  case .relu: mapVectors(value, gradient, output, first, end) { select($0 .> .zero, $1, .zero) }
  case .leakyRelu:
    mapVectors(value, gradient, output, first, end) { select($0 .> .zero, $1, $1 * splat(slope)) }
  case .tanh: mapVectors(value, gradient, output, first, end) { $1 * (splat(1) - $0 * $0) }
  case .sigmoid: mapVectors(value, gradient, output, first, end) { $1 * ($0 * (splat(1) - $0)) }
  }
}
