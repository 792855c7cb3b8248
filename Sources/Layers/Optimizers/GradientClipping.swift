// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// The length of all gradients of some parameters taken as one vector.
///
/// Parameters without a gradient count as zero.
public func gradientNorm(of parameters: [Parameter]) throws(TensorError) -> Double {
  var squares = 0.0
  for case let gradient? in unique(parameters).map(\.gradient) {
    squares += try sum(gradient * gradient).item()
  }
  return squares.squareRoot()
}

/// Shortens the gradients so that, taken as one vector, they are at most `maximum` long; returns the length before.
///
/// Pascanu, Mikolov and Bengio 2012, arXiv:1211.5063.
@discardableResult
public func clipGradients(of parameters: [Parameter], toNorm maximum: Double) throws(TensorError) -> Double {
  let norm = try gradientNorm(of: parameters)
  let factor = maximum / (norm + 1e-6)
  guard factor < 1 else { return norm }
  for parameter in unique(parameters) {
    guard let gradient = parameter.gradient else { continue }
    try parameter.replaceGradient(with: gradient * factor)
  }
  return norm
}

/// Cuts every weight to −bound … bound, as the first Wasserstein GAN does.
///
/// Arjovsky and others 2017, arXiv:1701.07875.
public func clipWeights(of parameters: [Parameter], to bound: Double) throws(TensorError) {
  for parameter in unique(parameters) {
    try parameter.set(clamp(parameter.value.detached(), from: -bound, to: bound))
  }
}
