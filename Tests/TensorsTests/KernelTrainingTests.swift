// SPDX-License-Identifier: Apache-2.0
import CProcessor
import Glibc
import Testing

/// Losses and optimizers against their formulas in double precision.
@Suite struct KernelTrainingTests {
  static let losses: [(KernelLoss, @Sendable (Double, Double) -> Double, @Sendable (Double, Double) -> Double)] = [
    (.squaredError, { ($0 - $1) * ($0 - $1) }, { 2 * ($0 - $1) }),
    (.absoluteError, { abs($0 - $1) }, { $0 > $1 ? 1 : $0 < $1 ? -1 : 0 }),
    (
      .binaryCrossEntropy, { -($1 * max(log($0), -100) + (1 - $1) * max(log(1 - $0), -100)) },
      { ($0 - $1) / max($0 * (1 - $0), 1e-12) }
    ),
    (
      .binaryCrossEntropyFromLogits, { max($0, 0) - $0 * $1 + log1p(exp(-abs($0))) }, { 1 / (1 + exp(-$0)) - $1 }
    ),
  ]

  @Test(arguments: Level.all) func lossesAndGradients(_ level: Level) {
    for count in oddSizes + [5000] {
      var numbers = Numbers(seed: UInt64(count))
      let x = numbers.array(count).map { 0.5 + 0.499 * $0 }
      let target = numbers.array(count).map { abs($0) }
      for (loss, value, slope) in Self.losses {
        for stride in [1, 0] {
          let blocks = (count + level.table.losses.blockSize - 1) / level.table.losses.blockSize
          var partials = [Double](repeating: .nan, count: blocks)
          var gradient = [Float](repeating: .nan, count: count)
          level.table.losses.lossBlocks(loss, x, target, stride, count, &partials, &gradient, 0.25, 0, blocks)
          let pairs = x.indices.map { (Double(x[$0]), Double(target[$0 * stride])) }
          let expected = pairs.map { value($0.0, $0.1) }.reduce(0, +)
          #expect(abs(partials.reduce(0, +) - expected) < 2e-6 * max(1, expected), "\(loss.rawValue) of \(count)")
          let slopes = pairs.map { 0.25 * slope($0.0, $0.1) }
          #expect(worstDifference(gradient, slopes) { max(1, abs($0)) } < 1e-5, "\(loss.rawValue) of \(count)")
          var again = partials
          level.table.losses.lossBlocks(loss, x, target, stride, count, &again, nil, 0.25, 0, blocks)
          #expect(again == partials)
        }
      }
    }
  }

  @Test(arguments: Level.all) func certainMistakesCostAHundred(_ level: Level) {
    var partial = [0.0]
    level.table.losses.lossBlocks(.binaryCrossEntropy, [0, 1], [1, 0], 1, 2, &partial, nil, 1, 0, 1)
    #expect(partial == [200])
  }

  @Test(arguments: Level.all) func divergenceOfNormals(_ level: Level) {
    for count in oddSizes {
      var numbers = Numbers(seed: UInt64(count))
      let (mean, logVariance) = (numbers.array(count), numbers.array(count))
      var partials = [0.0]
      var (gm, gl) = ([Float](repeating: .nan, count: count), [Float](repeating: .nan, count: count))
      level.table.losses.klBlocks(mean, logVariance, count, &partials, &gm, &gl, 2, 0, 1)
      let pairs = zip(mean.map(Double.init), logVariance.map(Double.init))
      let expected = pairs.reduce(0.0) { $0 + 0.5 * (exp($1.1) + $1.0 * $1.0 - 1 - $1.1) }
      #expect(abs(partials[0] - expected) < 1e-6 * max(1, expected))
      let (meanSlopes, logSlopes) = (pairs.map { 2 * $0.0 }, pairs.map { exp($0.1) - 1 })
      #expect(worstDifference(gm, meanSlopes) { _ in 1 } < 1e-6)
      #expect(worstDifference(gl, logSlopes) { _ in 1 } < 1e-6)
    }
  }

