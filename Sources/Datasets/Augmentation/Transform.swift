// SPDX-License-Identifier: Apache-2.0

/// One random change of an image that should not change its class.
public enum Transform: Sendable, Hashable {
  /// Turned about its middle by an angle uniform in ±`degrees`.
  case rotate(degrees: Double)
  /// Moved by distances uniform in ±`pixels` each way.
  case shift(pixels: Double)
  /// Enlarged by a factor uniform in `lower` … `upper`.
  case scale(lower: Double, upper: Double)
  /// Slanted by an angle uniform in ±`degrees`.
  case shear(degrees: Double)
  /// Mirrored left to right with this probability; wrong for digits and letters.
  case flip(probability: Double)
  /// A square of `side` pixels blanked at a random place. DeVries and Taylor 2017, arXiv:1708.04552.
  case erase(side: Int)
  /// Normal noise of this deviation added to each pixel.
  case noise(deviation: Double)
  /// Stretched about its mean by a factor uniform in 1 ± `amount`.
  case contrast(amount: Double)
  /// Smoothed by a Gaussian of a deviation uniform in 0 … `deviation` pixels.
  case blur(deviation: Double)
  /// Bent by a smooth random field: `alpha` pixels strong, smoothed by a Gaussian of `sigma` pixels.
  /// Simard, Steinkraus and Platt 2003.
  case elastic(alpha: Double, sigma: Double)

  /// Makes sure that the numbers make sense.
  ///
  /// - Throws: `DatasetError.invalid`.
  func check() throws(DatasetError) {
    switch self {
    case .rotate(let degrees): try need(degrees >= 0 && degrees <= 360, "rotate", degrees, "0 … 360")
    case .shift(let pixels): try need(pixels >= 0 && pixels <= 1e4, "shift", pixels, "0 or more")
    case .scale(let lower, let upper):
      try need(lower > 0 && lower <= upper && upper <= 100, "scale", lower, "0 < lower ≤ upper ≤ 100")
    case .shear(let degrees): try need(degrees >= 0 && degrees < 80, "shear", degrees, "0 … 80")
    case .flip(let probability): try need((0...1).contains(probability), "p", probability, "0 … 1")
    case .erase(let side): try need(side >= 0 && side <= 1 << 20, "erase", Double(side), "0 or more")
    case .noise(let deviation): try need(deviation >= 0 && deviation.isFinite, "sd", deviation, "0 or more")
    case .contrast(let amount): try need((0...1).contains(amount), "contrast", amount, "0 … 1")
    case .blur(let deviation): try need(deviation >= 0 && deviation <= 100, "blur", deviation, "0 … 100")
    case .elastic(let alpha, let sigma):
      try need(alpha >= 0 && alpha <= 1e4, "alpha", alpha, "0 or more")
      try need(sigma > 0 && sigma <= 100, "sigma", sigma, "above 0, at most 100")
    }
  }

  private func need(_ isRight: Bool, _ name: String, _ value: Double, _ allowed: String) throws(DatasetError) {
    guard isRight else { throw .invalid(argument: name, value: shortText(value), allowed: allowed) }
  }
}

extension Transform: CustomStringConvertible {
  /// As in `rotate ±12°`.
  public var description: String {
    switch self {
    case .rotate(let degrees): "rotate ±\(shortText(degrees))°"
    case .shift(let pixels): "shift ±\(shortText(pixels)) px"
    case .scale(let lower, let upper): "scale \(shortText(lower))–\(shortText(upper))"
    case .shear(let degrees): "shear ±\(shortText(degrees))°"
    case .flip(let probability): "flip p \(shortText(probability))"
    case .erase(let side): "erase \(side)×\(side)"
    case .noise(let deviation): "noise sd \(shortText(deviation))"
    case .contrast(let amount): "contrast ±\(shortText(amount))"
    case .blur(let deviation): "blur ≤\(shortText(deviation)) px"
    case .elastic(let alpha, let sigma): "elastic α \(shortText(alpha)) σ \(shortText(sigma))"
    }
  }
}

/// A number as people write it: at most three decimals, no trailing zeros.
func shortText(_ number: Double) -> String {
  guard number.isFinite, abs(number) < 1e9 else { return "\(number)" }
  let rounded = (number * 1000).rounded() / 1000
  return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
}
