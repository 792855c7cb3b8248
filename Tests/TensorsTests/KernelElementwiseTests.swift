// SPDX-License-Identifier: Apache-2.0
import CProcessor
import Glibc
import Testing

/// Functions of two operands, comparisons, choice, transposition.
@Suite struct KernelElementwiseTests {
  static let operations: [(KernelOperation, @Sendable (Float, Float) -> Float)] = [
    (.add, { $0 + $1 }), (.subtract, { $0 - $1 }), (.multiply, { $0 * $1 }), (.divide, { $0 / $1 }),
    (.maximum, { max($0, $1) }), (.minimum, { min($0, $1) }), (.power, { powf($0, $1) }),
  ]

  /// Strides for an operand: a matrix, one row, one column, a scalar, a transposed matrix.
  static func strides(_ rows: Int, _ columns: Int) -> [(row: Int, column: Int)] {
    [(columns, 1), (0, 1), (1, 0), (0, 0), (1, rows)]
  }

  @Test(arguments: Level.all) func combinesAnyBroadcast(_ level: Level) {
    for (rows, columns) in [(1, 1), (3, 7), (5, 16), (4, 17), (2, 100), (1, 784)] {
      var numbers = Numbers(seed: 5)
      let x = numbers.array(rows * columns).map { $0 + 2 }
      let y = numbers.array(rows * columns).map { $0 + 2 }
      for left in Self.strides(rows, columns) {
        for right in Self.strides(rows, columns) {
          for (operation, truth) in Self.operations {
            var output = [Float](repeating: .nan, count: rows * columns)
            x.withUnsafeBufferPointer { x in
              y.withUnsafeBufferPointer { y in
                guard let x = x.baseAddress, let y = y.baseAddress else { return }
                level.table.elementwise.combine(
                  operation, KernelOperand(base: x, rowStride: left.row, columnStride: left.column),
                  KernelOperand(base: y, rowStride: right.row, columnStride: right.column), &output, columns, 0, rows)
              }
            }
            let expected = (0..<rows).flatMap { r in
              (0..<columns).map { c in
                truth(x[r * left.row + c * left.column], y[r * right.row + c * right.column])
              }
            }
            #expect(output == expected, "\(operation.rawValue) \(rows) x \(columns) \(left) \(right)")
          }
        }
      }
    }
  }

  @Test(arguments: Level.all) func extremesOfNaN(_ level: Level) {
    for operation in [KernelOperation.maximum, .minimum] {
      let x: [Float] = [.nan, 1, .nan]
      let y: [Float] = [1, .nan, .nan]
      var output: [Float] = [0, 0, 0]
      x.withUnsafeBufferPointer { x in
        y.withUnsafeBufferPointer { y in
          guard let x = x.baseAddress, let y = y.baseAddress else { return }
          level.table.elementwise.combine(
            operation, KernelOperand(base: x, rowStride: 0, columnStride: 1),
            KernelOperand(base: y, rowStride: 0, columnStride: 1), &output, 3, 0, 1)
        }
      }
      #expect(output.allSatisfy { $0.isNaN })
    }
  }

  @Test(arguments: Level.all) func compares(_ level: Level) {
    let comparisons: [(KernelComparison, (Float, Float) -> Bool)] = [
      (.equal, { $0 == $1 }), (.notEqual, { $0 != $1 }), (.less, { $0 < $1 }), (.lessOrEqual, { $0 <= $1 }),
      (.greater, { $0 > $1 }), (.greaterOrEqual, { $0 >= $1 }),
    ]
    let x = (0..<100).map { Float($0 % 7) } + [.nan, 1, .nan]
    let y = (0..<100).map { Float($0 % 5) } + [1, .nan, .nan]
    for (comparison, truth) in comparisons {
      for stride in [1, 0] {
        var output = [Bool](repeating: false, count: x.count)
        x.withUnsafeBufferPointer { x in
          y.withUnsafeBufferPointer { y in
            guard let x = x.baseAddress, let y = y.baseAddress else { return }
            level.table.elementwise.compare(
              comparison, KernelOperand(base: x, rowStride: 0, columnStride: 1),
              KernelOperand(base: y, rowStride: 0, columnStride: stride), &output, 103, 0, 1)
          }
        }
        let expected = x.indices.map { truth(x[$0], y[$0 * stride]) }
        #expect(output == expected)
      }
    }
  }

  @Test(arguments: Level.all) func choosesAndBlends(_ level: Level) {
    for count in oddSizes {
      let condition = (0..<count).map { $0 % 3 == 0 }
      let x = (0..<count).map { Float($0) }
      let y = (0..<count).map { -Float($0) }
      var output = [Float](repeating: .nan, count: count)
      level.table.elementwise.choose(condition, x, 1, y, 1, &output, 0, count)
      let chosen = x.indices.map { condition[$0] ? x[$0] : y[$0] }
      #expect(output == chosen)
      level.table.elementwise.choose(condition, x, 1, [5], 0, &output, 0, count)
      let chosenOrFive = x.indices.map { condition[$0] ? x[$0] : 5 }
      #expect(output == chosenOrFive)
      level.table.elementwise.blend(0.5, x, 0.25, y, &output, 0, count)
      let blended = x.indices.map { 0.5 * x[$0] + 0.25 * y[$0] }
      #expect(output == blended)
      level.table.elementwise.fromBytes((0..<count).map { UInt8($0 % 256) }, 0.5, -1, &output, 0, count)
      let scaled = x.indices.map { 0.5 * Float($0 % 256) - 1 }
      #expect(output == scaled)
    }
  }

  @Test(arguments: Level.all) func activationGradients(_ level: Level) {
    let rules: [(KernelActivation, (Float) -> Float)] = [
      (.identity, { _ in 1 }), (.relu, { $0 > 0 ? 1 : 0 }), (.leakyRelu, { $0 > 0 ? 1 : 0.2 }),
      (.tanh, { 1 - $0 * $0 }), (.sigmoid, { $0 * (1 - $0) }),
    ]
    var numbers = Numbers(seed: 3)
    let value = numbers.array(103)
    let gradient = numbers.array(103)
    for (activation, slope) in rules {
      var output = [Float](repeating: .nan, count: 103)
      level.table.elementwise.activationBackward(activation, 0.2, value, gradient, &output, 0, 103)
      let expected = value.indices.map { Double(slope(value[$0]) * gradient[$0]) }
      #expect(worstDifference(output, expected) { _ in 1 } < 2e-7, "\(activation.rawValue)")
    }
  }

  @Test(arguments: Level.all) func transposes(_ level: Level) {
    for rows in [1, 3, 8, 17, 64] {
      for columns in [1, 7, 16, 31, 100] {
        let x = (0..<rows * columns).map { Float($0) }
        var output = [Float](repeating: .nan, count: rows * columns)
        level.table.elementwise.transpose(x, columns, columns, &output, rows, 0, rows / 2)
        level.table.elementwise.transpose(x, columns, columns, &output, rows, rows / 2, rows)
        let expected = (0..<columns).flatMap { c in (0..<rows).map { r in x[r * columns + c] } }
        #expect(output == expected, "\(rows) x \(columns)")
      }
    }
  }
}
