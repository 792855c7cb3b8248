// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// A convolution over images.
///
/// Input [batch, inputChannels, height, width], output [batch, outputChannels, height′, width′] with
/// `height′ = (height + 2·padding − kernelSize) / stride + 1`, rounded down. `weight` is
/// [outputChannels, inputChannels, kernelSize, kernelSize], starting uniform in ±1/√(inputChannels·kernelSize²).
public final class Conv2d: Layer, FusableLayer {
  /// The channels of the input.
  public let inputChannels: Int
  /// The channels of the output.
  public let outputChannels: Int
  /// The window: how far it reaches and how it moves.
  public let window: ConvolutionWindow
  /// The kernels, [outputChannels, inputChannels, kernelSize, kernelSize].
  public let weight: Parameter
  /// What is added to each channel, or nil.
  public let bias: Parameter?
  /// The name people gave to this layer and what they attached to it.
  public let notes = LayerNotes()

  /// Makes the layer with starting values drawn from `random`.
  ///
  /// Throws when a setting is out of range or the weights do not fit in memory.
  public init(
    _ inputChannels: Int, _ outputChannels: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0,
    bias hasBias: Bool = true, random: RandomStream
  ) throws(LayerError) {
    let window = ConvolutionWindow(kernelSize: kernelSize, stride: stride, padding: padding)
    let name = "Conv2d(\(inputChannels) → \(outputChannels), \(window))"
    try requireAtLeastOne([("c_in", inputChannels), ("c_out", outputChannels)], for: name)
    try window.check(for: name)
    self.inputChannels = inputChannels
    self.outputChannels = outputChannels
    self.window = window
    let bound = 1 / (Double(inputChannels) * Double(kernelSize * kernelSize)).squareRoot()
    do {
      let shape: Shape = [outputChannels, inputChannels, kernelSize, kernelSize]
      weight = try Parameter("weight", .uniform(within: bound, shape, random: random))
      bias = hasBias ? try Parameter("bias", .uniform(within: bound, [outputChannels], random: random)) : nil
    } catch {
      throw LayerError(.tensor(error), of: name)
    }
  }

  /// The kind of layer.
  public var typeName: String { "Conv2d" }

  /// As in `Conv2d(1 → 64, 4×4, stride 2, padding 1)`.
  public var summary: String {
    "Conv2d(\(inputChannels) → \(outputChannels), \(window)\(bias == nil ? ", no bias" : ""))"
  }

  /// As in `[*, 1, height, width]`.
  public var inputPattern: String? { "[*, \(inputChannels), height, width]" }

  /// `weight` and, unless left out, `bias`.
  public var parameters: [(name: String, parameter: Parameter)] {
    [("weight", weight)] + (bias.map { [("bias", $0)] } ?? [])
  }

  /// The convolution.
  public func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    try forward(input, activation: .identity, in: context)
  }

  func forward(
    _ input: Tensor, activation: Activation, in context: ForwardContext
  ) throws(LayerError) -> LayerOutput {
    _ = try outputShape(for: input.shape)
    do {
      return .tensor(
        try convolution2d(
          input, weight: context.value(of: weight), bias: bias.map(context.value), stride: window.stride,
          padding: window.padding, activation: activation))
    } catch {
      throw LayerError(.tensor(error), in: self, input: input.shape)
    }
  }

  /// The shape of the output image.
  public func outputShape(for input: Shape) throws(LayerError) -> LayerShape {
    try requireImages(input, channels: inputChannels, for: self)
    let sizes = [input[2], input[3]].map { window.outputSize($0) }
    guard sizes[0] >= 1, sizes[1] >= 1 else {
      throw LayerError(.window(size: window.kernelSize, image: input), in: self, input: input)
    }
    return .tensor([input[0], outputChannels, sizes[0], sizes[1]])
  }
}
