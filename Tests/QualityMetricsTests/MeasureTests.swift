// SPDX-License-Identifier: Apache-2.0
import Datasets
import Tensors
import Testing

@testable import QualityMetrics

@Suite struct MeasureTests {
  @Test("Two one-dimensional normals: the distance is that of means and deviations")
  func closedForm() throws {
    // Exactly mean 0 variance 2 against mean 3 variance 8, both divided by n − 1.
    let a = Features(count: 3, width: 1, values: [-1.4142135, 0, 1.4142135])
    let b = Features(count: 3, width: 1, values: [3 - 2.828427, 3, 3 + 2.828427])
    let expected = 9 + (2.0.squareRoot() - 8.0.squareRoot()) * (2.0.squareRoot() - 8.0.squareRoot())
    #expect(abs(try frechetDistance(a, b) - expected) < 1e-5)
  }

  @Test("A matrix times its eigenvectors is they times its eigenvalues, and its root squared is itself")
  func eigen() throws {
    var matrix = SymmetricMatrix(size: 12)
    let numbers = try RandomStream(seed: 5).normal([12, 12]).scalars().map(Double.init)
    for row in 0..<12 {
      for column in 0..<12 {
        matrix[row, column] = (0..<12).reduce(0) { $0 + numbers[row * 12 + $1] * numbers[column * 12 + $1] }
      }
    }
    let (values, vectors) = matrix.eigen()
    for index in 0..<12 {
      for row in 0..<12 {
        let image = (0..<12).reduce(0) { $0 + matrix[row, $1] * vectors[$1, index] }
        #expect(abs(image - values[index] * vectors[row, index]) < 1e-9 * matrix.trace)
      }
    }
    let root = matrix.squareRoot()
    for row in 0..<12 {
      for column in 0..<12 {
        let square = (0..<12).reduce(0) { $0 + root[row, $1] * root[$1, column] }
        #expect(abs(square - matrix[row, column]) < 1e-9 * matrix.trace)
      }
    }
  }

  @Test("The kernel distance has an error bar also where all vectors fit one block, and it covers the truth")
  func kernelDistanceError() throws {
    var estimates: [Estimate] = []
    for draw in 0..<8 {
      let (a, b) = (try vectors(200, 8, seed: UInt64(2 * draw + 1)), try vectors(200, 8, seed: UInt64(2 * draw + 2)))
      estimates.append(try kernelDistance(a, b))
    }
    #expect(estimates.allSatisfy { $0.standardError > 0 })
    #expect(estimates.count { abs($0.value) < 3 * $0.standardError } >= 6)
  }

  @Test("Equal sets: full precision and coverage, kernel distance near zero; far sets: none")
  func extremes() throws {
    let a = try vectors(300, 8, seed: 1)
    let b = try vectors(300, 8, seed: 2)
    let far = try vectors(300, 8, seed: 3, shift: 50)
    let same = try precisionAndRecall(generated: a, real: a)
    #expect(same.precision == 1 && same.recall == 1 && same.coverage == 1)
    let alike = try precisionAndRecall(generated: a, real: b)
    #expect(alike.precision > 0.85 && alike.recall > 0.85 && alike.coverage > 0.85)
    #expect(abs(alike.density - 1) < 0.15)
    let apart = try precisionAndRecall(generated: far, real: a)
    #expect(apart.precision == 0 && apart.recall == 0 && apart.density == 0 && apart.coverage == 0)
    let kernel = try kernelDistance(a, b, blockSize: 50)
    #expect(abs(kernel.value) < 4 * kernel.standardError + 1e-3)
  }

  @Test("A collapsed set keeps its precision and loses its recall")
  func collapse() throws {
    let real = try vectors(300, 8, seed: 1)
    let narrow = try vectors(300, 8, seed: 2, scale: 0.1)
    let found = try precisionAndRecall(generated: narrow, real: real)
    #expect(found.precision > 0.95)
    #expect(found.recall < 0.3)
    #expect(found.coverage < 0.6)
    #expect(abs(found.spacing - 0.1) < 0.02, "samples lie a tenth as far apart")
  }

