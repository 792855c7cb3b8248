// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
public import Tensors

extension Trainer {
  /// What each layer of each net gives for what the net is given in training: the first examples of the data, and noise
  /// that is the same every time.
  ///
  /// A discriminator is looked at on real examples. Nothing is recorded or changed.
  ///
  /// - Parameter count: How many examples; fewer if the data have fewer.
  /// - Returns: The rows of each net by its name.
  /// - Throws: `TrainerError.unsupported` for a step function, whose nets are used as it likes.
  public func activations(
    examples count: Int = 64
  ) throws(TrainerError) -> [(net: String, rows: [ActivationRow])] {
    let inputs = try typicalInputs(count)
    return try nets.enumerated().map { (place, part) throws(TrainerError) in
      (part.name, try Generative.activations(of: part.net, for: inputs[place], random: state.streams.fixedDisplay()))
    }
  }

  /// What each of `nets` is given, in their order.
  private func typicalInputs(_ count: Int) throws(TrainerError) -> [[Tensor]] {
    guard let data = state.loader?.data, !data.isEmpty else { throw .data(.empty(operation: "activations")) }
    let batch = try raising { try data.batch(Array(0..<min(max(count, 1), data.count))) }
    let labels = [batch.y].compactMap { $0 }
    switch self {
    case let gan as GANTrainer:
      let noise = try displayNoise([batch.count, gan.latent], fresh: false)
      return [[noise] + (gan.takesLabels ? labels : []), [batch.x] + (gan.discriminatorTakesLabels ? labels : [])]
    case let vae as VAETrainer:
      let known = vae.takesLabels ? labels : []
      return [[batch.x] + known, [try vae.encode(batch.x, labels: known.first).mean] + known]
    case let classifier as BottleneckTrainer: return [[batch.x], [try code(of: batch.x, by: classifier)]]
    case is SuperResolutionTrainer: return [[try raising { try averagePool2d(batch.x, size: 2) }], [batch.x]]
    case is ClassifierTrainer: return [[batch.x]]
    default:
      throw .unsupported(
        what: "activations", reason: "only the step function knows what its nets are given: activations net x")
    }
  }

  private func code(of examples: Tensor, by classifier: BottleneckTrainer) throws(TrainerError) -> Tensor {
    try raising { try classifier.code(of: examples, in: lookingContext()).mean }
  }
}
