// SPDX-License-Identifier: Apache-2.0
public import Datasets
import Tensors

/// An example of the data and how far it is.
public struct Neighbour: Sendable, Hashable {
  /// Its place in the data.
  public let index: Int
  /// Its Euclidean distance, with pixels in 0 … 1.
  public let distance: Double
}

/// The k nearest examples of the data to each of some examples, nearest first.
///
/// Distances are first estimated by matrix products, some thousand examples at a time; the best are then measured
/// exactly.
///
/// - Parameters:
///   - examples: Pixels in 0 … 1.
///   - data: Where to look; its own scale is left aside.
///   - count: k.
///   - isExcludingItself: Whether an example at distance 0 is passed over, as when the data are searched for themselves.
///   - shouldStop: Asked between blocks.
/// - Returns: k neighbours for each example.
/// - Throws: `MetricError.mismatch`, `MetricError.tooFew`, `MetricError.stopped`.
public func nearestImages(
  to examples: Features, in data: Dataset, count: Int = 1, isExcludingItself: Bool = false,
  shouldStop: () -> Bool = { false }
) throws(MetricError) -> [[Neighbour]] {
  guard examples.width == data.exampleSize else {
    throw .mismatch(measure: "nearest", left: [examples.width], right: data.exampleShape)
  }
  guard count >= 1, count <= data.count else {
    throw .argument(name: "k", value: "\(count)", needs: "a whole number from 1 to \(data.count)")
  }
  return try measuring {
    var found = Array(repeating: [Neighbour](), count: examples.count)
    let plain = data.unscaled
    let query = try Tensor(examples.values, shape: [examples.count, examples.width])
    let lengths = try sum(query * query, alongAxis: 1, keepingDimensions: true)
    // A few more than asked for, because estimates may be in the wrong order.
    let kept = count + 4 + (isExcludingItself ? 1 : 0)
    for start in stride(from: 0, to: plain.count, by: 4096) {
      if shouldStop() { throw MetricError.stopped }
      let rows = Array(start..<min(start + 4096, plain.count))
      let block = try plain.batch(rows).x.reshaped(to: [rows.count, examples.width])
      let others = try sum(block * block, alongAxis: 1)
      let estimates = try (lengths + others - matmul(query, block.transposed()) * 2).scalars()
      let exact = Features(block)
      for example in 0..<examples.count {
        let line = estimates[example * rows.count..<(example + 1) * rows.count]
        found[example] = merged(found[example], line, example, examples, exact, start, kept)
      }
    }
    return found.map { neighbours in
      let others = isExcludingItself ? neighbours.filter { $0.distance > 0 } : neighbours
      return Array(others.prefix(count))
    }
  }
}

/// The best of those found before and of a block, measured exactly.
private func merged(
  _ before: [Neighbour], _ estimates: ArraySlice<Float>, _ example: Int, _ examples: Features, _ block: Features,
  _ start: Int, _ kept: Int
) -> [Neighbour] {
  let worst = before.count < kept ? Float.infinity : Float(before[before.count - 1].distance)
  var candidates: [(place: Int, estimate: Float)] = []
  for (place, estimate) in estimates.enumerated() where estimate < worst * worst + 1e-3 {
    guard candidates.count == kept else {
      candidates.append((place, estimate))
      if candidates.count == kept { candidates.sort { $0.estimate < $1.estimate } }
      continue
    }
    guard estimate < candidates[kept - 1].estimate else { continue }
    candidates[kept - 1] = (place, estimate)
    var index = kept - 1
    while index > 0, candidates[index - 1].estimate > candidates[index].estimate {
      candidates.swapAt(index - 1, index)
      index -= 1
    }
  }
  let width = examples.width
  let measured = candidates.map { candidate in
    let squared = examples.values.withUnsafeBufferPointer { a in
      block.values.withUnsafeBufferPointer { squaredDistance(a, example * width, $0, candidate.place * width, width) }
    }
    return Neighbour(index: start + candidate.place, distance: Double(squared).squareRoot())
  }
  return Array((before + measured).sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }.prefix(kept))
}