  @Test("Class shares: zero divergence when equal, log of the share when all is one class")
  func classes() throws {
    let equal = try ClassBalance(counts: [10, 20], realCounts: [100, 200])
    #expect(abs(equal.divergence) < 1e-12)
    #expect(equal.modes == 2 && equal.missing.isEmpty)
    let one = try ClassBalance(counts: [0, 0, 100, 0], realCounts: [50, 50, 50, 50])
    #expect(abs(one.divergence - 1.3862943611) < 1e-9)
    #expect(one.modes == 1)
    #expect(one.missing == [0, 1, 3])
    // Few samples: absence proves nothing.
    #expect(try ClassBalance(counts: [0, 8], realCounts: [50, 50]).missing.isEmpty)
    #expect(throws: MetricError.self) { try ClassBalance(counts: [1], realCounts: [1, 1]) }
    #expect(throws: MetricError.self) { try ClassBalance(counts: [0], realCounts: [1]) }
  }

  @Test("What a fallible judge takes for a class that is not there does not hide that it is missing")
  func mistakes() throws {
    // Every fifth coat is taken for a shirt and every fourth shirt for a coat; bags are told apart from both.
    let confusion = [[80, 20, 0, 0], [25, 75, 0, 0], [0, 0, 100, 0], [0, 0, 0, 100]]
    let healthy = try ClassBalance(counts: [105, 95, 100, 100], confusion: confusion)
    #expect(healthy.missing.isEmpty && healthy.likelyModes == 4)
    for share in healthy.likelyShares { #expect(abs(share - 0.25) < 1e-3) }
    let shirtless = try ClassBalance(counts: [107, 26, 133, 134], confusion: confusion)
    #expect(shirtless.modes == 4)
    #expect(shirtless.missing == [1] && shirtless.likelyModes == 3)
    let coats = try ClassBalance(counts: [320, 80, 0, 0], confusion: confusion)
    #expect(coats.modes == 2 && coats.likelyModes == 1)
    #expect(coats.topTwo.share > 0.999 && abs(coats.topTwo.real - 0.5) < 1e-9)
  }

  @Test("Duplicates are found, in order, with their distances")
  func duplicates() throws {
    let images = Features(count: 4, width: 2, values: [0, 0, 5, 5, 0.3, 0.4, 5, 5])
    let pairs = try duplicatePairs(images)
    #expect(pairs.map { [$0.first, $0.second] } == [[0, 2], [1, 3]])
    #expect(abs(pairs[0].distance - 0.5) < 1e-6 && pairs[1].distance == 0)
    #expect(try duplicatePairs(images, threshold: 0.4).count == 1)
  }

  @Test("The nearest images are the nearest, by measuring every one")
  func nearest() throws {
    let data = DrawnDigits.dataset(split: "test")
    let queries = Features(try DrawnDigits.dataset().prefix(6).x())
    let found = try nearestImages(to: queries, in: data, count: 3)
    let all = Features(try data.x())
    for query in 0..<queries.count {
      let distances = squaredDistances(from: query..<query + 1, of: queries, to: all)
      let expected = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(3)
      #expect(found[query].map(\.index) == Array(expected))
      #expect(found[query].map { Float($0.distance) } == expected.map { distances[$0].squareRoot() })
    }
    let own = try nearestImages(to: all.prefix(3), in: data, count: 1)
    #expect(own.map { $0[0].index } == [0, 1, 2] && own.allSatisfy { $0[0].distance == 0 })
    let others = try nearestImages(to: all.prefix(3), in: data, count: 1, isExcludingItself: true)
    #expect(others.allSatisfy { $0[0].distance > 0 })
  }

  @Test("Copies of training images are told from new ones")
  func memorizing() throws {
    let training = try DrawnDigits.dataset().prefix(1500)
    let test = try DrawnDigits.dataset(split: "test").prefix(300)
    let copies = try memorization(of: Features(training.prefix(50).x()), training: training, heldOut: test)
    #expect(copies.ratio == 0 && copies.copiedShare == 1)
    let fresh = try memorization(
      of: Features(DrawnDigits.dataset(seed: 9).prefix(200).x()), training: training, heldOut: test)
    #expect((0.9...1.1).contains(fresh.ratio))
    #expect(fresh.copiedShare < 0.06)
  }

  @Test("Sharpness falls with blur and rises with noise")
  func edges() throws {
    let data = try DrawnDigits.dataset().prefix(100)
    let plain = try sharpness(of: Features(data.x()), shape: data.exampleShape)
    #expect(try sharpness(of: Features(blurred(data.x())), shape: data.exampleShape) < 0.4 * plain)
    let noise = try data.x() + RandomStream(seed: 1).normal([100, 1, 28, 28]) * 0.3
    #expect(try sharpness(of: Features(noise), shape: data.exampleShape) > 2 * plain)
  }

  @Test("Repeated images are alike, different ones are not")
  func similarity() throws {
    let data = try DrawnDigits.dataset().only([3]).prefix(10)
    let images = Features(try data.x())
    let labels = [Int](repeating: 3, count: 10)
    let mixed = try #require(try pairwiseSimilarity(images, labels: labels, shape: data.exampleShape))
    let same = try #require(
      try pairwiseSimilarity(
        images.selecting([Int](repeating: 4, count: 10)), labels: labels, shape: data.exampleShape))
    #expect(abs(same - 1) < 1e-6)
    #expect(mixed < 0.8)
  }

