// SPDX-License-Identifier: Apache-2.0
import Tensors
import Testing

@testable import TensorFiles

/// The model stays, byte for byte, what `Fixtures/make_fixtures.py --check` found other runtimes to compute rightly.
@Suite struct ONNXTests {
  /// A small net with every kind of operation, and what it makes of an input.
  private func net() throws -> (model: ONNXModel, input: Tensor, output: Tensor) {
    let random = RandomStream(seed: 11)
    func weight(_ shape: Shape) throws -> Tensor { try random.uniform(shape) - 0.5 }
    let (w1, b1, w2, b2) = (try weight([4, 1, 3, 3]), try weight([4]), try weight([4, 2, 4, 4]), try weight([2]))
    let (w3, b3, w4) = (try weight([6, 72]), try weight([6]), try weight([3, 6]))
    let (scale, shift, mean, variance) = (try weight([4]), try weight([4]), try weight([4]), try random.uniform([4]))
    let (gain, offset) = (try weight([6]), try weight([6]))
    let x = try random.normal([2, 1, 12, 12])

    var model = ONNXModel(name: "test")
    model.notes = ["made_by": "easel"]
    var v = model.input("image", shape: [1, 12, 12])
    v = model.convolution2d(
      v, weight: model.weight("0.weight", w1), bias: model.weight("0.bias", b1), stride: 1, padding: 1)
    v = model.batchNorm(
      v, scale: model.weight("1.weight", scale), shift: model.weight("1.bias", shift),
      mean: model.weight("1.running_mean", mean), variance: model.weight("1.running_var", variance), epsilon: 1e-5)
    v = model.activation(v, .leakyReLU(slope: 0.2))
    v = model.maxPool2d(v, size: 2, stride: 2)
    v = model.transposedConvolution2d(
      v, weight: model.weight("4.weight", w2), bias: model.weight("4.bias", b2), stride: 2, padding: 1)
    v = model.activation(model.averagePool2d(v, size: 4, stride: 4), .tanh)
    v = try model.upsampleNearest2d(v, factor: 2)
    v = model.linear(model.flatten(v), weight: model.weight("8.weight", w3), bias: model.weight("8.bias", b3))
    v = model.layerNorm(
      v, axes: 1, scale: model.weight("9.weight", gain), shift: model.weight("9.bias", offset), epsilon: 1e-5)
    v = model.linear(model.activation(v, .sigmoid), weight: model.weight("10.weight", w4), bias: nil)
    v = try model.reshape(model.softmax(v), to: [3, 1])
    model.output(v, as: "scores", shape: [3, 1])

    var y = try convolution2d(x, weight: w1, bias: b1, padding: 1)
    y = try batchNorm(y, mean: mean, variance: variance, scale: scale, shift: shift)
    y = try maxPool2d(leakyReLU(y), size: 2)
    y = try transposedConvolution2d(y, weight: w2, bias: b2, stride: 2, padding: 1)
    y = try upsampleNearest2d(tanh(averagePool2d(y, size: 4)), factor: 2)
    y = try layerNorm(linear(y.flattened(from: 1), weight: w3, bias: b3), scale: gain, shift: offset)
    y = try softmax(linear(sigmoid(y), weight: w4)).reshaped(to: [2, 3, 1])
    return (model, x, y)
  }

  @Test func theModelStaysAsOtherRuntimesReadIt() throws {
    let (model, input, output) = try net()
    try expectBytes(model.encode(), "ours.onnx")
    let example = SafetensorsFile(tensors: [("image", input), ("scores", output)])
    try expectClose(example, "ours.onnx.safetensors")
  }

  /// Random weights have the same bits at every level, what is computed from them only nearly.
  private func expectClose(_ file: SafetensorsFile, _ name: String) throws {
    if isUpdating { try file.write(to: fixture(name)) }
    let recorded = try SafetensorsFile(contentsOf: fixture(name))
    for (name, tensor) in file.tensors {
      let expected = try #require(recorded[name]).scalars()
      #expect(zip(tensor.scalars(), expected).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  @Test func aNameForTwoValuesIsAnError() throws {
    var model = ONNXModel(name: "twice")
    let x = model.input("x", shape: [2])
    _ = model.linear(x, weight: model.weight("w", try .ones([2, 2])), bias: model.weight("w", try .ones([2])))
    #expect(throws: TensorFileError.malformed(format: "ONNX", what: "two values are named w")) { try model.encode() }
  }

  @Test func wholeNumbersTakeSevenBitsAByte() {
    var buffer = ProtocolBuffer()
    buffer.put(1, 150 as Int64)
    buffer.put(16, -1 as Int64)
    #expect(buffer.bytes == [0x08, 0x96, 0x01, 0x80, 0x01] + [UInt8](repeating: 0xFF, count: 9) + [0x01])
  }
}
