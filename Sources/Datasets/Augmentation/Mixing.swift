// SPDX-License-Identifier: Apache-2.0
import Tensors

/// How two images and their labels become one.
public enum Mixing: Sendable, Hashable, CustomStringConvertible {
  /// A weighted mean of two images, with the weight drawn from Beta(α, α). Zhang et al. 2017, arXiv:1710.09412.
  case mixup(alpha: Double)
  /// A rectangle of one image in the other, its area drawn from Beta(α, α). Yun et al. 2019, arXiv:1905.04899.
  case cutMix(alpha: Double)

  func check() throws(DatasetError) {
    guard alpha > 0, alpha <= 1000 else {
      throw .invalid(argument: "alpha", value: shortText(alpha), allowed: "above 0, at most 1000")
    }
  }

  private var alpha: Double {
    switch self {
    case .mixup(let alpha), .cutMix(let alpha): alpha
    }
  }

  /// As in `mixup α 0.2`.
  public var description: String {
    switch self {
    case .mixup(let alpha): "mixup α \(shortText(alpha))"
    case .cutMix(let alpha): "cutmix α \(shortText(alpha))"
    }
  }

  /// The image with another mixed in, and the weight that is left of its own label.
  func mixed(
    _ image: [Float], with other: [Float], shape: [Int], _ generator: inout SplitMix64
  ) -> (values: [Float], weight: Float) {
    let share = betaDraw(alpha, &generator)
    switch self {
    case .mixup:
      let weight = Float(share)
      return (zip(image, other).map { $0 * weight + $1 * (1 - weight) }, weight)
    case .cutMix:
      let (height, width) = (shape[1], shape[2])
      let side = (1 - share).squareRoot()
      let (rows, columns) = (Int((side * Double(height)).rounded()), Int((side * Double(width)).rounded()))
      let top = Int(generator.next() % UInt64(height - rows + 1))
      let left = Int(generator.next() % UInt64(width - columns + 1))
      var values = image
      for plane in 0..<shape[0] {
        for row in top..<top + rows {
          let start = (plane * height + row) * width + left
          values.replaceSubrange(start..<start + columns, with: other[start..<start + columns])
        }
      }
      return (values, 1 - Float(rows * columns) / Float(height * width))
    }
  }
}

/// A draw from Beta(α, α), from two draws of Gamma(α).
private func betaDraw(_ alpha: Double, _ generator: inout SplitMix64) -> Double {
  let (first, second) = (gammaDraw(alpha, &generator), gammaDraw(alpha, &generator))
  return first + second > 0 ? first / (first + second) : 0.5
}

/// A draw from Gamma(α).
///
/// Marsaglia and Tsang 2000.
private func gammaDraw(_ alpha: Double, _ generator: inout SplitMix64) -> Double {
  guard alpha >= 1 else {
    return gammaDraw(alpha + 1, &generator) * scalarPower(max(generator.uniform(), 1e-300), 1 / alpha)
  }
  let d = alpha - 1.0 / 3
  let c = 1 / (9 * d).squareRoot()
  while true {
    let x = generator.bell()
    let v = 1 + c * x
    guard v > 0 else { continue }
    let cube = v * v * v
    if scalarLog(max(generator.uniform(), 1e-300)) < 0.5 * x * x + d * (1 - cube + scalarLog(cube)) { return d * cube }
  }
}
