// SPDX-License-Identifier: Apache-2.0
import Layers
import Tensors
import Testing

@Suite struct InitializationTests {
  /// The largest magnitude and the deviation of a tensor's elements.
  private func spread(_ tensor: Tensor) throws -> (largest: Double, deviation: Double) {
    let tensor = tensor.detached()
    return (try max(abs(tensor)).item(), try standardDeviation(tensor).item())
  }

  @Test("Layers start as PyTorch's do: uniform in ±1/√fan-in, of the same bits for the same seed")
  func defaults() throws {
    let linear = try Linear(400, 300, random: RandomStream(seed: 5))
    let (largest, deviation) = try spread(linear.weight.value)
    #expect(largest <= 0.05 && largest > 0.0499)
    #expect(abs(deviation - 0.05 / 3.0.squareRoot()) < 3e-4)
    let again = try Linear(400, 300, random: RandomStream(seed: 5))
    #expect(again.weight.value.scalars() == linear.weight.value.scalars())
    // A transposed convolution counts its output channels, as PyTorch does.
    let transposed = try ConvTranspose2d(64, 16, kernelSize: 4, random: RandomStream(seed: 5))
    #expect(try spread(transposed.weight.value).largest <= 1.0 / 16)
    let convolution = try Conv2d(16, 64, kernelSize: 4, random: RandomStream(seed: 5))
    #expect(try spread(convolution.weight.value).largest <= 1.0 / 16)
  }

  @Test(
    "Named schemes have the deviations their papers ask for",
    arguments: [
      (Initialization.dcgan, 0.02), (.xavier, (2.0 / 700).squareRoot()), (.xavierNormal, (2.0 / 700).squareRoot()),
      (.he, (2.0 / 400).squareRoot()), (.zeros, 0),
    ])
  func schemes(scheme: Initialization, deviation: Double) throws {
    let net = Sequential(try Linear(400, 300, random: RandomStream(seed: 1)), try BatchNorm(300))
    try net.initialize(scheme, random: RandomStream(seed: 2))
    let weights = net.namedParameters.map(\.parameter.value)
    #expect(abs(try spread(weights[0]).deviation - deviation) < 0.02 * deviation + 1e-9)
    #expect(weights[1].scalars().allSatisfy { $0 == 0 })
    let scale = try mean(weights[2].detached()).item()
    #expect(abs(scale - (scheme == .zeros ? 0 : 1)) < 0.01)
  }

  @Test("The article's four nets have its shapes and its numbers of parameters")
  func architectures() throws {
    let random = RandomStream(seed: 1)
    let generator = try Sequential.generator(random: random)
    #expect(generator.parameterCount == 100 * 128 + 128 + 128 * 256 + 256 + 256 * 784 + 784)
    #expect(try generator.outputShape(for: [64, 100]).shape == [64, 1, 28, 28])
    #expect(try Sequential.discriminator(random: random).parameterCount == 100_609)
    let encoder = try Sequential.encoder(random: random)
    #expect(try encoder.outputShape(for: [2, 1, 28, 28]).description == "mu [2, 16], logvar [2, 16]")
    #expect(try Sequential.decoder(random: random).outputShape(for: [2, 16]).shape == [2, 1, 28, 28])
    #expect(throws: LayerError.self) { try Sequential.generator(hidden: [0], random: random) }
  }
}
