// SPDX-License-Identifier: Apache-2.0

/// The language in which Easel talks to people; names of the command language itself are never translated.
public enum MessageLanguage: String, Sendable, CaseIterable {
  /// English, the fallback.
  case english = "en"
  /// Simplified Chinese.
  case chinese = "zh"
}

/// A sentence that people read, in every language that Easel speaks.
public struct Text: Sendable, Hashable {
  /// The sentence in English.
  public let english: String
  /// The same sentence in Simplified Chinese.
  public let chinese: String

  /// Makes a text from its two wordings.
  public init(_ english: String, zh chinese: String) {
    self.english = english
    self.chinese = chinese
  }

  /// The wording in `language`.
  public func callAsFunction(_ language: MessageLanguage) -> String {
    switch language {
    case .english: english
    case .chinese: chinese
    }
  }
}
