// SPDX-License-Identifier: Apache-2.0
import CProcessor
import Glibc
import Testing

/// Reductions against sums in double precision.
@Suite struct KernelReductionTests {
  static let reductions: [(KernelReduction, @Sendable ([Double]) -> Double)] = [
    (.sum, { $0.reduce(0, +) }), (.sumOfSquares, { $0.reduce(0) { $0 + $1 * $1 } }),
    (.sumOfMagnitudes, { $0.reduce(0) { $0 + abs($1) } }), (.product, { $0.reduce(1, *) }),
    (.maximum, { $0.max() ?? -.infinity }), (.minimum, { $0.min() ?? .infinity }),
  ]

  @Test(arguments: Level.all) func blocksRowsAndColumns(_ level: Level) {
    let kernels = level.table.reductions
    for (rows, columns) in [(1, 1), (3, 7), (7, 3), (16, 17), (100, 64), (300, 70), (2, 5000), (1, 10_000), (4, 0)] {
      var numbers = Numbers(seed: UInt64(rows + columns))
      let x = numbers.array(rows * columns).map { 1 + 0.01 * $0 }
      for (reduction, truth) in Self.reductions {
        let count = x.count
        let blocks = (count + kernels.blockSize - 1) / kernels.blockSize
        var partials = [Double](repeating: .nan, count: blocks)
        kernels.reduceBlocks(reduction, x, count, &partials, 0, blocks)
        let whole = truth(x.map(Double.init))
        let scale = max(1, abs(whole.isFinite ? whole : 1))
        let result = kernels.combinePartials(reduction, partials, blocks)
        #expect(result == whole || abs(result - whole) < 1e-5 * scale, "\(reduction.rawValue)")

        var byRow = [Float](repeating: .nan, count: rows)
        kernels.reduceRows(reduction, x, columns, columns, &byRow, 0, rows / 2)
        kernels.reduceRows(reduction, x, columns, columns, &byRow, rows / 2, rows)
        for row in 0..<rows {
          let expected = truth(x[row * columns..<(row + 1) * columns].map(Double.init))
          #expect(Double(byRow[row]) == expected || abs(Double(byRow[row]) - expected) < 1e-5 * scale)
        }

        var byColumn = [Float](repeating: .nan, count: columns)
        kernels.reduceColumns(reduction, x, columns, rows, false, &byColumn, 0, columns / 3)
        kernels.reduceColumns(reduction, x, columns, rows, false, &byColumn, columns / 3, columns)
        for column in 0..<columns {
          let expected = truth((0..<rows).map { Double(x[$0 * columns + column]) })
          #expect(abs(Double(byColumn[column]) - expected) < 1e-5 * max(1, abs(expected)))
        }
      }
    }
  }

  @Test(arguments: Level.all) func columnsAddToWhatIsThere(_ level: Level) {
    let x = (0..<70 * 9).map { Float($0 % 10) }
    var output = [Float](repeating: 5, count: 70)
    level.table.reductions.reduceColumns(.sum, x, 70, 9, true, &output, 0, 70)
    let sums: [Float] = (0..<70).map { column in (0..<9).reduce(5) { $0 + x[$1 * 70 + column] } }
    #expect(output == sums)
    level.table.reductions.dotColumns(x, x, 70, 9, &output, 0, 70)
    let squares: [Float] = (0..<70).map { column in
      (0..<9).reduce(0) { $0 + x[$1 * 70 + column] * x[$1 * 70 + column] }
    }
    #expect(output == squares)
  }

  @Test(arguments: Level.all) func extremesShowNaN(_ level: Level) {
    for place in [0, 5, 40, 99] {
      var x = (0..<100).map { Float($0) }
      x[place] = .nan
      for reduction in [KernelReduction.maximum, .minimum] {
        var result: Float = 0
        level.table.reductions.reduceRows(reduction, x, 100, 100, &result, 0, 1)
        #expect(result.isNaN)
      }
      var found: Int64 = -1
      level.table.reductions.placeOfExtreme(true, x, 100, 100, &found, 0, 1)
      #expect(found == Int64(place))
    }
  }

  @Test(arguments: Level.all) func placesOfExtremes(_ level: Level) {
    let x: [Float] = [3, 9, 9, -1, -1, 0, 7, 7, 7, 7, 7, 7]
    var places: [Int64] = [-1, -1]
    level.table.reductions.placeOfExtreme(true, x, 6, 6, &places, 0, 2)
    #expect(places == [1, 0])
    level.table.reductions.placeOfExtreme(false, x, 6, 6, &places, 0, 2)
    #expect(places == [3, 0])
  }

  @Test(arguments: Level.all) func moments(_ level: Level) {
    let (rows, columns) = (300, 70)
    var numbers = Numbers(seed: 8)
    // Far from zero, where a single pass would lose all digits.
    let x = numbers.array(rows * columns).map { 1000 + $0 }
    func truth(_ values: [Double]) -> (Double, Double) {
      let mean = values.reduce(0, +) / Double(values.count)
      return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
    }
    var (means, variances) = ([Float](repeating: 0, count: rows), [Float](repeating: 0, count: rows))
    level.table.reductions.momentsOfRows(x, columns, columns, &means, &variances, 0, rows)
    for row in 0..<rows {
      let (mean, variance) = truth((0..<columns).map { Double(x[row * columns + $0]) })
      #expect(abs(Double(means[row]) - mean) < 5e-4 && abs(Double(variances[row]) / variance - 1) < 1e-5)
    }
    level.table.reductions.momentsOfColumns(x, columns, rows, &means, &variances, 0, columns)
    for column in 0..<columns {
      let (mean, variance) = truth((0..<rows).map { Double(x[$0 * columns + column]) })
      #expect(abs(Double(means[column]) - mean) < 5e-4 && abs(Double(variances[column]) / variance - 1) < 1e-5)
    }
  }

  @Test(arguments: Level.all, [1, 3, 7, 16, 17, 100]) func softmax(_ level: Level, _ columns: Int) {
    var numbers = Numbers(seed: 4)
    let x = numbers.array(5 * columns).map { 20 * $0 }
    let slope = numbers.array(5 * columns)
    for logarithmic in [false, true] {
      var y = [Float](repeating: .nan, count: x.count)
      level.table.reductions.softmaxRows(x, columns, logarithmic, &y, 0, 5)
      var back = y
      level.table.reductions.softmaxRowsBackward(y, slope, columns, logarithmic, &back, 0, 5)
      for row in 0..<5 {
        let part = row * columns..<(row + 1) * columns
        let values = x[part].map(Double.init)
        let total = values.reduce(0.0) { $0 + exp($1) }
        let chances = values.map { exp($0) / total }
        let expected = logarithmic ? values.map { $0 - log(total) } : chances
        #expect(worstDifference(Array(y[part]), expected) { max(1, abs($0)) } < 1e-6)
        let slopes = slope[part].map(Double.init)
        let mean = zip(chances, slopes).reduce(0.0) { $0 + $1.0 * $1.1 }
        let sum = slopes.reduce(0, +)
        let gradient = zip(chances, slopes).map { (chance: Double, slope: Double) -> Double in
          logarithmic ? slope - chance * sum : chance * (slope - mean)
        }
        #expect(worstDifference(Array(back[part]), gradient) { _ in 1 } < 1e-5)
      }
    }
  }
}
