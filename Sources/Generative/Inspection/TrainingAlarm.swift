// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors

/// Something that training itself shows to be going wrong; what samples show is judged elsewhere.
public enum TrainingAlarm: Sendable, Hashable {
  /// A weight or a statistic of a net is NaN or infinite: no step can mend it.
  case notFinite(net: String, tensor: String, kind: String)
  /// D tells real from generated without fail, so G learns nothing.
  case discriminatorWins(real: Double, fake: Double)
  /// The gradient that reaches the first layer of a net is tiny.
  case vanishingGradients(net: String)
  /// The gradient of a layer is a hundred times its weight.
  case explodingGradients(net: String, layer: String)
  /// Hardly any code unit says anything of the image.
  case posteriorCollapse(activeUnits: Int, of: Int)

  /// A name for tables and help pages.
  public var name: String {
    switch self {
    case .notFinite: "NaN in weights"
    case .discriminatorWins: "D too strong"
    case .vanishingGradients: "vanishing gradients"
    case .explodingGradients: "exploding gradients"
    case .posteriorCollapse: "posterior collapse"
    }
  }
}

extension Trainer {
  /// What the last steps show to be going wrong; nothing is changed.
  ///
  /// - Parameters:
  ///   - window: How many steps are looked back at.
  ///   - images: How many training images a VAE is tried on.
  /// - Returns: The alarms, the gravest first; none in the first steps.
  /// - Throws: `TrainerError` if the net cannot be looked at.
  public func alarms(window: Int = 50, images: Int = 500) throws(TrainerError) -> [TrainingAlarm] {
    let spoilt = spoiltNets
    guard spoilt.isEmpty, state.history.count >= min(window, 20) else { return spoilt }
    var alarms: [TrainingAlarm] = []
    if let gan = self as? GANTrainer, let alarm = gan.victory(window: window) { alarms.append(alarm) }
    if let vae = self as? VAETrainer, let alarm = try vae.collapse(images: images) { alarms.append(alarm) }
    return alarms + (try gradientAlarms())
  }

  /// Nets with a weight, or a statistic of a normalization, that is not finite.
  private var spoiltNets: [TrainingAlarm] {
    nets.compactMap { name, net in
      net.stateDictionary.lazy.compactMap { entry in
        nonFiniteKind(of: entry.tensor).map { .notFinite(net: name, tensor: entry.name, kind: $0) }
      }.first
    }
  }

  private func gradientAlarms() throws(TrainerError) -> [TrainingAlarm] {
    var alarms: [TrainingAlarm] = []
    let report = try gradients()
    for (net, _) in nets {
      let weights = report.rows(of: net).filter { $0.shape.rank >= 2 }
      if let first = weights.first, first.flags.contains(.vanishing) { alarms.append(.vanishingGradients(net: net)) }
      if let worst = weights.first(where: { $0.flags.contains(.exploding) }) {
        alarms.append(.explodingGradients(net: net, layer: worst.name))
      }
    }
    return alarms
  }
}

extension GANTrainer {
  /// Whether D has been sure of everything for a while; only where it says probabilities.
  fileprivate func victory(window: Int) -> TrainingAlarm? {
    guard loss.usesProbabilities, let real = state.history.recentMean("D(x)", window: window),
      let fake = state.history.recentMean("D(G(z))", window: window), real > 0.97, fake < 0.03
    else { return nil }
    return .discriminatorWins(real: real, fake: fake)
  }
}

extension VAETrainer {
  /// Whether fewer than three code units, and less than a quarter of them, vary with the image.
  fileprivate func collapse(images: Int) throws(TrainerError) -> TrainingAlarm? {
    guard let data = state.loader?.data else { return nil }
    let part = try raising { try data.prefix(max(images, 1)) }
    let active = try evaluate(part).activeUnits
    return active < 3 && active * 4 < latent ? .posteriorCollapse(activeUnits: active, of: latent) : nil
  }
}
