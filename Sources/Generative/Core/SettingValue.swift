// SPDX-License-Identifier: Apache-2.0

/// What a setting of a trainer holds.
public enum SettingValue: Sendable, Hashable, CustomStringConvertible {
  /// A rate, a weight, a share.
  case number(Double)
  /// A count.
  case count(Int)
  /// One of some words, such as the name of a loss.
  case text(String)
  /// Yes or no.
  case flag(Bool)
  /// Nothing set.
  case none

  /// The value as people type it.
  public var description: String {
    switch self {
    case .number(let number): number == number.rounded() && abs(number) < 1e6 ? "\(Int(number))" : "\(number)"
    case .count(let count): "\(count)"
    case .text(let text): "\"\(text)\""
    case .flag(let flag): flag ? "True" : "False"
    case .none: "None"
    }
  }
}

/// A setting with its name, as `k` or `opt_G.lr`.
public struct NamedSetting: Sendable, Hashable {
  /// The name by which it is read and changed.
  public let name: String
  /// What it holds.
  public let value: SettingValue

  /// A setting with its name.
  public init(_ name: String, _ value: SettingValue) {
    self.name = name
    self.value = value
  }
}

extension SettingValue {
  /// The number it holds.
  ///
  /// - Throws: `TrainerError.setting` unless it is a finite number that `isAllowed` accepts.
  func number(for name: String, needs: String, _ isAllowed: (Double) -> Bool) throws(TrainerError) -> Double {
    let number: Double? =
      switch self {
      case .number(let number): number
      case .count(let count): Double(count)
      default: nil
      }
    guard let number, number.isFinite, isAllowed(number) else {
      throw .setting(name: name, value: description, needs: needs)
    }
    return number
  }

  /// The whole number it holds.
  ///
  /// - Throws: `TrainerError.setting` unless it is a whole number in `range`.
  func count(for name: String, in range: ClosedRange<Int>) throws(TrainerError) -> Int {
    let count: Int? =
      switch self {
      case .count(let count): count
      case .number(let number): Int(exactly: number)
      default: nil
      }
    guard let count, range.contains(count) else {
      throw .setting(name: name, value: description, needs: "a whole number from \(range.lowerBound)")
    }
    return count
  }

  /// The word it holds.
  ///
  /// - Throws: `TrainerError.setting` unless it is one of `words`.
  func word<Word: RawRepresentable & CaseIterable>(
    for name: String, of type: Word.Type
  ) throws(TrainerError) -> Word where Word.RawValue == String {
    guard case .text(let text) = self, let word = Word(rawValue: text) else {
      let known = Word.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      throw .setting(name: name, value: description, needs: "one of \(known)")
    }
    return word
  }
}
