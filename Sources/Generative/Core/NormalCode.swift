// SPDX-License-Identifier: Apache-2.0
import Layers
public import Tensors

/// What an encoder says of examples: a normal distribution for each unit of the code.
public struct NormalCode {
  /// [batch, latent].
  public let mean: Tensor
  /// [batch, latent].
  public let logVariance: Tensor

  /// Reads an encoder's output: its parts `mu` and `logvar`, or `mean` and `log_variance`.
  ///
  /// - Throws: `TrainerError.outputShape` if the encoder gives something else, `LayerError` if the inputs do not fit.
  init(of inputs: [Tensor], by encoder: any Layer, latent: Int, in context: ForwardContext) throws {
    let output = try encoder.output(of: inputs, in: context)
    guard let mean = output["mu"] ?? output["mean"], let logVariance = output["logvar"] ?? output["log_variance"] else {
      let expected = Shape([inputs[0].shape[0], latent])
      throw TrainerError.outputShape(net: "E", expected: expected, found: output.shape.description)
    }
    (self.mean, self.logVariance) = (mean, logVariance)
  }

  /// KL(code ‖ N(0, 1)), summed over the batch.
  var divergence: Tensor { get throws { try normalDivergence(mean: mean, logVariance: logVariance) } }
}

extension Trainer {
  /// A code drawn by reparameterization from the training stream; the draw is told as a phase.
  ///
  /// Kingma and Welling 2013, arXiv:1312.6114, section 2.4.
  func draw(_ code: NormalCode) throws -> Tensor {
    let deviation = try exp(code.logVariance * 0.5)
    let z = try code.mean + deviation * state.streams.noise.normal(code.mean.shape)
    try tell {
      StepPhase(
        "E", .encode, values: [("mu", code.mean), ("logvar", code.logVariance), ("z = mu + exp(½ logvar) · ε", z)],
        figures: spreadFigures("mu", code.mean) + spreadFigures("sd", deviation))
    }
    return z
  }
}
