// SPDX-License-Identifier: Apache-2.0

/// How much of what is generated is like something real, and how much of what is real is like something generated.
public struct PrecisionRecall: Sendable, Hashable {
  /// The share of generated vectors inside the real ones' neighbourhoods: high when samples look right.
  public let precision: Double
  /// The share of real vectors inside the generated ones' neighbourhoods: low when samples lack variety.
  public let recall: Double
  /// The mean number of real neighbourhoods that a generated vector lies in, divided by k; about 1 when alike.
  public let density: Double
  /// The share of real neighbourhoods that hold a generated vector.
  public let coverage: Double
  /// How far the k-th neighbour of a generated vector is, divided by how far that of a real one is, in their own sets.
  ///
  /// The medians of both; well below 1 when samples crowd together.
  public let spacing: Double
  /// How many vectors of each set were compared.
  public let count: Int
  /// How far chance may have moved the density: the spread of what single vectors add to it.
  public let densityError: Double

  /// `precision`, `recall` and `coverage` with their errors as shares of `count` vectors.
  public var estimates: (precision: Estimate, recall: Estimate, coverage: Estimate) {
    func estimate(_ share: Double) -> Estimate { Estimate(share: Int((share * Double(count)).rounded()), of: count) }
    return (estimate(precision), estimate(recall), estimate(coverage))
  }
}

/// Precision, recall, density and coverage, with neighbourhoods that reach to the k-th neighbour in the same set.
///
/// As many vectors of each set are compared, the first ones. Kynkäänniemi et al. 2019, arXiv:1904.06991; Naeem et al.
/// 2020, arXiv:2002.09797, who show that precision and recall mistake outliers and do not reach 1 for equal sets.
///
/// - Parameters:
///   - generated: Vectors of samples.
///   - real: Vectors of real examples.
///   - neighbours: k.
///   - limit: The most vectors of each set; time grows with its square.
/// - Returns: All four, 0 … 1 except density.
/// - Throws: `MetricError.mismatch`, `MetricError.tooFew` below k + 1 vectors, `MetricError.notFinite`.
public func precisionAndRecall(
  generated: Features, real: Features, neighbours: Int = 5, limit: Int = 3000
) throws(MetricError) -> PrecisionRecall {
  guard neighbours >= 1 else { throw .argument(name: "k", value: "\(neighbours)", needs: "a whole number from 1") }
  try Features.check(generated, real, for: "precision_recall", atLeast: neighbours + 1)
  let count = min(generated.count, real.count, max(limit, neighbours + 1))
  let (fake, true_) = (generated.prefix(count), real.prefix(count))
  let realRadii = neighbourRadii(true_, neighbours)
  let fakeRadii = neighbourRadii(fake, neighbours)
  var inReal = 0
  var balls: [Double] = []
  var isRecalled = [Bool](repeating: false, count: count)
  var isCovered = [Bool](repeating: false, count: count)
  forEachRow(of: fake, distancesTo: true_) { row, distances in
    var hits = 0
    for (column, distance) in distances.enumerated() {
      if distance <= realRadii[column] {
        hits += 1
        isCovered[column] = true
      }
      if distance <= fakeRadii[row] { isRecalled[column] = true }
    }
    if hits > 0 { inReal += 1 }
    balls.append(Double(hits) / Double(neighbours))
  }
  let total = Double(count)
  let density = Estimate(meanOf: balls)
  return PrecisionRecall(
    precision: Double(inReal) / total, recall: Double(isRecalled.count { $0 }) / total,
    density: density.value, coverage: Double(isCovered.count { $0 }) / total,
    spacing: spacing(fakeRadii, realRadii), count: count, densityError: density.standardError)
}

/// The root of the ratio of the medians of squared distances; 1 if real ones have none.
private func spacing(_ fake: [Float], _ real: [Float]) -> Double {
  let (near, far) = (fake.sorted()[fake.count / 2], real.sorted()[real.count / 2])
  return far > 0 ? Double(near / far).squareRoot() : 1
}

/// The squared distance of each vector to its k-th neighbour in its own set, itself not counted.
func neighbourRadii(_ features: Features, _ neighbours: Int) -> [Float] {
  var radii = [Float](repeating: 0, count: features.count)
  forEachRow(of: features, distancesTo: features) { row, distances in
    var nearest = [Float](repeating: .infinity, count: neighbours)
    for (column, distance) in distances.enumerated() where column != row {
      insert(distance, into: &nearest)
    }
    radii[row] = nearest[neighbours - 1]
  }
  return radii
}

/// Keeps the smallest numbers in ascending order.
@inline(__always)
private func insert(_ distance: Float, into nearest: inout [Float]) {
  var place = nearest.count - 1
  guard distance < nearest[place] else { return }
  while place > 0, nearest[place - 1] > distance {
    nearest[place] = nearest[place - 1]
    place -= 1
  }
  nearest[place] = distance
}
