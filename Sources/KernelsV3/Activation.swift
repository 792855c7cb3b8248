// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// output += other, in place.
func addInPlace(_ output: MutableFloats, _ other: Floats, _ count: Int) {
  var i = 0
  while i + lanes <= count {
    store(load(output + i) + load(other + i), output + i)
    i += lanes
  }
  while i < count {
    output[i] += other[i]
    i += 1
  }
}

/// Applies an activation to values where they lie.
func activateInPlace(_ values: MutableFloats, _ count: Int, _ activation: KernelActivation, _ slope: Float) {
  switch activation {
  case .identity: return
  case .relu: mapInPlace(values, count) { select($0 .< .zero, .zero, $0) }
  case .leakyRelu: mapInPlace(values, count) { select($0 .> .zero, $0, $0 * splat(slope)) }
  case .tanh: mapInPlace(values, count) { hyperbolicTangent($0) }
  case .sigmoid: mapInPlace(values, count) { logistic($0) }
  }
}

@inline(__always)
private func mapInPlace(_ values: MutableFloats, _ count: Int, _ function: (Vector) -> Vector) {
  var i = 0
  while i + lanes <= count {
    store(function(load(values + i)), values + i)
    i += lanes
  }
  if i < count { store(function(load(values + i, count: count - i)), values + i, count: count - i) }
}
