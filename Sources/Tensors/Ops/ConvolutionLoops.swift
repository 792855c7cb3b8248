// SPDX-License-Identifier: Apache-2.0

/// A convolution as matrix products over the patches of each image.
struct ConvolutionLoops {
  let geometry: ConvolutionGeometry

  init(_ geometry: ConvolutionGeometry) { self.geometry = geometry }

  private var patchSize: Int { geometry.channels * geometry.kernelHeight * geometry.kernelWidth }
  private var places: Int { geometry.rows * geometry.columns }

  /// From image and weight to map.
  func map(_ x: Tensor, _ weight: Tensor) throws(TensorError) -> Tensor {
    let kernel = try weight.reshaped(to: [geometry.maps, patchSize])
    var parts: [Tensor] = []
    for n in 0..<geometry.batch { parts.append(try matrixProduct(kernel, patches(of: x, n))) }
    return try parts.isEmpty ? .zeros(geometry.map) : stack(parts).reshaped(to: geometry.map)
  }

  /// From map and weight to image.
  func image(_ map: Tensor, _ weight: Tensor) throws(TensorError) -> Tensor {
    let kernel = try weight.reshaped(to: [geometry.maps, patchSize])
    let maps = try map.reshaped(to: [geometry.batch, geometry.maps, places])
    let result = try Tensor.zeros(geometry.image)
    for n in 0..<geometry.batch {
      let patches = try matrixProduct(kernel, maps.sliced([.index(n)]), transposingLeft: true)
      try patches.withFloats { (from) throws(TensorError) in
        let image = result.storage.bytes.assumingMemoryBound(to: Float.self) + n * result.count / geometry.batch
        forEachTap { patch, pixel in image[pixel] += from[patch] }
      }
    }
    return result
  }

  /// From image and map to weight.
  func weight(_ x: Tensor, _ map: Tensor) throws(TensorError) -> Tensor {
    let maps = try map.reshaped(to: [geometry.batch, geometry.maps, places])
    var total = try Tensor.zeros([geometry.maps, patchSize])
    for n in 0..<geometry.batch {
      total = try total + matrixProduct(maps.sliced([.index(n)]), patches(of: x, n), transposingRight: true)
    }
    return try total.reshaped(to: geometry.weight)
  }

  /// The patches of one image, [channel × kernel × kernel, rows × columns].
  private func patches(of x: Tensor, _ n: Int) throws(TensorError) -> Tensor {
    let result = try Tensor.zeros([patchSize, places])
    let out = result.storage.bytes.assumingMemoryBound(to: Float.self)
    try x.withFloats { (x) throws(TensorError) in
      let image = x + n * geometry.channels * geometry.height * geometry.width
      forEachTap { patch, pixel in out[patch] = image[pixel] }
    }
    return result
  }

  /// Calls `body` with the place in the patches and the pixel it stands for, leaving out the border.
  @inline(__always)
  private func forEachTap(_ body: (_ patch: Int, _ pixel: Int) -> Void) {
    let g = geometry
    var patch = 0
    for c in 0..<g.channels {
      for ky in 0..<g.kernelHeight {
        for kx in 0..<g.kernelWidth {
          for row in 0..<g.rows {
            let y = row * g.stride + ky - g.padding
            for column in 0..<g.columns {
              let x = column * g.stride + kx - g.padding
              if y >= 0, y < g.height, x >= 0, x < g.width { body(patch, (c * g.height + y) * g.width + x) }
              patch += 1
            }
          }
        }
      }
    }
  }
}
