// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// The largest or the mean value in each window of an image.
///
/// Input [batch, channel, height, width], output with height and width as a convolution's of the same window.
public final class Pool: FusableLayer {
  /// What is taken from each window.
  public enum Kind: Sendable {
    /// The largest value.
    case maximum
    /// The mean.
    case average
  }

  /// What is taken from each window.
  public let kind: Kind
  /// The window; by default it moves by its own size.
  public let window: ConvolutionWindow
  /// The name people gave to this layer and what they attached to it.
  public let notes = LayerNotes()

  /// Makes the layer.
  ///
  /// Throws when a size is out of range.
  public init(_ kind: Kind, kernelSize: Int, stride: Int? = nil) throws(LayerError) {
    self.kind = kind
    window = ConvolutionWindow(kernelSize: kernelSize, stride: stride ?? kernelSize)
    try window.check(for: kind == .maximum ? "MaxPool" : "AvgPool")
  }

  /// `MaxPool` or `AvgPool`.
  public var typeName: String { kind == .maximum ? "MaxPool" : "AvgPool" }

  /// As in `MaxPool(2)`.
  public var summary: String {
    window.stride == window.kernelSize
      ? "\(typeName)(\(window.kernelSize))" : "\(typeName)(\(window.kernelSize), stride \(window.stride))"
  }

  /// Images.
  public var inputPattern: String? { "[*, channels, height, width]" }

  /// The pooled image.
  public func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    try forward(input, activation: .identity, in: context)
  }

  func forward(
    _ input: Tensor, activation: Activation, in context: ForwardContext
  ) throws(LayerError) -> LayerOutput {
    _ = try outputShape(for: input.shape)
    do {
      switch kind {
      case .maximum:
        return .tensor(
          try maxPool2d(input, size: window.kernelSize, stride: window.stride, activation: activation))
      case .average:
        return .tensor(
          try activate(averagePool2d(input, size: window.kernelSize, stride: window.stride), activation))
      }
    } catch {
      throw LayerError(.tensor(error), in: self, input: input.shape)
    }
  }

  /// The shape of the pooled image.
  public func outputShape(for input: Shape) throws(LayerError) -> LayerShape {
    guard input.rank == 4 else { throw LayerError(.rank(expected: [4]), in: self, input: input) }
    let sizes = [input[2], input[3]].map { window.outputSize($0) }
    guard sizes[0] >= 1, sizes[1] >= 1 else {
      throw LayerError(.window(size: window.kernelSize, image: input), in: self, input: input)
    }
    return .tensor([input[0], input[1], sizes[0], sizes[1]])
  }
}
