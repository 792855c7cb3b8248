// SPDX-License-Identifier: Apache-2.0
import CProcessor
import Glibc
import Testing

/// Functions of one number against the C library in double precision.
@Suite struct KernelFunctionTests {
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let function: KernelFunction
    let truth: @Sendable (Double) -> Double
    let range: ClosedRange<Double>
    /// In units of the last place of the true value, or of the smallest normal number.
    let tolerance: Double
  }

  static let cases: [Case] = [
    Case(description: "exp", function: .exp, truth: { exp($0) }, range: -87...88, tolerance: 1.5),
    Case(description: "exp, denormal", function: .exp, truth: { exp($0) }, range: -105 ... -87, tolerance: 1.5),
    Case(description: "expm1", function: .expMinusOne, truth: { expm1($0) }, range: -20...80, tolerance: 2.5),
    Case(description: "expm1, small", function: .expMinusOne, truth: { expm1($0) }, range: -0.1...0.1, tolerance: 1.5),
    Case(description: "log", function: .log, truth: { log($0) }, range: 1e-3...100, tolerance: 1.5),
    Case(description: "log, near 1", function: .log, truth: { log($0) }, range: 0.9...1.1, tolerance: 1.5),
    Case(description: "log, denormal", function: .log, truth: { log($0) }, range: 1e-44...1e-38, tolerance: 1.5),
    Case(description: "log1p", function: .logOnePlus, truth: { log1p($0) }, range: -0.99...10, tolerance: 2.5),
    Case(description: "log1p, small", function: .logOnePlus, truth: { log1p($0) }, range: -1e-4...1e-4, tolerance: 2.5),
    Case(description: "sin", function: .sin, truth: { sin($0) }, range: -3...3, tolerance: 1.5),
    Case(description: "cos", function: .cos, truth: { cos($0) }, range: -1.5...1.5, tolerance: 1.5),
    Case(description: "sin, large", function: .sin, truth: { sin($0) }, range: 1e5...1e6, tolerance: 1.5),
    Case(description: "tanh", function: .tanh, truth: { tanh($0) }, range: -12...12, tolerance: 2.5),
    Case(description: "tanh, small", function: .tanh, truth: { tanh($0) }, range: -1e-3...1e-3, tolerance: 2.5),
    Case(
      description: "sigmoid", function: .sigmoid, truth: { 1 / (1 + exp(-$0)) }, range: -80...40, tolerance: 2.5),
    Case(
      description: "softplus", function: .softplus, truth: { max($0, 0) + log1p(exp(-abs($0))) }, range: -80...80,
      tolerance: 3),
    Case(description: "sqrt", function: .squareRoot, truth: { sqrt($0) }, range: 0...1e6, tolerance: 0.5001),
    Case(
      description: "rsqrt", function: .reciprocalSquareRoot, truth: { 1 / sqrt($0) }, range: 1e-6...1e6, tolerance: 1.5),
    Case(description: "1/x", function: .reciprocal, truth: { 1 / $0 }, range: 1e-6...1e6, tolerance: 0.5001),
    Case(description: "round", function: .round, truth: { rint($0) }, range: -1e4...1e4, tolerance: 0),
    Case(description: "floor", function: .floor, truth: { floor($0) }, range: -1e4...1e4, tolerance: 0),
    Case(description: "ceil", function: .ceiling, truth: { ceil($0) }, range: -1e4...1e4, tolerance: 0),
    Case(
      description: "x^0.37", function: .power, truth: { pow($0, Double(Float(0.37))) }, range: 0...100, tolerance: 1.5),
    Case(
      description: "0.37 x + 0.5", function: .affine, truth: { Double(Float(0.37)) * $0 + 0.5 }, range: 0...9,
      tolerance: 1.1),
    Case(
      description: "clamp", function: .clamp, truth: { min(max($0, Double(Float(0.37))), 0.5) }, range: 0...1,
      tolerance: 0),
    Case(description: "-x", function: .negate, truth: { -$0 }, range: -1...1, tolerance: 0),
    Case(description: "|x|", function: .absolute, truth: { abs($0) }, range: -1...1, tolerance: 0),
    Case(description: "sign", function: .sign, truth: { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }, range: -1...1, tolerance: 0),
    Case(description: "x^2", function: .square, truth: { $0 * $0 }, range: -3...3, tolerance: 0.5001),
    Case(description: "relu", function: .relu, truth: { max($0, 0) }, range: -1...1, tolerance: 0),
    Case(
      description: "leaky relu", function: .leakyRelu, truth: { $0 > 0 ? $0 : Double(Float(0.37)) * $0 }, range: -1...1,
      tolerance: 0.5001),
  ]

  /// The function of each number.
  func values(_ level: Level, _ function: KernelFunction, _ x: [Float]) -> [Float] {
    var y = [Float](repeating: .nan, count: x.count)
    level.table.elementwise.map(function, 0.37, 0.5, x, &y, 0, x.count)
    return y
  }

  @Test(arguments: Level.all, cases) func agreesWithTheLibrary(_ level: Level, _ test: Case) {
    let count = 4001
    let x = (0..<count).map { i in
      Float(test.range.lowerBound + (test.range.upperBound - test.range.lowerBound) * Double(i) / Double(count - 1))
    }
    var worst = (error: 0.0, at: Float(0))
    for (value, x) in zip(values(level, test.function, x), x) {
      let truth = test.truth(Double(x))
      let unit = Double(max(Float(abs(truth)).ulp, Float.leastNormalMagnitude.ulp))
      let error = abs(Double(value) - truth) / unit
      if !(error <= worst.error) { worst = (error.isNaN ? .infinity : error, x) }
    }
    #expect(worst.error <= test.tolerance, "at \(worst.at)")
  }

  @Test(arguments: Level.all) func specialNumbers(_ level: Level) {
    let infinity = Float.infinity
    let specials: [Float] = [.nan, infinity, -infinity, 0, 1e-45, 100, -110, 200]
    func expect(_ function: KernelFunction, _ expected: [Float], _ place: SourceLocation = #_sourceLocation) {
      let result = values(level, function, specials)
      for (value, truth) in zip(result, expected) {
        #expect(value == truth || value.isNaN && truth.isNaN, "\(function.rawValue): \(result)", sourceLocation: place)
      }
    }
    expect(.exp, [.nan, infinity, 0, 1, 1, infinity, 0, infinity])
    expect(.log, [.nan, infinity, .nan, -infinity, logf(1e-45), logf(100), .nan, logf(200)])
    expect(.tanh, [.nan, 1, -1, 0, 1e-45, 1, -1, 1])
    expect(.sigmoid, [.nan, 1, 0, 0.5, 0.5, 1, 0, 1])
    expect(.softplus, [.nan, infinity, 0, logf(2), logf(2), 100, 0, 200])
    expect(.relu, [.nan, infinity, 0, 0, 1e-45, 100, 0, 200])
    expect(.expMinusOne, [.nan, infinity, -1, 0, 1e-45, infinity, -1, infinity])
    expect(.sign, [.nan, 1, -1, 0, 1, 1, -1, 1])
    expect(.clamp, [.nan, 0.5, 0.37, 0.37, 0.37, 0.5, 0.37, 0.5])
    expect(.squareRoot, [.nan, infinity, .nan, 0, sqrtf(1e-45), 10, .nan, sqrtf(200)])
    expect(.floor, [.nan, infinity, -infinity, 0, 0, 100, -110, 200])
  }

  @Test(arguments: Level.all) func everyCountAndPlace(_ level: Level) {
    for count in oddSizes {
      let x = (0..<count).map { Float($0) / 7 }
      #expect(values(level, .negate, x) == x.map { -$0 })
      var y = [Float](repeating: 9, count: count)
      level.table.elementwise.map(.negate, 0, 0, x, &y, count / 3, count - count / 3)
      let expected = x.indices.map { $0 >= count / 3 && $0 < count - count / 3 ? -x[$0] : 9 }
      #expect(y == expected)
    }
  }
}
