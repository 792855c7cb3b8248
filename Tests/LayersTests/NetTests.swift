// SPDX-License-Identifier: Apache-2.0
import Layers
import Tensors
import Testing

@Suite struct NetTests {
  let random = RandomStream(seed: 42, stream: 1)

  func context(isTraining: Bool = true) -> ForwardContext {
    ForwardContext(isTraining: isTraining, random: RandomStream(seed: 1, stream: 2))
  }

  /// The article's discriminator.
  func discriminator() throws -> Sequential {
    Sequential(
      Flatten(), try Linear(784, 128, random: random), ActivationLayer(.leakyReLU(slope: 0.2)),
      try Linear(128, 1, random: random), ActivationLayer(.sigmoid))
  }

  @Test("A linear layer and its activation give the same as one operation and as two")
  func fusionChangesNothing() throws {
    let net = try discriminator()
    let images = try random.normal([8, 1, 28, 28])
    let fused = try net(images, in: context())
    var value = images
    for layer in net.layers { value = try layer(value, in: context()) }
    #expect(fused.shape == [8, 1])
    #expect(fused.scalars() == value.scalars())
  }

  /// The output of layers, run by `body`, and the gradients of their parameters, bit by bit.
  private func outcome(_ net: Sequential, _ body: () throws -> Tensor) throws -> [[UInt32]] {
    let y = try body()
    for (_, parameter) in net.namedParameters { parameter.value.clearGradient() }
    try backward(sum(y * y))
    return [y.scalars()].map { $0.map(\.bitPattern) }
      + net.namedParameters.map { $0.parameter.gradient?.scalars().map(\.bitPattern) ?? [] }
  }

  @Test("Convolutions, activations and pools give the same bits in a sequence and one by one", arguments: [1, 3])
  func poolsChangeNothing(stride: Int) throws {
    let net = Sequential(
      try Conv2d(1, 5, kernelSize: 3, padding: 1, random: random), ActivationLayer(.relu),
      try Pool(.maximum, kernelSize: 2, stride: stride),
      try Conv2d(5, 16, kernelSize: 3, padding: 1, random: random), try BatchNorm(16), ActivationLayer(.relu),
      try Pool(.maximum, kernelSize: 2), ActivationLayer(.tanh),
      try Conv2d(16, 16, kernelSize: 3, padding: 1, random: random), ActivationLayer(.leakyReLU(slope: 0.2)),
      try Pool(.maximum, kernelSize: 2), ActivationLayer(.leakyReLU(slope: 0.1)),
      try Pool(.average, kernelSize: 1), ActivationLayer(.sigmoid), Flatten())
    let images = try random.normal([4, 1, 29, 27])
    let inSequence = try outcome(net) { try net(images, in: context()) }
    let oneByOne = try outcome(net) {
      try net.layers.reduce(images) { value, layer in try layer(value, in: context()) }
    }
    #expect(inSequence == oneByOne)
  }

  @Test("A hook on an activation before a pool sees its values, and a pool that fails is named")
  func poolsAreSeen() throws {
    let activation = ActivationLayer(.relu)
    let net = Sequential(
      try Conv2d(1, 2, kernelSize: 3, random: random), activation, try Pool(.maximum, kernelSize: 2))
    var least: [Float] = []
    let hook = activation.notes.addHook { value in
      least.append(value.scalars().min() ?? -1)
      return nil
    }
    let seen = try net(random.normal([1, 1, 8, 8]), in: context())
    #expect(least == [0])
    #expect(seen.shape == [1, 2, 3, 3])
    activation.notes.removeHook(hook)
    let images = try random.normal([1, 1, 3, 3])
    let error = #expect(throws: LayerError.self) { try net(images, in: context()) }
    #expect(error?.place.hasSuffix("2 MaxPool(2)") == true)
  }

  @Test("Parameters are named as in PyTorch, and a shared one is listed once")
  func names() throws {
    let net = try discriminator()
    #expect(net.namedParameters.map(\.name) == ["1.weight", "1.bias", "3.weight", "3.bias"])
    #expect(net.parameterCount == 100_609)
    let shared = Sequential(net.layers[1], net.layers[1])
    #expect(shared.namedParameters.map(\.name) == ["0.weight", "0.bias"])
  }

