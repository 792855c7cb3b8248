// SPDX-License-Identifier: Apache-2.0
import Layers
import Tensors
import Testing

/// Every layer against what PyTorch computes, forward and backward.
@Suite struct LayerValueTests {
  @Test("Layers give PyTorch's outputs, gradients and buffers")
  func matchesPyTorch() throws {
    let recording = try Recording<LayerCase>("layers.json")
    #expect(recording.cases.count >= 30, "the recording is not whole")
    for recorded in recording.cases {
      try check(recorded)
    }
  }

  private func check(_ recorded: LayerCase) throws {
    let net = try build(recorded.name)
    try net.load(try recorded.state.map { ($0.key, try $0.value.tensor()) })
    let isTable = recorded.input_gradient == nil
    var input = try recorded.input.tensor()
    input = isTable ? try input.converted(to: .int64) : try input.requiringGradient()
    let context = ForwardContext(isTraining: recorded.training, random: RandomStream(seed: 1))
    var output = try joined(net.output(of: [input], in: context))
    for _ in 1..<recorded.passes { output = try joined(net.output(of: [input], in: context)) }
    #expect(isClose(output, recorded.output), "\(recorded.name): output")
    try backward(sum(output * recorded.weights.tensor()))
    if let expected = recorded.input_gradient {
      let gradient = try #require(input.gradient, "\(recorded.name): no gradient of the input")
      #expect(isClose(gradient, expected, tolerance: 2e-5), "\(recorded.name): gradient of the input")
    }
    let parameters = net.namedParameters
    #expect(Set(parameters.map(\.name)) == Set(recorded.gradients.keys))
    for (name, parameter) in parameters {
      let gradient = try #require(parameter.gradient, "\(recorded.name): no gradient of \(name)")
      let expected = try #require(recorded.gradients[name])
      #expect(isClose(gradient, expected, tolerance: 2e-5), "\(recorded.name): gradient of \(name)")
    }
    for (name, buffer) in net.namedBuffers {
      let expected = try #require(recorded.buffers[name], "\(recorded.name): PyTorch has no \(name)")
      #expect(isClose(buffer.value, expected), "\(recorded.name): \(name)")
    }
  }

  private func joined(_ output: LayerOutput) throws -> Tensor {
    switch output {
    case .tensor(let tensor): tensor
    case .record(let fields): try concatenate(fields.map(\.tensor), alongAxis: 1)
    }
  }

  private func build(_ name: String) throws -> any Layer {
    let random = RandomStream(seed: 3)
    func linear(_ inputs: Int, _ outputs: Int) throws -> Linear { try Linear(inputs, outputs, random: random) }
    switch name {
    case "linear", "linear-3d": return try linear(5, 3)
    case "linear-no-bias": return try Linear(5, 3, bias: false, random: random)
    case "conv": return try Conv2d(2, 3, kernelSize: 3, padding: 1, random: random)
    case "conv-stride": return try Conv2d(1, 4, kernelSize: 4, stride: 2, padding: 1, random: random)
    case "conv-no-padding": return try Conv2d(3, 2, kernelSize: 3, stride: 2, random: random)
    case "conv-transpose": return try ConvTranspose2d(3, 2, kernelSize: 4, stride: 2, padding: 1, random: random)
    case "conv-transpose-3": return try ConvTranspose2d(2, 1, kernelSize: 3, random: random)
    case "batch-norm-1d", "batch-norm-1d-eval": return try BatchNorm(4)
    case "batch-norm-2d", "batch-norm-2d-eval": return try BatchNorm(3)
    case "layer-norm": return try LayerNorm(6)
    case "embedding": return try Embedding(5, 3, random: random)
    case "max-pool": return try Pool(.maximum, kernelSize: 2)
    case "max-pool-stride": return try Pool(.maximum, kernelSize: 3, stride: 2)
    case "average-pool": return try Pool(.average, kernelSize: 2)
    case "upsample": return try Upsample(2)
    case "leaky-relu": return ActivationLayer(.leakyReLU(slope: 0.2))
    case "softplus": return ActivationLayer(.softplus)
    case "elu": return ActivationLayer(.elu)
    case "silu": return ActivationLayer(.silu)
    case "softmax": return ActivationLayer(.softmax)
    case "log-softmax": return ActivationLayer(.logSoftmax)
    case "net":
      return Sequential(
        Flatten(), try linear(12, 8), ActivationLayer(.leakyReLU(slope: 0.2)), try BatchNorm(8), try linear(8, 6),
        ActivationLayer(.tanh), try linear(6, 1), ActivationLayer(.sigmoid))
    case "encoder":
      return Sequential(
        Flatten(), try linear(12, 8), ActivationLayer(.relu),
        Heads([("mu", try linear(8, 2)), ("logvar", try linear(8, 2))]))
    case "spectral-linear", "spectral-linear-eval": return try SpectralNorm(linear(6, 4), random: random)
    case "spectral-conv":
      return try SpectralNorm(Conv2d(2, 3, kernelSize: 3, padding: 1, random: random), random: random)
    case "spectral-conv-transpose":
      return try SpectralNorm(
        ConvTranspose2d(2, 3, kernelSize: 4, stride: 2, padding: 1, random: random), random: random)
    case "relu": return ActivationLayer(.relu)
    case "tanh": return ActivationLayer(.tanh)
    case "sigmoid": return ActivationLayer(.sigmoid)
    case "flatten": return Flatten()
    case "reshape": return try Reshape([3, 2, 2])
    case "dropout-eval": return try Dropout(0.4)
    case "image-net": return try imageNet(random)
    default:
      throw UnknownCase(name: name)
    }
  }

  /// A net whose images stay pixel by pixel from layer to layer.
  private func imageNet(_ random: RandomStream) throws -> Sequential {
    Sequential(
      try Conv2d(2, 5, kernelSize: 3, padding: 1, bias: false, random: random), try BatchNorm(5),
      ActivationLayer(.leakyReLU(slope: 0.2)), try Pool(.maximum, kernelSize: 2),
      try ConvTranspose2d(5, 3, kernelSize: 4, stride: 2, padding: 1, random: random), ActivationLayer(.tanh),
      try Conv2d(3, 4, kernelSize: 4, stride: 2, padding: 1, random: random), ActivationLayer(.relu),
      try Pool(.average, kernelSize: 2), Flatten(), try Linear(16, 3, random: random))
  }

  private struct UnknownCase: Error {
    let name: String
  }
}
