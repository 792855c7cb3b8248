// SPDX-License-Identifier: Apache-2.0
public import Tensors

extension ONNXModel {
  /// x Wᵀ + b for `x` [batch, in] and a weight [out, in].
  public mutating func linear(_ x: String, weight: String, bias: String?) -> String {
    append("Gemm", [x, weight] + (bias.map { [$0] } ?? []), [("transB", .int(1))])
  }

  /// A convolution with a square kernel, as `convolution2d`.
  public mutating func convolution2d(
    _ x: String, weight: String, bias: String?, stride: Int, padding: Int
  ) -> String {
    append("Conv", [x, weight] + (bias.map { [$0] } ?? []), Self.window(stride, padding))
  }

  /// A transposed convolution, as `transposedConvolution2d`.
  public mutating func transposedConvolution2d(
    _ x: String, weight: String, bias: String?, stride: Int, padding: Int, outputPadding: Int = 0
  ) -> String {
    append(
      "ConvTranspose", [x, weight] + (bias.map { [$0] } ?? []),
      Self.window(stride, padding) + [("output_padding", .ints([outputPadding, outputPadding]))])
  }

  /// Batch normalisation by statistics gathered before.
  public mutating func batchNorm(
    _ x: String, scale: String, shift: String, mean: String, variance: String, epsilon: Double
  ) -> String {
    append("BatchNormalization", [x, scale, shift, mean, variance], [("epsilon", .float(Float(epsilon)))])
  }

  /// Normalisation over the last `axes` axes.
  public mutating func layerNorm(_ x: String, axes: Int, scale: String, shift: String, epsilon: Double) -> String {
    append(
      "LayerNormalization", [x, scale, shift], [("axis", .int(-axes)), ("epsilon", .float(Float(epsilon)))])
  }

  /// The largest of each window.
  public mutating func maxPool2d(_ x: String, size: Int, stride: Int) -> String {
    append("MaxPool", [x], [("kernel_shape", .ints([size, size])), ("strides", .ints([stride, stride]))])
  }

  /// The mean of each window.
  public mutating func averagePool2d(_ x: String, size: Int, stride: Int) -> String {
    append("AveragePool", [x], [("kernel_shape", .ints([size, size])), ("strides", .ints([stride, stride]))])
  }

  /// Each pixel repeated; throws when there is no memory for four numbers.
  public mutating func upsampleNearest2d(_ x: String, factor: Int) throws(TensorError) -> String {
    let scale = Float(factor)
    let scales = weight("scales_\(operations.count)", try Tensor([1, 1, scale, scale], shape: [4]))
    return append(
      "Resize", [x, "", scales],
      [
        ("mode", .string("nearest")), ("nearest_mode", .string("floor")),
        ("coordinate_transformation_mode", .string("asymmetric")),
      ])
  }

  /// The axes of an example merged into one.
  public mutating func flatten(_ x: String) -> String {
    append("Flatten", [x], [("axis", .int(1))])
  }

  /// Another shape for each example; throws when there is no memory for it.
  public mutating func reshape(_ x: String, to shape: Shape) throws(TensorError) -> String {
    let sizes = [-1] + shape.dimensions.map { Int64($0) }
    let target = weight("shape_\(operations.count)", try Tensor(sizes, shape: [sizes.count]))
    return append("Reshape", [x, target])
  }

  /// The rows of a table at whole-number positions.
  public mutating func embedding(_ indices: String, table: String) -> String {
    append("Gather", [table, indices], [("axis", .int(0))])
  }

  /// An activation of each element.
  public mutating func activation(_ x: String, _ activation: Activation) -> String {
    switch activation {
    case .identity: x
    case .relu: append("Relu", [x])
    case .leakyReLU(let slope): append("LeakyRelu", [x], [("alpha", .float(slope))])
    case .tanh: append("Tanh", [x])
    case .sigmoid: append("Sigmoid", [x])
    }
  }

  /// Positive numbers that sum to one along the last axis.
  public mutating func softmax(_ x: String) -> String {
    append("Softmax", [x], [("axis", .int(-1))])
  }

  private static func window(_ stride: Int, _ padding: Int) -> [(name: String, value: Attribute)] {
    [("strides", .ints([stride, stride])), ("pads", .ints([padding, padding, padding, padding]))]
  }
}
