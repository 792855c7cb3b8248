// SPDX-License-Identifier: Apache-2.0
import CProcessor
import Glibc
import Testing

/// Matrix products against sums in double precision.
@Suite struct KernelProductTests {
  /// One product and what it should be.
  struct Case {
    let rows, columns, depth: Int
    var left: [Float]
    var right: [Float]
    var bias: [Float]

    init(_ rows: Int, _ columns: Int, _ depth: Int) {
      var numbers = Numbers(seed: UInt64(rows * 1_000_003 + columns * 1009 + depth))
      self.rows = rows
      self.columns = columns
      self.depth = depth
      left = numbers.array(rows * depth)
      right = numbers.array(columns * depth)
      bias = numbers.array(columns)
    }

    /// left [rows, depth] times the transposed right [columns, depth], plus bias.
    func expected(bias addsBias: Bool) -> [Double] {
      var result: [Double] = []
      for row in 0..<rows {
        for column in 0..<columns {
          var sum = addsBias ? Double(bias[column]) : 0
          for k in 0..<depth { sum += Double(left[row * depth + k]) * Double(right[column * depth + k]) }
          result.append(sum)
        }
      }
      return result
    }

    /// Left and right as they are, or stored the other way round.
    func product(
      _ level: Level, leftTransposed: Bool = false, rightTransposed: Bool = false, bias: Bool = false,
      activation: KernelActivation = .identity, onto start: Float? = nil, cut: (row: Int, panel: Int)? = nil,
      unpacked: Bool = false
    ) -> [Float] {
      let kernels = level.table.products
      let left = leftTransposed ? transposed(self.left, rows, depth) : self.left
      let right = rightTransposed ? transposed(self.right, columns, depth) : self.right
      let panelCount = (columns + kernels.panelWidth - 1) / kernels.panelWidth
      var panels = [Float](repeating: .nan, count: panelCount * kernels.panelWidth * depth)
      var output = [Float](repeating: start ?? .nan, count: rows * columns)
      kernels.packPanels(
        right, rightTransposed ? columns : 1, rightTransposed ? 1 : depth, depth, columns, &panels, 0, panelCount)
      left.withUnsafeBufferPointer { left in
        panels.withUnsafeBufferPointer { panels in
          self.bias.withUnsafeBufferPointer { biases in
            output.withUnsafeMutableBufferPointer { output in
              guard let left = left.baseAddress, let panels = panels.baseAddress, let output = output.baseAddress
              else { return }
              var product = MatrixProduct(
                left: left, leftRowStride: leftTransposed ? 1 : depth, leftDepthStride: leftTransposed ? rows : 1,
                panels: panels, output: output, outputRowStride: columns, rows: rows, columns: columns, depth: depth,
                accumulates: start != nil, activation: activation, slope: 0.2, bias: bias ? biases.baseAddress : nil)
              let row = cut?.row ?? 0
              let panel = cut?.panel ?? 0
              for (rows, panels) in [
                (0..<row, 0..<panelCount), (row..<rows, 0..<panel), (row..<rows, panel..<panelCount),
              ] {
                if unpacked {
                  kernels.multiplyUnpacked(
                    &product, right, rightTransposed ? columns : 1, rightTransposed ? 1 : depth, rows.lowerBound,
                    rows.upperBound, panels.lowerBound, panels.upperBound)
                } else {
                  kernels.multiply(&product, rows.lowerBound, rows.upperBound, panels.lowerBound, panels.upperBound)
                }
              }
            }
          }
        }
      }
      return output
    }
  }

