// SPDX-License-Identifier: Apache-2.0
@testable import Tensors

/// A weight with what Adam remembers about it.
final class TrainedWeight {
  var value: Tensor
  var firstMoment: Tensor
  var secondMoment: Tensor

  init(_ value: Tensor) throws(TensorError) {
    self.value = try value.requiringGradient()
    firstMoment = try .zeros(value.shape)
    secondMoment = try .zeros(value.shape)
  }
}

/// Weights that are drawn in the order in which they are asked for, as `Fixtures/first_steps.py` does.
final class TrainedNet {
  private let stream: RandomStream
  private var weights: [TrainedWeight] = []
  /// Whether gradients pass through without being gathered.
  var isFrozen = false

  init(_ stream: RandomStream) { self.stream = stream }

  func weight(fan: Int, _ shape: Shape) throws(TensorError) -> TrainedWeight {
    try keep((stream.uniform(shape) - 0.5) * (2 / Double(fan).squareRoot()))
  }
  func zeros(_ count: Int) throws(TensorError) -> TrainedWeight { try keep(.zeros([count])) }
  func ones(_ count: Int) throws(TensorError) -> TrainedWeight { try keep(.ones([count])) }

  private func keep(_ value: Tensor) throws(TensorError) -> TrainedWeight {
    let weight = try TrainedWeight(value)
    weights.append(weight)
    return weight
  }

  func callAsFunction(_ weight: TrainedWeight) -> Tensor { isFrozen ? weight.value.detached() : weight.value }

  /// One step of Adam with the gradients that were gathered.
  func step(_ number: Int, learningRate: Double, beta: Double) throws(TensorError) {
    let settings = AdamSettings(learningRate: learningRate, betas: (beta, 0.999))
    for weight in weights {
      guard let gradient = weight.value.gradient else { continue }
      weight.value.clearGradient()
      try adamUpdate(
        &weight.value, gradient: gradient, firstMoment: &weight.firstMoment, secondMoment: &weight.secondMoment,
        step: number, settings)
    }
  }

  /// Fully connected layers of these sizes.
  func dense(_ sizes: [Int]) throws(TensorError) -> [(weight: TrainedWeight, bias: TrainedWeight)] {
    var layers: [(TrainedWeight, TrainedWeight)] = []
    for (a, b) in zip(sizes, sizes.dropFirst()) { layers.append((try weight(fan: a, [b, a]), try zeros(b))) }
    return layers
  }

  func run(
    _ layers: [(weight: TrainedWeight, bias: TrainedWeight)], _ x: Tensor, inner: Activation,
    last: Activation = .identity
  ) throws(TensorError) -> Tensor {
    var x = x
    for (index, layer) in layers.enumerated() {
      x = try linear(
        x, weight: self(layer.weight), bias: self(layer.bias), activation: index == layers.count - 1 ? last : inner)
    }
    return x
  }
}

let leaky = Activation.leakyReLU(slope: 0.2)

/// The losses of the first five steps of each workload.
enum FirstSteps {
  static func ganMLP() throws(TensorError) -> [Double] {
    let stream = RandomStream(seed: 1)
    let (G, D) = (TrainedNet(stream), TrainedNet(stream))
    let g = try G.dense([100, 256, 512, 1024, 784])
    let d = try D.dense([784, 512, 256, 1])
    let real = try stream.uniform([64, 784]) * 2 - 1
    return try adversarial(
      stream, G, D, real, generate: { (z) throws(TensorError) in try G.run(g, z, inner: leaky, last: .tanh) },
      discriminate: { (x) throws(TensorError) in try D.run(d, x, inner: leaky) })
  }

