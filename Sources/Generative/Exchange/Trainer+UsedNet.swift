// SPDX-License-Identifier: Apache-2.0
import Datasets
public import Layers
public import Tensors

extension Trainer {
  /// The net that is used once training is done, and the shape of one of its inputs; nil for a trainer of one's own.
  ///
  /// A generator or decoder, a classifier, the net that enlarges half-sized images. A GAN's is that of its weights, not
  /// of their moving average.
  public var usedNet: (name: String, net: any Layer, input: Shape)? {
    switch self {
    case let sampler as any Sampler:
      sampler.net("G").map { ("generator", $0, [sampler.latent]) }
        ?? sampler.net("D").map { ("decoder", $0, [sampler.latent]) }
    case let classifier as ClassifierTrainer: example.map { ("classifier", classifier.classifier, $0) }
    case let enlarger as SuperResolutionTrainer:
      example.map { ("enlarger", enlarger.generator, [$0[0], $0[1] / 2, $0[2] / 2]) }
    default: nil
    }
  }

  private var example: Shape? { state.loader.map { Shape($0.data.exampleShape) } }
}
