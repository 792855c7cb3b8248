// SPDX-License-Identifier: Apache-2.0
import Datasets
import Tensors

/// What a discriminator says along the straight lines from real to generated examples, and how steeply.
///
/// A line runs from a real example x to a generated one x'; at the share t of the way lies x + t·(x' − x). The slope is
/// the length of the gradient of D's score in its input. Gulrajani et al. 2017, arXiv:1704.00028, ask for 1 on these
/// lines; Arjovsky and Bottou 2017, arXiv:1701.04862, show that a D that tells the two perfectly leaves G no gradient.
public struct DiscriminatorSlope: Sendable, Hashable {
  /// The means and standard deviations over all lines at one share of the way.
  public struct Place: Sendable, Hashable {
    /// How far from the real to the generated example, 0 … 1.
    public let share: Double
    /// D's score, a logit where the game uses probabilities.
    public let score: Double
    /// How much the score varies from line to line.
    public let spread: Double
    /// ‖∇D‖ in the example.
    public let slope: Double
    /// How much ‖∇D‖ varies from line to line.
    public let slopeSpread: Double
  }

  /// What the shape of the lines says.
  public enum Shape: Sendable, Hashable {
    /// The ends differ by less than half of what D's answers vary by anyway, or by next to nothing.
    case flat
    /// Generated examples score higher than real ones.
    case reversed
    /// Most of the fall lies in a tenth of the way, or the slope at generated examples is a tenth of the steepest.
    case step
    /// The game hands on hardly any of the slope, so sure is D.
    case saturated
    /// The score falls all along the way.
    case even
  }

  /// From real, share 0, to generated, share 1, at equal distances.
  public let places: [Place]
  /// How many lines.
  public let lines: Int
  /// How long they are on average.
  public let length: Double
  /// Whether the scores are logits of probabilities.
  public let isLogit: Bool
  /// |∂ loss of G / ∂ score| for one generated example, a mean: how much of the slope the game hands on to G.
  public let push: Double
  /// The step after which it was measured.
  public let step: Int

  /// By how much the score falls from real to generated.
  public var fall: Double { (places.first?.score ?? 0) - (places.last?.score ?? 0) }
  /// How much the answers vary at the two ends.
  public var spread: Double {
    let ends = [places.first?.spread ?? 0, places.last?.spread ?? 0]
    return ((ends[0] * ends[0] + ends[1] * ends[1]) / 2).squareRoot()
  }
  /// The place half way.
  public var middle: Place? { places.isEmpty ? nil : places[places.count / 2] }
  /// The steepest slope of all places.
  public var steepest: Double { places.map(\.slope).max() ?? 0 }
  /// The share of the fall that lies in the tenth of the way in which it is largest.
  public var steepestTenth: Double {
    let width = max(1, (places.count - 1) / 10)
    guard fall > 0, places.count > width else { return 0 }
    return (0..<(places.count - width)).map { (places[$0].score - places[$0 + width].score) / fall }.max() ?? 0
  }

  /// What the shape of the lines says.
  public var shape: Shape {
    // A tenth of what the games ask for, or two in ten of a logit, is no answer.
    if abs(fall) < spread / 2 || abs(fall) < (isLogit ? 0.2 : 0.1) { return .flat }
    if fall < 0 { return .reversed }
    if push < 0.01 { return .saturated }
    let atGenerated = places.last?.slope ?? 0
    return steepestTenth > 0.5 || atGenerated < steepest / 10 ? .step : .even
  }
}

