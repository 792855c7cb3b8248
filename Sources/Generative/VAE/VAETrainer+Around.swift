// SPDX-License-Identifier: Apache-2.0
import Layers
public import Tensors

/// How a code close to that of an image is drawn.
public enum CodeNeighbourhood: String, Sendable, CaseIterable {
  /// From the distribution that the encoder gives the image, widened by the spread.
  case posterior
  /// From a normal distribution around its mean whose deviation is the spread in every unit.
  case jitter
  /// On the straight line to the mean of another image of the same class, a share of 0 to the spread of the way.
  /// DeVries and Taylor 2017, arXiv:1702.05538.
  case between
}

extension VAETrainer {
  /// Images close to given ones, one for each.
  ///
  /// - Parameters:
  ///   - images: [count] followed by the shape of an example.
  ///   - labels: [count] whole numbers, if conditional.
  ///   - spread: What the neighbourhood makes of it; 0 gives the reconstructions.
  ///   - neighbourhood: How codes are drawn.
  ///   - groups: The class of each image, for `between`; all are one class if nil.
  ///   - random: Where the draws come from; if nil the same every time.
  /// - Returns: [count] followed by the shape of an example.
  /// - Throws: `TrainerError.setting` for a negative spread, `TrainerError.layer` for images of another shape.
  public func around(
    _ images: Tensor, labels: Tensor? = nil, spread: Double = 1, in neighbourhood: CodeNeighbourhood = .posterior,
    groups: [Int]? = nil, from random: RandomStream? = nil
  ) throws(TrainerError) -> Tensor {
    guard spread >= 0, spread.isFinite else {
      throw .setting(name: "spread", value: "\(spread)", needs: "a number from 0")
    }
    let code = try encode(images, labels: labels)
    let random = random ?? state.streams.fixedDisplay()
    let codes: Tensor = try raising {
      switch neighbourhood {
      case .posterior: try code.mean + exp(code.logVariance * 0.5) * random.normal(code.mean.shape) * spread
      case .jitter: try code.mean + random.normal(code.mean.shape) * spread
      case .between: try towardsOthers(code.mean, groups, spread, random)
      }
    }
    return try examples(from: codes, labels: labels)
  }

  /// Each code moved towards that of another of its group, drawn among them; a code that is alone stays.
  private func towardsOthers(
    _ codes: Tensor, _ groups: [Int]?, _ spread: Double, _ random: RandomStream
  ) throws(TensorError) -> Tensor {
    let count = codes.shape[0]
    let places = Dictionary(grouping: 0..<count) { groups?[$0] ?? 0 }
    var partners: [Int64] = []
    for place in 0..<count {
      let others = (places[groups?[place] ?? 0] ?? []).filter { $0 != place }
      guard !others.isEmpty else {
        partners.append(Int64(place))
        continue
      }
      let drawn = try random.integers(below: others.count, [1]).integers()[0]
      partners.append(Int64(others[Int(drawn)]))
    }
    let ends = try take(codes, indices: Tensor(partners, shape: [count]))
    let shares = try random.uniform([count, 1]) * spread
    return try codes + (ends - codes) * shares
  }
}
