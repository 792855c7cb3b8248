// SPDX-License-Identifier: Apache-2.0

/// What a step cannot do without.
public struct WorkloadCost: Sendable {
  /// Multiply-adds for each image of the batch.
  public let multiplyAdds: Int
  /// How many numbers the optimizers change.
  public let updatedParameters: Int

  /// Multiply-adds of each layer's forward pass for one image: its weights, times the places of a convolution.
  typealias Layers = [Int]

  static func dense(_ sizes: [Int]) -> Layers { zip(sizes, sizes.dropFirst()).map { $0 * $1 } }

  private static func total(_ layers: Layers) -> Int { layers.reduce(0, +) }
  /// Gradients of what lies between layers: the first layer's input needs none.
  private static func inner(_ layers: Layers) -> Int { total(layers) - (layers.first ?? 0) }

  /// Forward, gradients of weights, gradients of what lies between.
  static func training(_ layers: Layers, parameters: Int) -> WorkloadCost {
    WorkloadCost(multiplyAdds: 2 * total(layers) + inner(layers), updatedParameters: parameters)
  }

  /// D on real and generated images, then G through D, whose weights need no gradients; G runs once.
  static func adversarial(_ generator: Layers, _ discriminator: Layers, parameters: Int) -> WorkloadCost {
    let updateOfD = 2 * (2 * total(discriminator) + inner(discriminator))
    let updateOfG = 2 * total(discriminator) + total(generator) + inner(generator)
    return WorkloadCost(
      multiplyAdds: total(generator) + updateOfD + updateOfG, updatedParameters: parameters)
  }

  /// What no engine of numbers bounds, such as drawing.
  static let nothing = WorkloadCost(multiplyAdds: 0, updatedParameters: 0)

  static func sampling(_ layers: Layers) -> WorkloadCost {
    WorkloadCost(multiplyAdds: total(layers), updatedParameters: 0)
  }
}

extension WorkloadCost.Layers {
  static let denseGenerator = WorkloadCost.dense([100, 256, 512, 1024, 784])
  static let denseDiscriminator = WorkloadCost.dense([784, 512, 256, 1])
  static let denseVAE = [784 * 400, 400 * 40, 20 * 400, 400 * 784]
  // Kernels of 4 x 4 with stride 2 between 28 x 28, 14 x 14 and 7 x 7.
  static let convolutionalGenerator = [100 * 6272, 49 * 128 * 64 * 16, 196 * 64 * 16]
  static let convolutionalDiscriminator = [196 * 64 * 16, 49 * 64 * 128 * 16, 6272]
  static let convolutionalVAE = [
    196 * 32 * 16, 49 * 32 * 64 * 16, 3136 * 40, 20 * 3136, 49 * 64 * 32 * 16, 196 * 32 * 16,
  ]
  // Kernels of 3 x 3 at 28 x 28 and 14 x 14.
  static let convolutionalClassifier = [784 * 9 * 32, 196 * 9 * 32 * 64, 3136 * 128, 1280]
}