  @Test("An error in a net names the path, the layers passed, and the shape wanted")
  func errorPath() throws {
    let net = try discriminator()
    net.notes.label = "D"
    let noise = try random.normal([64, 100])
    let error = #expect(throws: LayerError.self) { try net(noise, in: context()) }
    #expect(error?.place == "D.1 Linear(784 → 128)")
    #expect(error?.wanted == "[*, 784]")
    #expect(error?.trail.map(\.layer) == ["Flatten"])
    #expect(error?.trail.map(\.output) == ["[64, 100]"])
    guard case .lastAxis(expected: 784, found: 100)? = error?.cause else {
      Issue.record("expected a wrong last axis, got \(String(describing: error))")
      return
    }
  }

  @Test("Heads give their outputs by name, and a net that ends in them says so when one tensor is wanted")
  func heads() throws {
    let net = Sequential(
      Flatten(), try Linear(784, 32, random: random), ActivationLayer(.relu),
      Heads([("mu", try Linear(32, 16, random: random)), ("logvar", try Linear(32, 16, random: random))]))
    let output = try net.output(of: [try random.normal([4, 1, 28, 28])], in: context())
    #expect(output["mu"]?.shape == [4, 16])
    #expect(output["logvar"]?.shape == [4, 16])
    #expect(net.namedParameters.map(\.name).contains("3.logvar.weight"))
    #expect(throws: LayerError.self) { try net(random.normal([4, 784]), in: context()) }
    #expect(try net.outputShape(for: [4, 1, 28, 28]).description == "mu [4, 16], logvar [4, 16]")
  }

  @Test("A frozen parameter gets no gradient, and its own is there again afterwards")
  func freezing() throws {
    let layer = try Linear(3, 2, random: random)
    try backward(sum(layer(random.normal([4, 3]), in: context())), label: "first")
    let before = try #require(layer.bias?.gradient?.scalars())
    for parameter in layer.allParameters { parameter.isFrozen = true }
    let input = try random.normal([4, 3]).requiringGradient()
    try backward(sum(layer(input, in: context())), label: "second")
    for parameter in layer.allParameters { parameter.isFrozen = false }
    #expect(layer.bias?.gradient?.scalars() == before)
    #expect(layer.bias?.provenance == ["first"])
    #expect(input.gradient != nil)
  }

  @Test("Saved values go back into a net whole or not at all")
  func stateDictionary() throws {
    let net = try discriminator()
    let saved = net.stateDictionary
    let other = try discriminator()
    try other.load(saved)
    #expect(other.stateDictionary.map { $0.tensor.scalars() } == saved.map { $0.tensor.scalars() })
    #expect(throws: LayerError.self) { try other.load(Array(saved.dropLast())) }
    let wrong = saved.dropLast() + [("3.bias", try Tensor.zeros([2]))]
    #expect(throws: LayerError.self) { try other.load(Array(wrong)) }
    #expect(other.stateDictionary.map { $0.tensor.scalars() } == saved.map { $0.tensor.scalars() })
  }

  @Test("The table of a net shows shapes, counts and norms")
  func table() throws {
    let rows = try discriminator().table(for: [64, 1, 28, 28])
    #expect(
      rows.map(\.layer.summary) == ["Flatten", "Linear(784 → 128)", "LeakyReLU(0.2)", "Linear(128 → 1)", "sigmoid"])
    #expect(rows.map(\.output) == ["[*, 784]", "[*, 128]", "[*, 128]", "[*, 1]", "[*, 1]"])
    #expect(rows.map(\.parameterCount) == [0, 100_480, 0, 129, 0])
    #expect(rows[0].weightNorm == nil)
  }

  @Test("A hook sees each output, may replace it, and can be taken away")
  func hooks() throws {
    let layer = try Linear(3, 2, random: random)
    var seen: [Shape] = []
    let id = layer.notes.addHook { output in
      seen.append(output.shape)
      return try output * 0
    }
    let net = Sequential(layer, ActivationLayer(.relu))
    let input = try random.normal([5, 3])
    #expect(try net(input, in: context()).scalars().allSatisfy { $0 == 0 })
    #expect(seen == [[5, 2]])
    layer.notes.removeHook(id)
    #expect(try net(input, in: context()).scalars().contains { $0 != 0 })
    #expect(seen.count == 1)
  }

  @Test("Dropout drops its share and keeps the mean while training, and nothing in inference")
  func dropout() throws {
    let layer = try Dropout(0.25)
    let ones = try Tensor.ones([100, 100])
    let dropped = try layer(ones, in: context()).scalars()
    let share = Double(dropped.count { $0 == 0 }) / 10_000
    #expect(abs(share - 0.25) < 0.02)
    #expect(Set(dropped) == [0, Float(1 / 0.75)])
    #expect(try layer(ones, in: context(isTraining: false)).scalars() == ones.scalars())
    #expect(throws: LayerError.self) { try Dropout(1) }
  }
}
