// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// The windows of a pooling over [batch, channel, height, width].
struct PoolingWindows {
  let image: Shape
  let pooled: Shape
  let size, stride: Int

  init(_ operation: String, _ shape: Shape, size: Int, stride: Int) throws(TensorError) {
    guard shape.rank == 4 else {
      throw .unsuitable(operation: operation, shape: shape, needs: "[batch, channel, height, width]")
    }
    guard size > 0, stride > 0 else {
      throw .argument(
        operation: operation, name: size > 0 ? "stride" : "k", value: "\(size > 0 ? stride : size)",
        needs: "at least 1")
    }
    guard shape[2] >= size, shape[3] >= size, shape[2] &* shape[3] <= Int(Int32.max) else {
      throw .unsuitable(operation: operation, shape: shape, needs: "images of at least \(size)×\(size)")
    }
    self.size = size
    self.stride = stride
    image = shape
    pooled = [shape[0], shape[1], (shape[2] - size) / stride + 1, (shape[3] - size) / stride + 1]
  }

  /// How many planes there are, and how many elements one has.
  var planes: Int { image[0] * image[1] }
  var planeSize: Int { image[2] * image[3] }
  var pooledSize: Int { pooled[2] * pooled[3] }

  /// Calls `body` with ranges of planes, or of images that lie pixel by pixel, on several threads when that pays.
  func inPlanes(
    hasPixels: Bool = false, _ body: (UnsafePointer<PoolShape>, Range<Int>) -> Void
  ) throws(TensorError) {
    let channels = hasPixels ? image[1] : 1
    var shape = PoolShape(
      height: image[2], width: image[3], rows: pooled[2], columns: pooled[3], size: size, stride: stride,
      channels: channels)
    try withExtendedPointer(&shape) { (shape) throws(TensorError) in
      let cost = Double(pooledSize) * Double(size * size) * 0.2 + Double(planeSize) * 0.1
      try inRanges(planes / channels, cost: cost * Double(channels)) { range in body(shape, range) }
    }
  }
}

/// The largest element of each window of `size` × `size`, `stride` apart (as far as the size unless given), then an
/// activation.
///
/// `x` is [batch, channel, height, width]; what does not fill a window at the edge is left out. The gradient goes to
/// the first largest. Throws when the images are smaller than a window.
public func maxPool2d(
  _ x: Tensor, size: Int, stride: Int? = nil, activation: Activation = .identity
) throws(TensorError) -> Tensor {
  if !activation.isKnownByItsValue {
    return try activate(maxPool2d(x, size: size, stride: stride), activation)
  }
  let x = try x.floats()
  let windows = try PoolingWindows("max_pool2d", x.shape, size: size, stride: stride ?? size)
  let picking = WindowPicking(
    windows: windows, winners: try Storage(.float32, count: windows.pooled.count, for: windows.pooled),
    hasPixels: x.pixelOrder != nil && PixelOrder(windows.pooled) != nil)
  let y = try picking.largest(x.detached(), activation)
  return y.recorded("max_pool2d", x) { (node, g) throws(TensorError) in
    [try picking.adding(activation.backward(g, value: node.output(y)))]
  }
}

/// The mean of each window of `size` × `size`, `stride` apart (as far as the size unless given).
///
/// `x` is [batch, channel, height, width]; what does not fill a window at the edge is left out. Throws when the images
/// are smaller than a window.
public func averagePool2d(_ x: Tensor, size: Int, stride: Int? = nil) throws(TensorError) -> Tensor {
  let x = try x.floats()
  let windows = try PoolingWindows("avg_pool2d", x.shape, size: size, stride: stride ?? size)
  return try summed("avg_pool2d", x, windows, times: 1 / Float(size * size))
}

/// The sum of each window times a factor.
private func summed(
  _ operation: StaticString, _ x: Tensor, _ windows: PoolingWindows, times factor: Float
) throws(TensorError) -> Tensor {
  let y = try x.withFloats { (x) throws(TensorError) in
    try Tensor.making(windows.pooled) { (out) throws(TensorError) in
      try windows.inPlanes { shape, range in
        kernels.poolings.sum(shape, factor, x, out, range.lowerBound, range.upperBound)
      }
    }
  }
  return y.recorded(operation, x) { (_, g) throws(TensorError) in
    [try spread("avg_pool2d_backward", g, windows, times: factor)]
  }
}

/// Each element times a factor, added to all of its window: the adjoint of `summed`.
private func spread(
  _ operation: StaticString, _ x: Tensor, _ windows: PoolingWindows, times factor: Float
) throws(TensorError) -> Tensor {
  let y = try x.withFloats { (x) throws(TensorError) in
    try Tensor.making(windows.image) { (out) throws(TensorError) in
      try windows.inPlanes { shape, range in
        kernels.poolings.spread(shape, factor, x, out, range.lowerBound, range.upperBound)
      }
    }
  }
  return y.recorded(operation, x) { (_, g) throws(TensorError) in
    [try summed("upsample_backward", g, windows, times: factor)]
  }
}

/// Each pixel repeated `factor` times in both directions: [batch, channel, height, width] to `factor` times the sides.
///
/// Throws when the factor is below 1.
public func upsampleNearest2d(_ x: Tensor, factor: Int) throws(TensorError) -> Tensor {
  guard x.rank == 4 else {
    throw .unsuitable(operation: "upsample", shape: x.shape, needs: "[batch, channel, height, width]")
  }
  guard factor > 0, factor < 1 << 16 else {
    throw .argument(operation: "upsample", name: "k", value: "\(factor)", needs: "at least 1")
  }
  if factor == 1 { return x }
  let x = try x.floats()
  let shape: Shape = [x.shape[0], x.shape[1], x.shape[2] &* factor, x.shape[3] &* factor]
  // Each pixel belongs to all of the window of the larger image that it stands for.
  return try spread("upsample", x, PoolingWindows("upsample", shape, size: factor, stride: factor), times: 1)
}
