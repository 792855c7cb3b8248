// SPDX-License-Identifier: Apache-2.0

/// Each element dropped with a probability, the others divided by the probability to stay.
///
/// The mask comes from the stream. Throws when the probability lies outside 0 … 1. Srivastava et al. 2014.
public func dropout(_ x: Tensor, probability: Double, random: RandomStream) throws(TensorError) -> Tensor {
  guard probability >= 0, probability <= 1 else {
    throw .argument(operation: "dropout", name: "p", value: "\(probability)", needs: "a probability from 0 to 1")
  }
  let x = try x.floats()
  if probability == 0 { return x }
  let kept = probability == 1 ? 0 : 1 / (1 - probability)
  let isKept = try random.uniform(x.shape) >= Tensor(probability)
  return try x * select(where: isKept, Tensor(kept), otherwise: Tensor(0.0))
}
