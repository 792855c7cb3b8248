// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Images with channels innermost, [image, place, channel], which is how the kernels of convolutions work.
///
/// Between convolutions, normalisations, activations and pooling images stay so; whoever else asks for the elements
/// finds them in row-major order, [image, channel, place]. It is an order in memory only: no sum depends on it.
struct PixelOrder: Equatable {
  let images, channels, places: Int

  /// The order that images of a shape may be kept in, or nil when it is the same as the row-major one.
  init?(_ shape: Shape) {
    guard shape.rank == 4 else { return nil }
    (images, channels, places) = (shape[0], shape[1], shape[2] &* shape[3])
    guard images > 0, channels > 1, places > 1 else { return nil }
  }

  var count: Int { images &* channels &* places }

  /// Writes elements in row-major order elsewhere.
  func putInRowMajorOrder(_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) {
    transposeImages(source, target, rows: places, columns: channels)
  }

  /// Writes elements that are in row-major order with channels innermost elsewhere.
  func putChannelsInnermost(_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) {
    transposeImages(source, target, rows: channels, columns: places)
  }

  private func transposeImages(
    _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, rows: Int, columns: Int
  ) {
    let size = rows * columns
    inShortRanges(images, cost: 0.3 * Double(size)) { range in
      for image in range {
        kernels.elementwise.transpose(
          source + image * size, columns, columns, target + image * size, rows, 0, rows)
      }
    }
  }

  /// Puts elements in row-major order without any memory, for when there is none left: slow.
  ///
  /// Each cycle of the permutation is walked once, from its smallest place on.
  func putInRowMajorOrder(inPlace elements: UnsafeMutablePointer<Float>) {
    let size = places * channels
    func source(_ place: Int) -> Int { place % places * channels + place / places }
    for image in 0..<images {
      let image = elements + image * size
      for start in 0..<size {
        var place = source(start)
        while place > start { place = source(place) }
        guard place == start else { continue }
        let first = image[start]
        var hole = start
        while source(hole) != start {
          image[hole] = image[source(hole)]
          hole = source(hole)
        }
        image[hole] = first
      }
    }
  }
}

extension Tensor {
  /// How this tensor's elements lie, when they lie as images of its own shape with channels innermost.
  ///
  /// What lies as images of another shape is put in row-major order: a caller asks for this before any address.
  var pixelOrder: PixelOrder? {
    guard let order = storage.pixelOrder else { return nil }
    if order == PixelOrder(shape) { return order }
    _ = storage.bytes
    return nil
  }

  /// This tensor, whose elements lie in row-major order from now on.
  func inRowMajorOrder() -> Tensor {
    _ = storage.bytes
    return self
  }

  /// The same elements with channels innermost.
  ///
  /// Throws when there is no memory for them.
  func withChannelsInnermost(_ order: PixelOrder) throws(TensorError) -> Tensor {
    if pixelOrder == order { return self }
    let result = try Storage(order, for: shape)
    order.putChannelsInnermost(UnsafePointer(storage.floats), result.floatsAsTheyLie)
    return Tensor(result, shape)
  }

  /// A new float tensor whose elements `body` writes, in the order given or else row-major.
  static func making(
    _ shape: Shape, in order: PixelOrder?, _ body: (UnsafeMutablePointer<Float>) throws(TensorError) -> Void
  ) throws(TensorError) -> Tensor {
    guard let order else { return try making(shape, body) }
    let result = Tensor(try Storage(order, for: shape), shape)
    try body(result.storage.floatsAsTheyLie)
    return result
  }

  /// Lends the elements of a float tensor as they lie, which `pixelOrder` tells.
  func withFloatsAsTheyLie<Result>(
    _ body: (UnsafePointer<Float>) throws(TensorError) -> Result
  ) throws(TensorError) -> Result {
    precondition(dtype == .float32, "asked for the floats of a tensor of another type")
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafePointer(storage.floatsAsTheyLie))
  }
}

/// How the elements of two tensors of one shape both lie, nil for row-major; if they differ, both are put in that.
func commonPixelOrder(_ a: Tensor, _ b: Tensor) -> PixelOrder? {
  let (left, right) = (a.pixelOrder, b.pixelOrder)
  // Asked again: the second may share the elements of the first and have put them in order.
  if left == right, a.pixelOrder == left { return left }
  _ = (a.storage.bytes, b.storage.bytes)
  return nil
}
