// SPDX-License-Identifier: Apache-2.0
import Layers
public import Tensors

extension GANTrainer: Sampler {
  /// Whether the generator is given labels.
  public var takesLabels: Bool { conditioning != nil }

  /// Whether the discriminator is given labels: an auxiliary head names them itself.
  var discriminatorTakesLabels: Bool { conditioning == .concatenation || conditioning == .projection }

  /// What the generator makes of codes; with the average of its weights, if one is kept.
  ///
  /// - Returns: [count] followed by the shape of an example.
  /// - Throws: `TrainerError.layer` for codes of another length.
  public func examples(from codes: Tensor, labels: Tensor?) throws(TrainerError) -> Tensor {
    try raising {
      let make = {
        try self.generator.output(of: [codes.detached()] + [labels].compactMap { $0 }, in: self.lookingContext())
      }
      let output = try average.map { try $0.withAverages(make) } ?? make()
      guard let examples = output.tensor else {
        throw LayerError(.manyOutputs([]), in: generator, input: codes.shape)
      }
      return examples.detached()
    }
  }

  /// What the discriminator says of examples, as probabilities where the game uses them, else as scores.
  ///
  /// - Returns: One number an example, in order.
  /// - Throws: `TrainerError.layer` for examples of another shape.
  public func scores(of examples: Tensor, labels: Tensor? = nil) throws(TrainerError) -> [Double] {
    try raising {
      let inputs = [examples.detached()] + (discriminatorTakesLabels ? [labels].compactMap { $0 } : [])
      // Recorded only to see whether the last operation was a sigmoid.
      var context = lookingContext()
      context.recordsGradients = true
      let said = try score(of: discriminator, inputs, in: context)
      return (loss.usesProbabilities ? try said.probability : said.value).scalars().map(Double.init)
    }
  }
}
