// SPDX-License-Identifier: Apache-2.0
import Tensors

/// The elements of a tensor in figures, summed in double precision in the elements' order.
struct VectorFigures {
  let norm: Double
  let mean: Double
  let maximum: Double
  let zeroShare: Double
  let histogram: [Int]
  let isFinite: Bool

  static let bins = 10

  init(_ tensor: Tensor) throws(TensorError) {
    var squares = 0.0
    var total = 0.0
    var largest: Float = 0
    var zeros = 0
    var counts = [Int](repeating: 0, count: Self.bins)
    var finite = true
    try tensor.withUnsafeFloats { (elements) throws(TensorError) in
      for element in elements {
        squares += Double(element) * Double(element)
        total += Double(element)
        largest = Swift.max(largest, element.magnitude)
        if element == 0 { zeros += 1 }
      }
      finite = squares.isFinite && total.isFinite
      guard finite, largest > 0 else { return }
      let scale = Float(Self.bins) / (2 * largest)
      for element in elements {
        let bin = Int((element + largest) * scale)
        counts[Swift.min(Swift.max(bin, 0), Self.bins - 1)] += 1
      }
    }
    let count = Double(Swift.max(tensor.count, 1))
    norm = squares.squareRoot()
    mean = total / count
    maximum = Double(largest)
    zeroShare = Double(zeros) / count
    histogram = counts
    isFinite = finite
  }
}
