// SPDX-License-Identifier: Apache-2.0
import Layers
public import Tensors

extension VAETrainer: Sampler {
  /// Whether encoder and decoder are given labels.
  public var takesLabels: Bool { isConditional }

  /// What the decoder makes of codes.
  ///
  /// - Returns: [count] followed by the shape of an example.
  /// - Throws: `TrainerError.layer` for codes of another length.
  public func examples(from codes: Tensor, labels: Tensor?) throws(TrainerError) -> Tensor {
    try raising {
      let output = try decoder.output(of: [codes.detached()] + [labels].compactMap { $0 }, in: lookingContext())
      guard let examples = output.tensor else {
        throw LayerError(.manyOutputs([]), in: decoder, input: codes.shape)
      }
      return examples.detached()
    }
  }

  /// The codes of images: mean and logarithm of the variance, each [count, latent].
  ///
  /// - Parameters:
  ///   - images: [count] followed by the shape of an example.
  ///   - labels: [count] whole numbers, if conditional.
  /// - Returns: The parameters of each image's normal distribution.
  /// - Throws: `TrainerError.layer` for images of another shape.
  public func encode(_ images: Tensor, labels: Tensor? = nil) throws(TrainerError) -> NormalCode {
    try checkLabels(labels)
    return try raising {
      try code(of: [images.detached()] + [labels].compactMap { $0 }, in: lookingContext())
    }
  }

  /// What the decoder makes of the mean code of each image.
  ///
  /// - Returns: [count] followed by the shape of an example.
  /// - Throws: `TrainerError.layer` for images of another shape.
  public func reconstruct(_ images: Tensor, labels: Tensor? = nil) throws(TrainerError) -> Tensor {
    try examples(from: encode(images, labels: labels).mean, labels: labels)
  }

  private func checkLabels(_ labels: Tensor?) throws(TrainerError) {
    guard isConditional == (labels != nil) else {
      throw .unsupported(
        what: "labels", reason: isConditional ? "a conditional VAE needs them" : "this VAE was made without labels")
    }
  }
}
