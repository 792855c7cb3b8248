// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// One element picked out of each window of a pooling, at other places in every plane.
struct WindowPicking {
  let windows: PoolingWindows
  /// For each window, where in its plane the element is, as 32-bit numbers.
  let winners: Storage
  /// Whether they, and what was pooled, lie pixel by pixel.
  let hasPixels: Bool

  private var places: UnsafeMutablePointer<Int32> { winners.bytes.assumingMemoryBound(to: Int32.self) }

  /// The activation of the largest element of each window; notes where it was.
  func largest(_ x: Tensor, _ activation: Activation) throws(TensorError) -> Tensor {
    let finish = activation.function
    let count = windows.pooledSize * (hasPixels ? windows.image[1] : 1)
    let places = places
    let x = hasPixels ? x : x.inRowMajorOrder()
    return try x.withFloatsAsTheyLie { (x) throws(TensorError) in
      try .making(windows.pooled, in: hasPixels ? PixelOrder(windows.pooled) : nil) { (out) throws(TensorError) in
        try windows.inPlanes(hasPixels: hasPixels) { shape, range in
          kernels.poolings.maximum(shape, x, out, places, range.lowerBound, range.upperBound)
          // While they are still in the cache.
          guard let (function, slope) = finish else { return }
          kernels.elementwise.map(
            function, slope, 0, out, out, range.lowerBound * count, range.upperBound * count)
        }
      }
    }
  }

  /// Zeros to which each element is added at its place.
  func adding(_ g: Tensor) throws(TensorError) -> Tensor {
    let places = places
    let order = hasPixels ? PixelOrder(windows.pooled) : nil
    let gradient = try order.map { (order) throws(TensorError) in try g.withChannelsInnermost(order) }
    let x = try (gradient ?? g.inRowMajorOrder()).withFloatsAsTheyLie { (g) throws(TensorError) in
      try Tensor.making(windows.image, in: hasPixels ? PixelOrder(windows.image) : nil) { (out) throws(TensorError) in
        try windows.inPlanes(hasPixels: hasPixels) { shape, range in
          kernels.poolings.maximumBackward(shape, g, places, out, range.lowerBound, range.upperBound)
        }
      }
    }
    return x.recorded("max_pool2d_backward", g) { (_, outer) throws(TensorError) in [try taking(outer)] }
  }

  /// The elements at the places.
  private func taking(_ x: Tensor) throws(TensorError) -> Tensor {
    let (places, count, size) = (places, windows.pooledSize, windows.planeSize)
    let channels = windows.image[1]
    let hasPixels = hasPixels
    let y = try x.withFloats { (x) throws(TensorError) in
      try Tensor.making(windows.pooled) { (out) throws(TensorError) in
        try windows.inPlanes { _, planes in
          for i in planes.lowerBound * count..<planes.upperBound * count {
            let plane = i / count
            let pixel = hasPixels ? (plane / channels * count + i % count) * channels + plane % channels : i
            out[i] = x[plane * size + Int(places[pixel])]
          }
        }
      }
    }
    return y.recorded("take", x) { (_, g) throws(TensorError) in [try adding(g)] }
  }
}
