// SPDX-License-Identifier: Apache-2.0
import Glibc

/// One change of scale: (x − mean) / deviation, or its inverse x · deviation + mean.
///
/// Applied in float32, with the same operations in the same order as torchvision's `Normalize`.
public struct Normalization: Sendable, Hashable {
  /// What is taken off.
  public let mean: Float
  /// What the rest is divided by; never 0.
  public let deviation: Float
  /// Whether this undoes a normalization.
  public let isInverse: Bool

  /// A change of scale.
  ///
  /// - Throws: `DatasetError.invalid` if `deviation` is 0 or either number is not finite.
  public init(mean: Float, deviation: Float, isInverse: Bool = false) throws(DatasetError) {
    guard mean.isFinite else { throw .invalid(argument: "mean", value: "\(mean)", allowed: "a finite number") }
    guard deviation.isFinite, deviation != 0 else {
      throw .invalid(argument: "std", value: "\(deviation)", allowed: "a finite number other than 0")
    }
    self.mean = mean
    self.deviation = deviation
    self.isInverse = isInverse
  }

  /// The scaled number.
  public func callAsFunction(_ number: Float) -> Float {
    isInverse ? number * deviation + mean : (number - mean) / deviation
  }
}

/// The smallest and largest value that images may take, checked against losses and output layers.
public struct ValueRange: Sendable, Hashable, CustomStringConvertible {
  /// The lower bound.
  public let lower: Float
  /// The upper bound.
  public let upper: Float

  /// A range between two numbers, given in any order.
  public init(_ first: Float, _ second: Float) {
    lower = min(first, second)
    upper = max(first, second)
  }

  /// What pixels divided by 255 take: the range that binary cross-entropy needs.
  public static let unit = ValueRange(0, 1)

  /// What `normalize(0.5, 0.5)` gives: the range of tanh.
  public static let symmetric = ValueRange(-1, 1)

  /// Whether every value of `other` lies in this range.
  public func contains(_ other: ValueRange) -> Bool { lower <= other.lower && other.upper <= upper }

  /// The range as `−1 … 1`.
  public var description: String { "\(numberText(lower)) … \(numberText(upper))" }
}

/// A number as people write it: four significant digits, no `.0`, a real minus sign.
private func numberText(_ number: Float) -> String {
  let magnitude = Double(number.magnitude)
  guard magnitude < 1e6 else { return "\(number)" }
  let digits = magnitude == 0 ? 0 : 3 - Int(log10(magnitude).rounded(.down))
  let scale = pow(10, Double(digits))
  let rounded = (magnitude * scale).rounded() / scale
  let text = rounded == rounded.rounded() ? String(Int(rounded)) : String(Float(rounded))
  return number < 0 && rounded != 0 ? "−" + text : text
}