  static func adversarial(
    _ stream: RandomStream, _ G: TrainedNet, _ D: TrainedNet, _ real: Tensor,
    generate: (Tensor) throws(TensorError) -> Tensor, discriminate: (Tensor) throws(TensorError) -> Tensor
  ) throws(TensorError) -> [Double] {
    let (ones, zeros) = (try Tensor.ones([64, 1]), try Tensor.zeros([64, 1]))
    var losses: [Double] = []
    for step in 1...5 {
      let fake = try generate((stream.uniform([64, 100]) - 0.5) * 3.5)
      let errD =
        try binaryCrossEntropyFromLogits(discriminate(real), ones)
        + binaryCrossEntropyFromLogits(discriminate(fake.detached()), zeros)
      try backward(errD)
      try D.step(step, learningRate: 2e-4, beta: 0.5)
      D.isFrozen = true
      let errG = try binaryCrossEntropyFromLogits(discriminate(fake), ones)
      try backward(errG)
      try G.step(step, learningRate: 2e-4, beta: 0.5)
      D.isFrozen = false
      losses += [try errD.item(), try errG.item()]
    }
    return losses
  }

  static func dcgan() throws(TensorError) -> [Double] {
    let stream = RandomStream(seed: 3)
    let (G, D) = (TrainedNet(stream), TrainedNet(stream))
    let (gl, gb) = (try G.weight(fan: 100, [6272, 100]), try G.zeros(6272))
    let (g1, g1b) = (try G.weight(fan: 512, [128, 64, 4, 4]), try G.zeros(64))
    let (gs, gt) = (try G.ones(64), try G.zeros(64))
    let (g2, g2b) = (try G.weight(fan: 256, [64, 1, 4, 4]), try G.zeros(1))
    let (d1, d1b) = (try D.weight(fan: 16, [64, 1, 4, 4]), try D.zeros(64))
    let (d2, d2b) = (try D.weight(fan: 1024, [128, 64, 4, 4]), try D.zeros(128))
    let (ds, dt) = (try D.ones(128), try D.zeros(128))
    let (dl, db) = (try D.weight(fan: 6272, [1, 6272]), try D.zeros(1))
    let real = try stream.uniform([64, 1, 28, 28]) * 2 - 1
    return try adversarial(
      stream, G, D, real,
      generate: { (z) throws(TensorError) in
        var x = try linear(z, weight: G(gl), bias: G(gb)).reshaped(to: [64, 128, 7, 7])
        x = try transposedConvolution2d(x, weight: G(g1), bias: G(g1b), stride: 2, padding: 1)
        x = try batchNorm(x, scale: G(gs), shift: G(gt), activation: .relu).output
        return try transposedConvolution2d(x, weight: G(g2), bias: G(g2b), stride: 2, padding: 1, activation: .tanh)
      },
      discriminate: { (x) throws(TensorError) in
        var x = try convolution2d(x, weight: D(d1), bias: D(d1b), stride: 2, padding: 1, activation: leaky)
        x = try convolution2d(x, weight: D(d2), bias: D(d2b), stride: 2, padding: 1)
        x = try batchNorm(x, scale: D(ds), shift: D(dt), activation: leaky).output
        return try linear(x.flattened(from: 1), weight: D(dl), bias: D(db))
      })
  }

  static func cnn() throws(TensorError) -> [Double] {
    let stream = RandomStream(seed: 4)
    let net = TrainedNet(stream)
    let (c1, b1) = (try net.weight(fan: 9, [32, 1, 3, 3]), try net.zeros(32))
    let (c2, b2) = (try net.weight(fan: 288, [64, 32, 3, 3]), try net.zeros(64))
    let (l1, b3) = (try net.weight(fan: 3136, [128, 3136]), try net.zeros(128))
    let (l2, b4) = (try net.weight(fan: 128, [10, 128]), try net.zeros(10))
    let real = try stream.uniform([64, 1, 28, 28]) * 2 - 1
    let labels = try Tensor((0..<64).map { Int64($0 % 10) }, shape: [64])
    var losses: [Double] = []
    for step in 1...5 {
      var x = try maxPool2d(convolution2d(real, weight: net(c1), bias: net(b1), padding: 1, activation: .relu), size: 2)
      x = try maxPool2d(convolution2d(x, weight: net(c2), bias: net(b2), padding: 1, activation: .relu), size: 2)
      x = try linear(x.flattened(from: 1), weight: net(l1), bias: net(b3), activation: .relu)
      let loss = try crossEntropy(linear(x, weight: net(l2), bias: net(b4)), labels)
      try backward(loss)
      try net.step(step, learningRate: 1e-3, beta: 0.9)
      losses.append(try loss.item())
    }
    return losses
  }
}
