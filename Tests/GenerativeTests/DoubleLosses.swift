// SPDX-License-Identifier: Apache-2.0
import Generative
import Glibc
import Tensors
import Testing

// The losses written out once more, element by element in double precision, apart from the code under test.

func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

/// −t log σ(x) − (1 − t) log(1 − σ(x)).
func binaryCrossEntropy(_ logit: Double, target: Double) -> Double { softplus(logit) - logit * target }

func average(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }

func errorOfD(_ loss: AdversarialLoss, _ real: [Double], _ fake: [Double], target: Double) -> Double {
  switch loss {
  case .nonsaturating, .minimax:
    average(real.map { binaryCrossEntropy($0, target: target) })
      + average(fake.map { binaryCrossEntropy($0, target: 0) })
  case .leastSquares: average(real.map { ($0 - target) * ($0 - target) }) / 2 + average(fake.map { $0 * $0 }) / 2
  case .hinge: average(real.map { max(0, target - $0) }) + average(fake.map { max(0, 1 + $0) })
  case .wasserstein: average(fake) - average(real)
  }
}

func errorOfG(_ loss: AdversarialLoss, _ fake: [Double]) -> Double {
  switch loss {
  case .nonsaturating: average(fake.map { binaryCrossEntropy($0, target: 1) })
  case .minimax: -average(fake.map { binaryCrossEntropy($0, target: 0) })
  case .leastSquares: average(fake.map { ($0 - 1) * ($0 - 1) }) / 2
  case .hinge, .wasserstein: -average(fake)
  }
}

/// The mean negative log-probability of the labels under softmax.
func crossEntropy(_ logits: [[Double]], _ labels: [Int]) -> Double {
  average(
    zip(logits, labels).map { row, label in
      let top = row.max() ?? 0
      return log(row.reduce(0) { $0 + exp($1 - top) }) + top - row[label]
    })
}

/// The divergence of each code unit from the standard normal distribution, summed over the batch.
func divergences(_ means: [[Double]], _ logVariances: [[Double]]) -> [Double] {
  means[0].indices.map { unit in
    zip(means, logVariances).reduce(0) { total, code in
      let (mu, v) = (code.0[unit], code.1[unit])
      return total - 0.5 * (1 + v - mu * mu - exp(v))
    }
  }
}

func doubles(_ tensor: Tensor?) throws -> [Double] { try #require(tensor).scalars().map(Double.init) }

/// A matrix as rows.
func rows(_ tensor: Tensor?) throws -> [[Double]] {
  let matrix = try #require(tensor)
  let width = matrix.shape[1]
  let numbers = matrix.scalars().map(Double.init)
  return (0..<matrix.shape[0]).map { Array(numbers[$0 * width..<($0 + 1) * width]) }
}

/// Expects a value close to another, relative to the larger of 1 and its size.
func expectNear(
  _ found: Double?, _ expected: Double, within tolerance: Double = 2e-5,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard let found else {
    Issue.record("the value is missing", sourceLocation: sourceLocation)
    return
  }
  let difference = abs(found - expected) / max(1, abs(expected))
  #expect(difference <= tolerance, "\(found) against \(expected)", sourceLocation: sourceLocation)
}
