// SPDX-License-Identifier: Apache-2.0
import Figures
import Images
import Tensors

/// Pictures in tensors, as bitmaps.
enum TileReader {
  /// The pictures of a tensor, or nil when its shape is not one of pictures.
  ///
  /// [count, channel, height, width] with one or three channels, [count, channel, …] with others (each channel a
  /// picture), [count, height, width], [height, width], and [count, n²] for squares of at least 8 × 8.
  static func pictures(in tensor: Tensor) -> Tensor? {
    let sizes = tensor.shape.dimensions
    guard tensor.count > 0 else { return nil }
    let shape: [Int]
    switch sizes.count {
    case 2:
      let side = Int(Double(sizes[1]).squareRoot().rounded())
      // A row of 784 numbers is a picture; a square of numbers is one too.
      shape =
        side * side == sizes[1] && side >= 8 && sizes[0] != sizes[1]
        ? [sizes[0], 1, side, side] : [1, 1, sizes[0], sizes[1]]
    case 3: shape = sizes[0] == 3 && sizes[1] > 3 ? [1] + sizes : [sizes[0], 1, sizes[1], sizes[2]]
    case 4: shape = sizes[1] == 1 || sizes[1] == 3 ? sizes : [sizes[0] * sizes[1], 1, sizes[2], sizes[3]]
    default: return nil
    }
    return try? tensor.detached().reshaped(to: Shape(shape))
  }

  /// A bitmap for each picture of [count, 1 or 3, height, width].
  static func tiles(_ tensor: Tensor, range: ClosedRange<Float>) -> [Bitmap?] {
    let sizes = tensor.shape.dimensions
    guard sizes.count == 4, tensor.count > 0 else { return [] }
    let values = tensor.scalars()
    let size = values.count / sizes[0]
    return (0..<sizes[0]).map { index in
      tile(values[(index * size)..<((index + 1) * size)], shape: Array(sizes[1...]), range: range)
    }
  }

  /// One picture, [channel, height, width] with one or three channels; nil for other shapes.
  static func tile(_ values: ArraySlice<Float>, shape: [Int], range: ClosedRange<Float>) -> Bitmap? {
    guard shape.count == 3 else { return nil }
    return try? Bitmap(width: shape[2], height: shape[1], values: values, range: range)
  }
}