  @Test("Nothing traps: too few, other widths, NaN, odd arguments")
  func refusals() throws {
    let a = try vectors(10, 4, seed: 1)
    let other = try vectors(10, 3, seed: 1)
    var broken = a.values
    broken[7] = .nan
    let nan = Features(count: 10, width: 4, values: broken)
    #expect(throws: MetricError.self) { try frechetDistance(a, other) }
    #expect(throws: MetricError.self) { try frechetDistance(a, nan) }
    #expect(throws: MetricError.self) { try frechetDistance(a, a.prefix(1)) }
    #expect(throws: MetricError.self) { try kernelDistance(a, nan) }
    #expect(throws: MetricError.self) { try precisionAndRecall(generated: a, real: a, neighbours: 10) }
    #expect(throws: MetricError.self) { try precisionAndRecall(generated: a, real: a, neighbours: 0) }
    #expect(throws: MetricError.self) { try duplicatePairs(a.prefix(1)) }
    #expect(throws: MetricError.self) { try nearestImages(to: a, in: DrawnDigits.dataset()) }
    #expect(throws: MetricError.self) { try sharpness(of: a, shape: [1, 2, 2]) }
    #expect(throws: MetricError.self) { try structuralSimilarity([1], [1], shape: [1, 1, 1]) }
    #expect(throws: MetricError.self) { try peakSignalToNoise([1, 2], [1]) }
    #expect(throws: MetricError.self) { try peakSignalToNoise([], []) }
  }
}

/// Images averaged over 5 × 5 pixels.
func blurred(_ images: Tensor) throws -> Tensor {
  let (count, side) = (images.shape[0], images.shape[2])
  let pixels = images.scalars()
  var out = [Float](repeating: 0, count: pixels.count)
  for image in 0..<count {
    for row in 0..<side {
      for column in 0..<side {
        var total: Float = 0
        for y in max(row - 2, 0)...min(row + 2, side - 1) {
          for x in max(column - 2, 0)...min(column + 2, side - 1) { total += pixels[(image * side + y) * side + x] }
        }
        out[(image * side + row) * side + column] = total / 25
      }
    }
  }
  return try Tensor(out, shape: images.shape)
}
