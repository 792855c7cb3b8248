// SPDX-License-Identifier: Apache-2.0
import Layers
import Tensors

/// The nets of the workloads, the same in `Tests/Benchmarks/models_torch.py` and `models_jax.py`.
extension Sequential {
  private static func random() -> RandomStream { RandomStream(seed: 1) }

  /// Fully connected layers of these sizes with LeakyReLU(0.2) between them.
  private static func dense(_ sizes: [Int], isNormalized: Bool = false) throws -> [any Layer] {
    let random = random()
    var layers: [any Layer] = []
    for (index, pair) in zip(sizes, sizes.dropFirst()).enumerated() {
      layers.append(try Linear(pair.0, pair.1, random: random))
      guard index < sizes.count - 2 else { break }
      if isNormalized { layers.append(try BatchNorm(pair.1)) }
      layers.append(ActivationLayer(.leakyReLU(slope: 0.2)))
    }
    return layers
  }

  static func denseGenerator(isNormalized: Bool = false) throws -> Sequential {
    Sequential(
      try dense([100, 256, 512, 1024, 784], isNormalized: isNormalized)
        + [ActivationLayer(.tanh), try Reshape([1, 28, 28])])
  }

  static func denseDiscriminator() throws -> Sequential {
    Sequential([Flatten()] + (try dense([784, 512, 256, 1])) + [ActivationLayer(.sigmoid)])
  }

  static func denseEncoder() throws -> Sequential {
    let random = random()
    return Sequential(
      Flatten(), try Linear(784, 400, random: random), ActivationLayer(.relu), try codeHeads(400, random))
  }

  static func denseDecoder() throws -> Sequential {
    let random = random()
    return Sequential(
      try Linear(20, 400, random: random), ActivationLayer(.relu), try Linear(400, 784, random: random),
      try Reshape([1, 28, 28]))
  }

  private static func codeHeads(_ width: Int, _ random: RandomStream) throws -> Heads {
    Heads([("mu", try Linear(width, 20, random: random)), ("logvar", try Linear(width, 20, random: random))])
  }

  // MARK: Convolutions

  private static func halving(_ inputs: Int, _ outputs: Int) throws -> Conv2d {
    try Conv2d(inputs, outputs, kernelSize: 4, stride: 2, padding: 1, random: random())
  }

  private static func doubling(_ inputs: Int, _ outputs: Int) throws -> ConvTranspose2d {
    try ConvTranspose2d(inputs, outputs, kernelSize: 4, stride: 2, padding: 1, random: random())
  }

  static func convolutionalGenerator() throws -> Sequential {
    Sequential(
      try Linear(100, 7 * 7 * 128, random: random()), try Reshape([128, 7, 7]), try doubling(128, 64),
      try BatchNorm(64), ActivationLayer(.relu), try doubling(64, 1), ActivationLayer(.tanh))
  }

  static func convolutionalDiscriminator() throws -> Sequential {
    Sequential(
      try halving(1, 64), ActivationLayer(.leakyReLU(slope: 0.2)), try halving(64, 128), try BatchNorm(128),
      ActivationLayer(.leakyReLU(slope: 0.2)), Flatten(), try Linear(128 * 49, 1, random: random()),
      ActivationLayer(.sigmoid))
  }

  static func convolutionalEncoder() throws -> Sequential {
    Sequential(
      try halving(1, 32), ActivationLayer(.relu), try halving(32, 64), ActivationLayer(.relu), Flatten(),
      try codeHeads(64 * 49, random()))
  }

  static func convolutionalDecoder() throws -> Sequential {
    Sequential(
      try Linear(20, 64 * 49, random: random()), try Reshape([64, 7, 7]), try doubling(64, 32),
      ActivationLayer(.relu), try doubling(32, 1))
  }

  static func convolutionalClassifier() throws -> Sequential {
    let random = random()
    return Sequential(
      try Conv2d(1, 32, kernelSize: 3, padding: 1, random: random), ActivationLayer(.relu),
      try Pool(.maximum, kernelSize: 2), try Conv2d(32, 64, kernelSize: 3, padding: 1, random: random),
      ActivationLayer(.relu), try Pool(.maximum, kernelSize: 2), Flatten(),
      try Linear(64 * 49, 128, random: random), ActivationLayer(.relu), try Linear(128, 10, random: random))
  }
}
