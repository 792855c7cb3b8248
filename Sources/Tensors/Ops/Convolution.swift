// SPDX-License-Identifier: Apache-2.0

/// The sizes of a convolution, read either way.
///
/// The image side is [batch, channels, height, width], the map side [batch, maps, rows, columns]; a convolution goes
/// from image to map and a transposed one from map to image, both with a weight [maps, channels, kernel, kernel].
struct ConvolutionGeometry: Equatable {
  var batch, channels, height, width: Int
  var maps, rows, columns: Int
  var kernelHeight, kernelWidth, stride, padding: Int

  var image: Shape { [batch, channels, height, width] }
  var map: Shape { [batch, maps, rows, columns] }
  var weight: Shape { [maps, channels, kernelHeight, kernelWidth] }
}

extension ConvolutionGeometry {
  /// The geometry of a convolution of `x` [batch, channels, height, width].
  init(convolving x: Shape, weight: Shape, stride: Int, padding: Int) throws(TensorError) {
    let operation = "conv2d"
    try Self.check(operation, x, weight, stride, padding)
    guard x[1] == weight[1] else { throw .mismatch(operation: operation, left: x, right: weight) }
    let rows = x[2] + 2 * padding - weight[2]
    let columns = x[3] + 2 * padding - weight[3]
    guard rows >= 0, columns >= 0 else {
      throw .unsuitable(
        operation: operation, shape: x, needs: "images of at least \(weight[2])×\(weight[3]) with padding")
    }
    self.init(
      batch: x[0], channels: x[1], height: x[2], width: x[3], maps: weight[0], rows: rows / stride + 1,
      columns: columns / stride + 1, kernelHeight: weight[2], kernelWidth: weight[3], stride: stride,
      padding: padding)
  }

  /// The geometry of a transposed convolution of `x` [batch, maps, rows, columns].
  init(
    transposing x: Shape, weight: Shape, stride: Int, padding: Int, outputPadding: Int
  ) throws(TensorError) {
    let operation = "conv_transpose2d"
    try Self.check(operation, x, weight, stride, padding)
    guard x[1] == weight[0] else { throw .mismatch(operation: operation, left: x, right: weight) }
    guard outputPadding >= 0, outputPadding < stride else {
      throw .argument(
        operation: operation, name: "output_padding", value: "\(outputPadding)", needs: "0 up to the stride less 1")
    }
    let height = (x[2] - 1) * stride - 2 * padding + weight[2] + outputPadding
    let width = (x[3] - 1) * stride - 2 * padding + weight[3] + outputPadding
    guard height > 0, width > 0 else {
      throw .unsuitable(operation: operation, shape: x, needs: "maps that leave something after padding is cut off")
    }
    self.init(
      batch: x[0], channels: weight[1], height: height, width: width, maps: x[1], rows: x[2], columns: x[3],
      kernelHeight: weight[2], kernelWidth: weight[3], stride: stride, padding: padding)
  }

  private static func check(
    _ operation: String, _ x: Shape, _ weight: Shape, _ stride: Int, _ padding: Int
  ) throws(TensorError) {
    guard x.rank == 4 else {
      throw .unsuitable(operation: operation, shape: x, needs: "[batch, channel, height, width]")
    }
    guard weight.rank == 4, weight[2] > 0, weight[3] > 0 else {
      throw .unsuitable(operation: operation, shape: weight, needs: "a weight of four axes")
    }
    guard stride > 0, stride < 1 << 20 else {
      throw .argument(operation: operation, name: "stride", value: "\(stride)", needs: "a stride of at least 1")
    }
    guard padding >= 0, padding < 1 << 20 else {
      throw .argument(operation: operation, name: "padding", value: "\(padding)", needs: "a padding of at least 0")
    }
  }
}

/// The cross-correlation of images with a weight, as neural networks call convolution, then an activation.
///
/// `x` is [batch, in, height, width], `weight` [out, in, kernel, kernel], `bias` [out]; the result is
/// [batch, out, (height + 2 padding − kernel) / stride + 1, …]. Throws when the shapes do not fit.
public func convolution2d(
  _ x: Tensor, weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0,
  activation: Activation = .identity
) throws(TensorError) -> Tensor {
  let (x, weight) = (try x.floats(), try weight.floats())
  let geometry = try ConvolutionGeometry(convolving: x.shape, weight: weight.shape, stride: stride, padding: padding)
  return try finished(.convolving, x, weight, bias, activation, geometry)
}

