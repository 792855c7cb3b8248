// SPDX-License-Identifier: Apache-2.0

/// The windows of a pooling over [batch, channel, height, width].
private struct Windows {
  let planes, height, width, rows, columns, size, stride: Int
  let pooled: Shape

  init(_ operation: String, _ shape: Shape, size: Int, stride: Int) throws(TensorError) {
    guard shape.rank == 4 else {
      throw .unsuitable(operation: operation, shape: shape, needs: "[batch, channel, height, width]")
    }
    guard size > 0, stride > 0 else {
      throw .argument(
        operation: operation, name: size > 0 ? "stride" : "k", value: "\(size > 0 ? stride : size)",
        needs: "at least 1")
    }
    guard shape[2] >= size, shape[3] >= size else {
      throw .unsuitable(operation: operation, shape: shape, needs: "images of at least \(size)×\(size)")
    }
    self.size = size
    self.stride = stride
    planes = shape[0] * shape[1]
    height = shape[2]
    width = shape[3]
    rows = (height - size) / stride + 1
    columns = (width - size) / stride + 1
    pooled = [shape[0], shape[1], rows, columns]
  }

  /// Calls `body` with the place of each window in the result and of its first pixel.
  @inline(__always)
  func forEach(_ body: (_ place: Int, _ corner: Int) -> Void) {
    var place = 0
    for plane in 0..<planes {
      for row in 0..<rows {
        for column in 0..<columns {
          body(place, (plane * height + row * stride) * width + column * stride)
          place += 1
        }
      }
    }
  }
}

/// The largest element of each window of `size` × `size`, `stride` apart (as far as the size unless given).
///
/// `x` is [batch, channel, height, width]; what does not fill a window at the edge is left out. The gradient goes to
/// the first largest. Throws when the images are smaller than a window.
public func maxPool2d(_ x: Tensor, size: Int, stride: Int? = nil) throws(TensorError) -> Tensor {
  let x = try x.floats()
  let windows = try Windows("max_pool2d", x.shape, size: size, stride: stride ?? size)
  let places = try x.withFloats { (x) throws(TensorError) in
    try Tensor.making(windows.pooled, .int64, of: Int64.self) { (out) throws(TensorError) in
      windows.forEach { place, corner in
        var best = corner
        for dy in 0..<size {
          for dx in 0..<size {
            let pixel = corner + dy * windows.width + dx
            if x[pixel] > x[best] || (x[pixel].isNaN && !x[best].isNaN) { best = pixel }
          }
        }
        out[place] = Int64(best)
      }
    }
  }
  return try take(x.reshaped(to: [x.count]), indices: places)
}

/// The mean of each window of `size` × `size`, `stride` apart (as far as the size unless given).
///
/// `x` is [batch, channel, height, width]; what does not fill a window at the edge is left out. Throws when the images
/// are smaller than a window.
public func averagePool2d(_ x: Tensor, size: Int, stride: Int? = nil) throws(TensorError) -> Tensor {
  let x = try x.floats()
  let windows = try Windows("avg_pool2d", x.shape, size: size, stride: stride ?? size)
  let own = x.shape
  return try averaged(x, windows).recorded("avg_pool2d", x) { (_, g) throws(TensorError) in
    [try spread(g, windows, own)]
  }
}

private func averaged(_ x: Tensor, _ windows: Windows) throws(TensorError) -> Tensor {
  let share = 1 / Float(windows.size * windows.size)
  return try x.withFloats { (x) throws(TensorError) in
    try Tensor.making(windows.pooled) { (out) throws(TensorError) in
      windows.forEach { place, corner in
        var total: Float = 0
        for dy in 0..<windows.size {
          for dx in 0..<windows.size { total += x[corner + dy * windows.width + dx] }
        }
        out[place] = total * share
      }
    }
  }
}

/// Each element shared out over its window: the adjoint of `averaged`.
private func spread(_ g: Tensor, _ windows: Windows, _ shape: Shape) throws(TensorError) -> Tensor {
  let share = 1 / Float(windows.size * windows.size)
  let result = try Tensor.zeros(shape)
  let out = result.storage.bytes.assumingMemoryBound(to: Float.self)
  try g.withFloats { (g) throws(TensorError) in
    windows.forEach { place, corner in
      for dy in 0..<windows.size {
        for dx in 0..<windows.size { out[corner + dy * windows.width + dx] += g[place] * share }
      }
    }
  }
  return result.recorded("avg_pool2d_backward", g) { (_, outer) throws(TensorError) in
    [try averagePool2d(outer, size: windows.size, stride: windows.stride)]
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
  let (n, c, h, w) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3])
  let tall = try x.floats().reshaped(to: [n, c, h, 1, w, 1])
  return try tall.broadcast(to: [n, c, h, factor, w, factor]).reshaped(to: [n, c, h * factor, w * factor])
}