extension GANTrainer {
  /// What D says along the lines from real examples to generated ones, and how steeply.
  ///
  /// Real examples are spread evenly over the data, generated ones come from the noise of pictures and get the labels
  /// of the real ones. The pass is only looked at: nothing that training depends on changes.
  ///
  /// - Parameters:
  ///   - lines: How many lines, 2 … 4096 and no more than there are examples.
  ///   - places: At how many places of each, 3 … 201.
  /// - Returns: Means over the lines.
  /// - Throws: `TrainerError.setting` for a number out of range, `TrainerError.stopped` when asked to.
  public func slope(lines: Int = 64, places: Int = 41) throws(TrainerError) -> DiscriminatorSlope {
    guard let data = state.loader?.data else { throw .unsupported(what: "slope", reason: "it has no data") }
    guard (2...4096).contains(lines) else {
      throw .setting(name: "n", value: "\(lines)", needs: "a whole number from 2 to 4096")
    }
    guard (3...201).contains(places) else {
      throw .setting(name: "places", value: "\(places)", needs: "a whole number from 3 to 201")
    }
    let count = min(lines, data.count)
    let real = try raising { try data.batch((0..<count).map { $0 * data.count / count }) }
    let codes = try displayNoise([count, latent], fresh: false)
    let made = try examples(from: codes, labels: takesLabels ? real.y : nil)
    let wasRecording = GradientRecording.isOn
    GradientRecording.isOn = true
    defer { GradientRecording.isOn = wasRecording }
    var found: [DiscriminatorSlope.Place] = []
    for index in 0..<places {
      if state.shouldStop() { throw .stopped }
      let share = Double(index) / Double(places - 1)
      let between: Tensor = try raising { try real.x * (1 - share) + made * share }
      found.append(try place(between.detached(), real.y, share: share))
    }
    guard found.allSatisfy({ $0.score.isFinite && $0.slope.isFinite }) else {
      throw .unsupported(what: "slope", reason: "what D says is not finite; alarms tells where that comes from")
    }
    return try raising {
      let rows = try (real.x - made).reshaped(to: [count, -1])
      let length = try mean(sqrt(sum(rows * rows, alongAxis: 1))).item()
      return DiscriminatorSlope(
        places: found, lines: count, length: length, isLogit: loss.usesProbabilities,
        push: try push(at: made, real.y), step: state.step)
    }
  }

  /// The score of each example before a sigmoid, if there is one.
  private func openScore(_ examples: Tensor, _ labels: Tensor?) throws -> Tensor {
    let inputs = [examples] + (discriminatorTakesLabels ? [labels].compactMap { $0 } : [])
    switch try Generative.score(of: discriminator, inputs, in: lookingContext()) {
    case .logits(let logits): return logits
    case .probabilities(let probability):
      return loss.usesProbabilities ? try log(probability + 1e-7) - log(1 - probability + 1e-7) : probability
    }
  }

  private func place(
    _ examples: Tensor, _ labels: Tensor?, share: Double
  ) throws(TrainerError) -> DiscriminatorSlope.Place {
    try raising {
      let at = try examples.requiringGradient()
      let scores = try openScore(at, labels)
      let slopes = try gradient(of: sum(scores), withRespectTo: [at])[0]
      let rows = try slopes.reshaped(to: [examples.shape[0], -1])
      let lengths = try sqrt(sum(rows * rows, alongAxis: 1))
      let (score, slope) = (Spread(scores.detached().scalars()), Spread(lengths.detached().scalars()))
      return DiscriminatorSlope.Place(
        share: share, score: score.mean, spread: score.deviation, slope: slope.mean, slopeSpread: slope.deviation)
    }
  }

  /// How strongly the game pushes the score of a generated example, on average.
  private func push(at examples: Tensor, _ labels: Tensor?) throws -> Double {
    let scores = try openScore(examples.requiringGradient(), labels).detached().requiringGradient()
    let error = try loss.generator(fake: .logits(scores))
    let pushes = try gradient(of: error, withRespectTo: [scores])[0]
    return pushes.scalars().reduce(0.0) { $0 + Double($1.magnitude) }
  }
}

/// Mean and standard deviation of some numbers.
private struct Spread {
  let mean: Double
  let deviation: Double

  init(_ numbers: [Float]) {
    let count = Double(max(numbers.count, 1))
    let mean = numbers.reduce(0.0) { $0 + Double($1) } / count
    self.mean = mean
    deviation = (numbers.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count).squareRoot()
  }
}