/// The adjoint of `convolution2d`: each element of a map paints a kernel into the image; then an activation.
///
/// `x` is [batch, in, height, width], `weight` [in, out, kernel, kernel] as in PyTorch, `bias` [out]; the result is
/// [batch, out, (height − 1) stride − 2 padding + kernel + outputPadding, …]. Throws when the shapes do not fit.
public func transposedConvolution2d(
  _ x: Tensor, weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0, outputPadding: Int = 0,
  activation: Activation = .identity
) throws(TensorError) -> Tensor {
  let (x, weight) = (try x.floats(), try weight.floats())
  let geometry = try ConvolutionGeometry(
    transposing: x.shape, weight: weight.shape, stride: stride, padding: padding, outputPadding: outputPadding)
  return try finished(.painting, x, weight, bias, activation, geometry)
}

private func finished(
  _ map: ConvolutionMap, _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ activation: Activation,
  _ geometry: ConvolutionGeometry
) throws(TensorError) -> Tensor {
  let bias = try bias?.floats()
  if let bias, bias.shape != [map == .convolving ? geometry.maps : geometry.channels] {
    throw .mismatch(operation: map.name.description, left: weight.shape, right: bias.shape)
  }
  if !activation.isKnownByItsValue {
    return try activate(finished(map, x, weight, bias, .identity, geometry), activation)
  }
  let (input, kernel) = (x.detached(), weight.detached())
  let y = try map.applied(geometry, input, kernel, bias, activation)
  let hasBias = bias != nil
  return y.recorded(map.name, [x, weight] + (bias.map { [$0] } ?? [])) { (node, g) throws(TensorError) in
    let inner = try activation.backward(g, value: node.output(y))
    return [
      node.needs(0) ? try map.adjoint.recorded(inner, node.input(1, kernel), geometry) : nil,
      node.needs(1) ? try map.weightGradient(input: node.input(0, input), inner, geometry) : nil,
      hasBias && node.needs(2) ? try sumOfChannels(inner) : nil,
    ]
  }
}

/// The two maps between images and maps, each linear in both arguments, and each other's adjoint.
private enum ConvolutionMap {
  case convolving
  case painting

  var name: StaticString { self == .convolving ? "conv2d" : "conv_transpose2d" }
  var adjoint: ConvolutionMap { self == .convolving ? .painting : .convolving }

  /// The result without a graph.
  func applied(
    _ geometry: ConvolutionGeometry, _ x: Tensor, _ weight: Tensor, _ bias: Tensor? = nil,
    _ activation: Activation = .identity
  ) throws(TensorError) -> Tensor {
    let runner = ConvolutionRunner(geometry)
    return self == .convolving
      ? try runner.map(x, weight, bias, activation) : try runner.image(x, weight, bias, activation)
  }

  /// The result with its gradients, which are again such maps.
  func recorded(_ x: Tensor, _ weight: Tensor, _ geometry: ConvolutionGeometry) throws(TensorError) -> Tensor {
    let (input, kernel) = (x.detached(), weight.detached())
    return try applied(geometry, input, kernel).recorded(name, x, weight) { (node, g) throws(TensorError) in
      [
        node.needs(0) ? try adjoint.recorded(g, node.input(1, kernel), geometry) : nil,
        node.needs(1) ? try weightGradient(input: node.input(0, input), g, geometry) : nil,
      ]
    }
  }

  /// The gradient of the weight from this map's input and the gradient of its result.
  func weightGradient(
    input: Tensor, _ gradient: Tensor, _ geometry: ConvolutionGeometry
  ) throws(TensorError) -> Tensor {
    self == .convolving
      ? try correlated(input, gradient, geometry) : try correlated(gradient, input, geometry)
  }
}

/// From image and map to weight: the third of the linear maps.
private func correlated(_ x: Tensor, _ map: Tensor, _ geometry: ConvolutionGeometry) throws(TensorError) -> Tensor {
  let (image, saved) = (x.detached(), map.detached())
  return try ConvolutionRunner(geometry).weight(image, saved).recorded("conv2d_weight", x, map) {
    (node, g) throws(TensorError) in
    [
      node.needs(0) ? try ConvolutionMap.painting.recorded(node.input(1, saved), g, geometry) : nil,
      node.needs(1) ? try ConvolutionMap.convolving.recorded(node.input(0, image), g, geometry) : nil,
    ]
  }
}
