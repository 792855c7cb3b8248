// SPDX-License-Identifier: Apache-2.0
import Datasets
public import Layers
import Tensors

/// The gradients of a trainer's nets, each as its optimizer used it in the last step.
public struct GradientReport: Sendable, Hashable {
  /// How many steps had been taken.
  public let step: Int
  /// A row for each parameter, in the order of the nets and of their layers.
  public let rows: [GradientRow]

  /// The rows of one net.
  public func rows(of net: String) -> [GradientRow] { rows.filter { $0.net == net } }

  /// The rows people look at first: without biases that have nothing to say.
  public var withoutQuietBiases: [GradientRow] {
    rows.filter { !$0.isBias || $0.flags.contains(.notFinite) || $0.flags.contains(.exploding) }
  }

  /// The losses whose gradients a net holds, in order, each once.
  public func provenance(of net: String) -> [String] {
    var seen: [String] = []
    for label in rows(of: net).flatMap(\.provenance) where !seen.contains(label) { seen.append(label) }
    return seen
  }

  /// The length of all gradients of a net as one vector.
  public func norm(of net: String) -> Double {
    rows(of: net).reduce(0) { $0 + ($1.norm ?? 0) * ($1.norm ?? 0) }.squareRoot()
  }
}

/// The gradients of one net as they are now, in figures.
///
/// - Parameters:
///   - net: The net.
///   - name: The name it is known by.
///   - optimizers: Optimizers that may tell how far they moved its parameters.
///   - thresholds: From which values on a gradient is flagged.
///   - asUsed: Whether a gradient is shown as an optimizer used it, where that was watched.
/// - Returns: A row for each parameter.
/// - Throws: `TrainerError.tensor` if memory is short.
public func gradientRows(
  of net: any Layer, named name: String, optimizers: [any Optimizer] = [],
  thresholds: GradientThresholds = GradientThresholds(), asUsed: Bool = false
) throws(TrainerError) -> [GradientRow] {
  try raising {
    let updates = try UpdateNorms(optimizers)
    var rows = try net.namedParameters.map { path, parameter in
      try GradientRow(
        net: name, name: path, parameter: parameter, used: asUsed ? parameter.usedGradient : nil,
        updateNorm: updates[parameter], thresholds: thresholds)
    }
    flagVanishing(&rows, thresholds)
    return rows
  }
}

/// Flags weights whose gradient is tiny beside that of the next layer's weight.
private func flagVanishing(_ rows: inout [GradientRow], _ thresholds: GradientThresholds) {
  let weights = rows.indices.filter { rows[$0].shape.rank >= 2 }
  for (index, next) in zip(weights, weights.dropFirst()) {
    guard let norm = rows[index].norm, let following = rows[next].norm, following > 0, following.isFinite,
      norm < thresholds.vanishingBesideNext * following, !rows[index].flags.contains(.vanishing)
    else { continue }
    rows[index].flags.append(.vanishing)
  }
}

extension Trainer {
  /// The gradients that the optimizers used in the last step, in figures.
  ///
  /// - Parameter thresholds: From which values on a gradient is flagged.
  /// - Returns: A row for each parameter of each net.
  /// - Throws: `TrainerError.tensor` if memory is short.
  public func gradients(_ thresholds: GradientThresholds = GradientThresholds()) throws(TrainerError) -> GradientReport
  {
    var rows: [GradientRow] = []
    let thresholds = thresholds.scaled(by: summedExamples)
    let all = optimizers.map { $0.optimizer }
    for (name, net) in nets {
      rows += try gradientRows(of: net, named: name, optimizers: all, thresholds: thresholds, asUsed: true)
    }
    return GradientReport(step: state.step, rows: rows)
  }
}

extension Trainer {
  /// Over how many examples the loss is a sum and not a mean: its gradients are as many times as long.
  private var summedExamples: Double { self is VAETrainer ? Double(state.loader?.batchSize ?? 1) : 1 }
}
