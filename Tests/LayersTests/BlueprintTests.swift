// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Layers
import Tensors
import Testing

@Suite struct BlueprintTests {
  /// A net with every kind of layer that a file can hold.
  private func everything() throws -> Sequential {
    let random = RandomStream(seed: 1)
    let convolutions = Sequential(
      try Conv2d(1, 4, kernelSize: 3, stride: 2, padding: 1, bias: false, random: random), try BatchNorm(4),
      ActivationLayer(.leakyReLU(slope: 0.1)), try Pool(.maximum, kernelSize: 2),
      try Pool(.average, kernelSize: 3, stride: 1), try Upsample(2),
      try SpectralNorm(Conv2d(4, 4, kernelSize: 3, padding: 1, random: random), random: random),
      try ConvTranspose2d(4, 2, kernelSize: 4, stride: 2, padding: 1, random: random), Flatten())
    let size = try #require(try convolutions.outputShape(for: [1, 1, 16, 16]).shape?.last)
    return Sequential(
      [
        convolutions, try Linear(size, 12, bias: false, random: random), try LayerNorm(12), try Dropout(0.25),
        try Reshape([3, 4]), Flatten(), ActivationLayer(.silu),
        Heads([("mu", try Linear(12, 2, random: random)), ("logvar", try Linear(12, 2, random: random))]),
      ], typeName: "Encoder")
  }

  @Test("A net made again from its blueprint has the same names and, with the same weights, the same outputs")
  func roundTrip() throws {
    let net = try everything()
    let blueprint = try #require(LayerBlueprint(net))
    let bytes = try JSONEncoder().encode(blueprint)
    let other = try JSONDecoder().decode(LayerBlueprint.self, from: bytes).makeLayer(random: RandomStream(seed: 9))
    #expect(other.typeName == "Encoder")
    try other.load(net.stateDictionary)
    #expect(other.stateDictionary.map(\.name) == net.stateDictionary.map(\.name))
    let input = try RandomStream(seed: 3).normal([2, 1, 16, 16])
    let context = ForwardContext(isTraining: false, random: RandomStream(seed: 0))
    let expected = try net.output(of: [input], in: context)["mu"]?.scalars()
    #expect(try other.output(of: [input], in: context)["mu"]?.scalars() == expected)
  }

  @Test("A net with a function of somebody else's has no blueprint")
  func functions() throws {
    let net = Sequential(Flatten(), FunctionLayer("twice") { _, inputs, _ in .tensor(try inputs[0] * 2) })
    #expect(LayerBlueprint(net) == nil)
  }

  @Test(
    "A damaged blueprint is an error, never a trap",
    arguments: [
      #"{"type":"Linear","numbers":{},"sizes":[],"title":"","children":[]}"#,
      #"{"type":"Linear","numbers":{"bias":1},"sizes":[-3,4],"title":"","children":[]}"#,
      #"{"type":"Linear","numbers":{"bias":1},"sizes":[2000000000,2000000000],"title":"","children":[]}"#,
      #"{"type":"Conv2d","numbers":{"kernel":1e300,"stride":0,"padding":-1,"bias":1},"sizes":[1,1],"title":"","children":[]}"#,
      #"{"type":"Reshape","numbers":{},"sizes":[0],"title":"","children":[]}"#,
      #"{"type":"Surprise","numbers":{},"sizes":[],"title":"","children":[]}"#,
      #"{"type":"SpectralNorm","numbers":{},"sizes":[],"title":"","children":[]}"#,
    ])
  func damaged(json: String) throws {
    let blueprint = try JSONDecoder().decode(LayerBlueprint.self, from: Data(json.utf8))
    #expect(throws: LayerError.self) { try blueprint.makeLayer(random: RandomStream(seed: 0)) }
  }
}
