// SPDX-License-Identifier: Apache-2.0

/// The distance of two sets of vectors taken as two normal distributions.
///
///     ‖m₁ − m₂‖² + Tr(C₁ + C₂ − 2 (C₁^½ C₂ C₁^½)^½)
///
/// with means m and covariances C (divided by n − 1), in double precision, by the root of a symmetric matrix. On the
/// features of a judge this is a Fréchet classifier distance: figures compare only through the same judge. With fewer
/// vectors it comes out larger, so compare equal numbers. Dowson and Landau 1982; Heusel et al. 2017,
/// arXiv:1706.08500.
///
/// - Parameters:
///   - first: One set.
///   - second: The other, of vectors as long.
/// - Returns: The squared distance, 0 or more, in squared units of the features.
/// - Throws: `MetricError.mismatch`, `MetricError.tooFew` below two vectors, `MetricError.notFinite`.
public func frechetDistance(_ first: Features, _ second: Features) throws(MetricError) -> Double {
  try Features.check(first, second, for: "frechet", atLeast: 2)
  return NormalFit(first).distance(to: NormalFit(second))
}

/// The same with its standard error, by leaving out a tenth of either set at a time.
///
/// - Throws: As `frechetDistance(_:_:)`.
public func frechetEstimate(_ first: Features, _ second: Features) throws(MetricError) -> Estimate {
  try Features.check(first, second, for: "frechet", atLeast: 2)
  return Estimate(jackknifing: [first, second]) { NormalFit($0[0]).distance(to: NormalFit($0[1])) }
}

/// Mean and covariance of a set of vectors; kept when one set is compared with many.
public struct NormalFit: Sendable {
  let mean: [Double]
  private let covariance: [Double]

  /// The fit to some vectors, at least two.
  public init(_ features: Features) {
    let width = features.width
    var sums = [Double](repeating: 0, count: width)
    for row in 0..<features.count {
      for column in 0..<width { sums[column] += Double(features.values[row * width + column]) }
    }
    let mean = sums.map { $0 / Double(max(features.count, 1)) }
    var matrix = [Double](repeating: 0, count: width * width)
    var centred = [Double](repeating: 0, count: width)
    matrix.withUnsafeMutableBufferPointer { matrix in
      for row in 0..<features.count {
        for column in 0..<width { centred[column] = Double(features.values[row * width + column]) - mean[column] }
        for left in 0..<width {
          let factor = centred[left]
          for right in 0...left { matrix[left * width + right] += factor * centred[right] }
        }
      }
      for left in 0..<width {
        for right in 0...left {
          let value = matrix[left * width + right] / Double(max(features.count - 1, 1))
          (matrix[left * width + right], matrix[right * width + left]) = (value, value)
        }
      }
    }
    self.mean = mean
    covariance = matrix
  }

  /// The mean of the variances of all features.
  public var meanVariance: Double {
    let width = mean.count
    return (0..<width).reduce(0) { $0 + covariance[$1 * width + $1] } / Double(max(width, 1))
  }

  /// The squared distance of two fits of one width.
  public func distance(to other: NormalFit) -> Double {
    let shift = zip(mean, other.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let (own, others) = (matrix, other.matrix)
    let cross = SymmetricMatrix.sandwich(own.squareRoot(), others).eigen().values
    let overlap = cross.reduce(0) { $0 + max($1, 0).squareRoot() }
    return max(shift + own.trace + others.trace - 2 * overlap, 0)
  }

  private var matrix: SymmetricMatrix {
    var matrix = SymmetricMatrix(size: mean.count)
    matrix.elements = covariance
    return matrix
  }
}
