// SPDX-License-Identifier: Apache-2.0

/// The language of the few words that figures say themselves.
public enum Wording: Sendable, Hashable, CaseIterable {
  /// English.
  case english
  /// Simplified Chinese.
  case chinese

  /// The sentence in this language.
  func callAsFunction(_ english: String, _ chinese: String) -> String {
    self == .english ? english : chinese
  }

  /// Parts of a sentence, one after the other.
  func list(_ parts: [String]) -> String {
    parts.joined(separator: self("; ", "；"))
  }
}
