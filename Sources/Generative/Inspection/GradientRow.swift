// SPDX-License-Identifier: Apache-2.0
import Layers
public import Tensors

/// Something about a gradient that deserves a look.
public enum GradientFlag: String, Sendable, CaseIterable {
  /// There is none: no loss reached the parameter.
  case missing
  /// The parameter is frozen.
  case frozen
  /// It holds a NaN or an infinity.
  case notFinite
  /// Tiny beside the weight, or beside the next layer's.
  case vanishing
  /// Larger than the weight.
  case large
  /// A hundred times larger than the weight.
  case exploding
  /// Nearly all zeros.
  case dead
}

/// The gradient of one parameter, in figures: the very tensor that the optimizer used.
public struct GradientRow: Sendable, Hashable {
  /// The net it belongs to, as `G`.
  public let net: String
  /// Its path within the net, as `0.weight`.
  public let name: String
  /// Its shape.
  public let shape: Shape
  /// Its length as a vector; nil without a gradient.
  public let norm: Double?
  /// The mean of its elements.
  public let mean: Double
  /// The largest size of an element.
  public let maximum: Double
  /// The share of elements that are zero, 0 … 1.
  public let zeroShare: Double
  /// The length of the weight as a vector.
  public let weightNorm: Double
  /// ‖Δw‖ / ‖w‖ of the last update, if its optimizer remembers it.
  public let updateRatio: Double?
  /// How many elements lie in each of ten equal parts of ±`maximum`.
  public let histogram: [Int]
  /// The losses whose gradients it holds.
  public let provenance: [String]
  /// What deserves a look.
  public internal(set) var flags: [GradientFlag]

  /// ‖g‖ / ‖w‖; nil without a gradient.
  public var ratio: Double? { norm.map { weightNorm > 0 ? $0 / weightNorm : .infinity } }

  /// Whether it is a bias: a vector beside a weight.
  public var isBias: Bool { shape.rank <= 1 && (name == "bias" || name.hasSuffix(".bias")) }
}

extension GradientRow {
  /// The figures of a parameter's gradient as it was used, or else as it is now.
  init(
    net: String, name: String, parameter: Parameter, used: UsedGradient?, updateNorm: Double?,
    thresholds: GradientThresholds
  ) throws(TensorError) {
    let weights = try VectorFigures(parameter.value)
    self.net = net
    self.name = name
    shape = parameter.value.shape
    weightNorm = weights.norm
    updateRatio = updateNorm.map { weights.norm > 0 ? $0 / weights.norm : .infinity }
    provenance = used?.losses ?? parameter.provenance
    flags = parameter.isFrozen ? [.frozen] : []
    guard let gradient = used?.gradient ?? parameter.gradient else {
      (norm, mean, maximum, zeroShare, histogram) = (nil, 0, 0, 0, [])
      if flags.isEmpty { flags = [.missing] }
      return
    }
    let figures = try VectorFigures(gradient)
    (norm, mean, maximum) = (figures.norm, figures.mean, figures.maximum)
    (zeroShare, histogram) = (figures.zeroShare, figures.histogram)
    flags += figures.isFinite ? flagged(thresholds) : [.notFinite]
  }

  private func flagged(_ thresholds: GradientThresholds) -> [GradientFlag] {
    guard let ratio else { return [] }
    var found: [GradientFlag] = []
    if zeroShare > thresholds.dead { found.append(.dead) }
    // Weights that start at zero have no size to be measured against.
    guard weightNorm > 0 else { return found }
    if ratio < thresholds.vanishing { found.append(.vanishing) }
    if ratio > thresholds.exploding {
      found.append(.exploding)
    } else if ratio > thresholds.large {
      found.append(.large)
    }
    return found
  }
}
