// SPDX-License-Identifier: Apache-2.0
@testable import Tensors

/// The workloads with a bound to train, and the dense GAN with normalised layers.
extension FirstSteps {
  static func ganMLPWithNorms() throws(TensorError) -> [Double] {
    let stream = RandomStream(seed: 5)
    let (G, D) = (TrainedNet(stream), TrainedNet(stream))
    let g = try G.dense([100, 256, 512, 1024, 784])
    var norms: [(scale: TrainedWeight, shift: TrainedWeight)] = []
    for n in [256, 512, 1024] { norms.append((try G.ones(n), try G.zeros(n))) }
    let d = try D.dense([784, 512, 256, 1])
    let real = try stream.uniform([64, 784]) * 2 - 1
    return try adversarial(
      stream, G, D, real,
      generate: { (z) throws(TensorError) in
        var x = z
        for (layer, norm) in zip(g, norms) {
          x = try linear(x, weight: G(layer.weight), bias: G(layer.bias))
          x = try batchNorm(x, scale: G(norm.scale), shift: G(norm.shift), activation: leaky).output
        }
        return try linear(x, weight: G(g[3].weight), bias: G(g[3].bias), activation: .tanh)
      },
      discriminate: { (x) throws(TensorError) in try D.run(d, x, inner: leaky) })
  }

  static func vaeMLP(seed: UInt64, batch: Int) throws(TensorError) -> [Double] {
    let stream = RandomStream(seed: seed)
    let net = TrainedNet(stream)
    let (body, mean) = (try net.dense([784, 400]), try net.dense([400, 20]))
    let (variance, decoder) = (try net.dense([400, 20]), try net.dense([20, 400, 784]))
    return try variational(
      stream, net, real: stream.uniform([batch, 784]) * 2 - 1,
      encode: { (x) throws(TensorError) in
        let h = try net.run(body, x, inner: .identity, last: .relu)
        return (try net.run(mean, h, inner: .identity), try net.run(variance, h, inner: .identity))
      },
      decode: { (z) throws(TensorError) in try net.run(decoder, z, inner: .relu) })
  }

  static func vaeConvolutional() throws(TensorError) -> [Double] {
    let stream = RandomStream(seed: 7)
    let net = TrainedNet(stream)
    let (e1, e1b) = (try net.weight(fan: 16, [32, 1, 4, 4]), try net.zeros(32))
    let (e2, e2b) = (try net.weight(fan: 512, [64, 32, 4, 4]), try net.zeros(64))
    let (mean, variance) = (try net.dense([3136, 20]), try net.dense([3136, 20]))
    let start = try net.dense([20, 3136])
    let (d1, d1b) = (try net.weight(fan: 256, [64, 32, 4, 4]), try net.zeros(32))
    let (d2, d2b) = (try net.weight(fan: 128, [32, 1, 4, 4]), try net.zeros(1))
    return try variational(
      stream, net, real: stream.uniform([64, 1, 28, 28]) * 2 - 1,
      encode: { (image) throws(TensorError) in
        var x = try convolution2d(image, weight: net(e1), bias: net(e1b), stride: 2, padding: 1, activation: .relu)
        x = try convolution2d(x, weight: net(e2), bias: net(e2b), stride: 2, padding: 1, activation: .relu)
        let h = try x.flattened(from: 1)
        return (try net.run(mean, h, inner: .identity), try net.run(variance, h, inner: .identity))
      },
      decode: { (z) throws(TensorError) in
        var x = try net.run(start, z, inner: .identity).reshaped(to: [64, 64, 7, 7])
        x = try transposedConvolution2d(
          x, weight: net(d1), bias: net(d1b), stride: 2, padding: 1, activation: .relu)
        return try transposedConvolution2d(x, weight: net(d2), bias: net(d2b), stride: 2, padding: 1)
      })
  }

  private static func variational(
    _ stream: RandomStream, _ net: TrainedNet, real: Tensor,
    encode: (Tensor) throws(TensorError) -> (mean: Tensor, logVariance: Tensor),
    decode: (Tensor) throws(TensorError) -> Tensor
  ) throws(TensorError) -> [Double] {
    var losses: [Double] = []
    for step in 1...5 {
      let (mu, logVariance) = try encode(real)
      let noise = try (stream.uniform([real.shape[0], 20]) - 0.5) * 3.5
      let x = try decode(mu + exp(logVariance * 0.5) * noise)
      let loss = try meanSquaredError(x, real, reduction: .sum) + normalDivergence(mean: mu, logVariance: logVariance)
      try backward(loss)
      try net.step(step, learningRate: 1e-3, beta: 0.9)
      losses.append(try loss.item())
    }
    return losses
  }
}
