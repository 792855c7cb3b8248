// SPDX-License-Identifier: Apache-2.0

/// The windows of a pooling over [batch, channel, height, width].
struct PoolingWindows {
  let planes, height, width, rows, columns, size, stride: Int
  let image: Shape
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
    image = shape
    pooled = [shape[0], shape[1], rows, columns]
  }

  /// Calls `body` with the place of each window of some planes in the result and of its first pixel.
  @inline(__always)
  func forEach(_ planes: Range<Int>, _ body: (_ place: Int, _ corner: Int) -> Void) {
    var place = planes.lowerBound * rows * columns
    for plane in planes {
      for row in 0..<rows {
        let line = (plane * height + row * stride) * width
        for column in 0..<columns {
          body(place, line + column * stride)
          place += 1
        }
      }
    }
  }

  /// Runs `body` on ranges of planes, on several threads when that pays.
  @inline(__always)
  func inPlanes(_ body: (Range<Int>) -> Void) throws(TensorError) {
    try inRanges(planes, cost: Double(rows * columns) * Double(size * size) * 0.7, body)
  }
}

/// The largest element of each window of `size` × `size`, `stride` apart (as far as the size unless given).
///
/// `x` is [batch, channel, height, width]; what does not fill a window at the edge is left out. The gradient goes to
/// the first largest. Throws when the images are smaller than a window.
public func maxPool2d(_ x: Tensor, size: Int, stride: Int? = nil) throws(TensorError) -> Tensor {
  let x = try x.floats()
  let windows = try PoolingWindows("max_pool2d", x.shape, size: size, stride: stride ?? size)
  let places = try Tensor.uninitialized(windows.pooled, .int64)
  let y = try largest(x.detached(), windows, places)
  // A plane is a block, so that the threads can share the planes.
  let plane = windows.height * windows.width
  return y.recorded("max_pool2d", x) { (_, g) throws(TensorError) in
    [
      try PlanePicking(places: places, planes: windows.planes, size: plane, from: windows.image, to: windows.pooled)
        .adding(g)
    ]
  }
}

/// The largest of each window; its place in its plane goes into `places`.
private func largest(_ x: Tensor, _ windows: PoolingWindows, _ places: Tensor) throws(TensorError) -> Tensor {
  let found = places.storage.bytes.assumingMemoryBound(to: Int64.self)
  defer { withExtendedLifetime(places.storage) {} }
  return try x.withFloats { (x) throws(TensorError) in
    try .making(windows.pooled) { (out) throws(TensorError) in
      let plane = windows.height * windows.width
      try windows.inPlanes { planes in
        windows.forEach(planes) { place, corner in
          var best = corner
          var value = x[corner]
          for dy in 0..<windows.size {
            for pixel in corner + dy * windows.width..<corner + dy * windows.width + windows.size {
              let candidate = x[pixel]
              if candidate > value || (candidate.isNaN && !value.isNaN) {
                best = pixel
                value = candidate
              }
            }
          }
          out[place] = value
          found[place] = Int64(best % plane)
        }
      }
    }
  }
}

/// The mean of each window of `size` × `size`, `stride` apart (as far as the size unless given).
///
/// `x` is [batch, channel, height, width]; what does not fill a window at the edge is left out. Throws when the images
/// are smaller than a window.
public func averagePool2d(_ x: Tensor, size: Int, stride: Int? = nil) throws(TensorError) -> Tensor {
  let x = try x.floats()
  let windows = try PoolingWindows("avg_pool2d", x.shape, size: size, stride: stride ?? size)
  return try averaged(x, windows)
}

private func averaged(_ x: Tensor, _ windows: PoolingWindows) throws(TensorError) -> Tensor {
  let share = 1 / Float(windows.size * windows.size)
  let y = try x.withFloats { (x) throws(TensorError) in
    try Tensor.making(windows.pooled) { (out) throws(TensorError) in
      try windows.inPlanes { planes in
        windows.forEach(planes) { place, corner in
          var total: Float = 0
          for dy in 0..<windows.size {
            for dx in 0..<windows.size { total += x[corner + dy * windows.width + dx] }
          }
          out[place] = total * share
        }
      }
    }
  }
  return y.recorded("avg_pool2d", x) { (_, g) throws(TensorError) in [try spread(g, windows)] }
}

/// Each element shared out over its window: the adjoint of `averaged`.
private func spread(_ g: Tensor, _ windows: PoolingWindows) throws(TensorError) -> Tensor {
  let share = 1 / Float(windows.size * windows.size)
  let result = try Tensor.zeros(windows.image)
  let out = result.storage.floats
  try g.withFloats { (g) throws(TensorError) in
    try windows.inPlanes { planes in
      windows.forEach(planes) { place, corner in
        for dy in 0..<windows.size {
          for dx in 0..<windows.size { out[corner + dy * windows.width + dx] += g[place] * share }
        }
      }
    }
  }
  return result.recorded("avg_pool2d_backward", g) { (_, outer) throws(TensorError) in
    [try averaged(outer, windows)]
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