  @Test(arguments: Level.all) func anySizeAndTransposition(_ level: Level) {
    for rows in [1, 3, 7, 8, 16, 17, 31, 64, 100] {
      for columns in [1, 7, 16, 17, 33, 100] {
        for depth in [1, 3, 16, 31, 100, 300] {
          let product = Case(rows, columns, depth)
          let expected = product.expected(bias: false)
          for transposition in 0..<4 {
            let result = product.product(
              level, leftTransposed: transposition & 1 == 1, rightTransposed: transposition & 2 == 2)
            let worst = worstDifference(result, expected) { _ in Double(depth).squareRoot() }
            #expect(worst < 2e-6, "\(rows) x \(columns) x \(depth), transposition \(transposition)")
            let unpacked = product.product(
              level, leftTransposed: transposition & 1 == 1, rightTransposed: transposition & 2 == 2, unpacked: true)
            // Two runs of the depth may be taken as dot products, whose sums go another way.
            let worstUnpacked = worstDifference(unpacked, expected) { _ in Double(depth).squareRoot() }
            #expect(worstUnpacked < 2e-6, "\(rows) x \(columns) x \(depth), transposition \(transposition)")
          }
        }
      }
    }
  }

  @Test(arguments: Level.all) func biasAndActivation(_ level: Level) {
    let product = Case(17, 67, 784)
    let sums = product.expected(bias: true)
    let functions: [(KernelActivation, (Double) -> Double)] = [
      (.identity, { $0 }), (.relu, { max($0, 0) }), (.leakyRelu, { $0 > 0 ? $0 : 0.2 * $0 }), (.tanh, { tanh($0) }),
      (.sigmoid, { 1 / (1 + exp(-$0)) }),
    ]
    for (activation, function) in functions {
      let result = product.product(level, bias: true, activation: activation)
      #expect(worstDifference(result, sums.map(function)) { _ in 28 } < 2e-6, "\(activation.rawValue)")
    }
  }

  @Test(arguments: Level.all) func addsToTheOutput(_ level: Level) {
    let product = Case(33, 50, 517)
    let expected = product.expected(bias: false).map { $0 + 0.5 }
    #expect(worstDifference(product.product(level, onto: 0.5), expected) { _ in 23 } < 2e-6)
  }

  @Test(arguments: Level.all) func depthOfZeroGivesZero(_ level: Level) {
    #expect(Case(5, 9, 0).product(level) == [Float](repeating: 0, count: 45))
  }

  @Test(arguments: Level.all, [false, true]) func sameBitsHoweverTheWorkIsCut(_ level: Level, unpacked: Bool) {
    for transposition in 0..<4 {
      let product = Case(100, 100, 784)
      func computed(cut: (Int, Int)?) -> [Float] {
        product.product(
          level, leftTransposed: transposition & 1 == 1, rightTransposed: transposition & 2 == 2, bias: true,
          activation: .tanh, cut: cut, unpacked: unpacked)
      }
      let whole = computed(cut: nil)
      for cut in [(0, 1), (8, 0), (13, 2), (64, 1), (100, 0)] {
        #expect(computed(cut: cut) == whole, "cut at \(cut), transposition \(transposition)")
      }
    }
  }

  @Test(arguments: Level.all) func fewRowsFromAWeightAsItStands(_ level: Level) {
    for rows in [1, 3, 5] {
      for columns in oddSizes {
        let product = Case(rows, columns, 100)
        let expected = product.expected(bias: true).map { tanh($0) }
        var output = [Float](repeating: .nan, count: rows * columns)
        product.left.withUnsafeBufferPointer { left in
          product.bias.withUnsafeBufferPointer { bias in
            output.withUnsafeMutableBufferPointer { output in
              guard let left = left.baseAddress, let output = output.baseAddress else { return }
              var product = MatrixProduct(
                left: left, leftRowStride: 100, leftDepthStride: 1, panels: left, output: output,
                outputRowStride: columns, rows: rows, columns: columns, depth: 100, accumulates: false,
                activation: .tanh, slope: 0, bias: bias.baseAddress)
              level.table.products.multiplyFewRows(&product, Case(rows, columns, 100).right, 100, 0, rows, 0, columns)
            }
          }
        }
        #expect(worstDifference(output, expected) { _ in 1 } < 3e-6, "\(rows) x \(columns)")
      }
    }
  }

}

/// The transpose of a matrix [rows, columns].
private func transposed(_ matrix: [Float], _ rows: Int, _ columns: Int) -> [Float] {
  (0..<columns).flatMap { column in (0..<rows).map { row in matrix[row * columns + column] } }
}