  @Test(arguments: Level.all, [1, 2, 10, 17]) func crossEntropy(_ level: Level, _ classes: Int) {
    var numbers = Numbers(seed: 6)
    let x = numbers.array(7 * classes).map { 30 * $0 }
    let labels = (0..<7).map { Int64($0 * 3 % classes) }
    var losses = [Float](repeating: .nan, count: 7)
    var gradient = [Float](repeating: .nan, count: x.count)
    level.table.losses.crossEntropyRows(x, labels, classes, &losses, &gradient, 0.5, 0, 7)
    for row in 0..<7 {
      let values = x[row * classes..<(row + 1) * classes].map(Double.init)
      let total = values.reduce(0.0) { $0 + exp($1) }
      let label = Int(labels[row])
      let loss = log(total) - values[label]
      #expect(abs(Double(losses[row]) - loss) < 1e-5)
      let expected = values.indices.map { 0.5 * (exp(values[$0]) / total - ($0 == label ? 1 : 0)) }
      let slopes = Array(gradient[row * classes..<(row + 1) * classes])
      #expect(worstDifference(slopes, expected) { _ in 1 } < 1e-6)
    }
  }

  /// Three steps on 103 parameters, as the formulas say and as the kernel does.
  func steps(
    _ kernel: (Int, inout [Float], [Float], inout [Float], inout [Float]) -> Void,
    _ formula: (Int, inout Double, Double, inout Double, inout Double) -> Void,
    _ place: SourceLocation = #_sourceLocation
  ) {
    var numbers = Numbers(seed: 12)
    var p = numbers.array(103)
    var (a, b) = ([Float](repeating: 0, count: 103), [Float](repeating: 0, count: 103))
    var truth = p.map(Double.init)
    var (ta, tb) = ([Double](repeating: 0, count: 103), [Double](repeating: 0, count: 103))
    for step in 1...3 {
      let gradient = numbers.array(103)
      kernel(step, &p, gradient, &a, &b)
      for i in 0..<103 { formula(step, &truth[i], Double(gradient[i]), &ta[i], &tb[i]) }
    }
    #expect(worstDifference(p, truth) { _ in 1 } < 2e-6, sourceLocation: place)
  }

  @Test(arguments: Level.all, [(0.0, false), (0.1, false), (0.1, true)])
  func adam(_ level: Level, _ decay: (Double, Bool)) {
    steps { step, p, g, m, v in
      var s = AdamStep(
        learningRate: 0.01, beta1: 0.5, beta2: 0.999, epsilon: 1e-8, weightDecay: decay.0,
        decouplesDecay: decay.1, correction1: 1 - pow(0.5, Double(step)),
        correction2: 1 - pow(0.999, Double(step)))
      level.table.optimizers.adam(&s, &p, g, &m, &v, 0, 50)
      level.table.optimizers.adam(&s, &p, g, &m, &v, 50, 103)
    } _: { step, p, g, m, v in
      var g = g
      if decay.1 { p *= 1 - 0.01 * decay.0 } else { g += decay.0 * p }
      m = 0.5 * m + 0.5 * g
      v = 0.999 * v + 0.001 * g * g
      p -= 0.01 * (m / (1 - pow(0.5, Double(step)))) / (sqrt(v / (1 - pow(0.999, Double(step)))) + 1e-8)
    }
  }

  @Test(arguments: Level.all, [(0.0, 0.0, false), (0.9, 0.0, false), (0.9, 0.0, true), (0.9, 0.5, false)])
  func sgd(_ level: Level, _ rule: (Double, Double, Bool)) {
    let (momentum, dampening, nesterov) = rule
    steps { step, p, g, b, _ in
      var s = SGDStep(
        learningRate: 0.1, momentum: momentum, dampening: dampening, weightDecay: 0.01,
        nesterov: nesterov, isFirst: step == 1)
      level.table.optimizers.sgd(&s, &p, g, &b, 0, 103)
    } _: { step, p, g, b, _ in
      let g = g + 0.01 * p
      b = step == 1 ? g : momentum * b + (1 - dampening) * g
      p -= 0.1 * (momentum == 0 ? g : nesterov ? g + momentum * b : b)
    }
  }

  @Test(arguments: Level.all, [0.0, 0.9]) func rmsprop(_ level: Level, _ momentum: Double) {
    steps { _, p, g, v, b in
      var s = RMSpropStep(
        learningRate: 0.01, alpha: 0.99, epsilon: 1e-8, weightDecay: 0.01, momentum: momentum)
      level.table.optimizers.rmsprop(&s, &p, g, &v, momentum == 0 ? nil : UnsafeMutablePointer(&b), 0, 103)
    } _: { _, p, g, v, b in
      let g = g + 0.01 * p
      v = 0.99 * v + 0.01 * g * g
      let direction = g / (sqrt(v) + 1e-8)
      b = momentum * b + direction
      p -= 0.01 * (momentum == 0 ? direction : b)
    }
  }
}
