// SPDX-License-Identifier: Apache-2.0

/// Why a message was thrown away unanswered.
public enum WireError: Error, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// There is no `<IDS|MSG>` frame.
  case noDelimiter
  /// Fewer than five frames follow the delimiter.
  case tooFewFrames
  /// More frames came than any client sends.
  case tooManyFrames
  /// The signature does not fit the frames and the key.
  case badSignature
  /// The same signed message came before.
  case replayed
  /// The header is no JSON object, or its identity or type is missing.
  case badHeader

  /// What is wrong, in English.
  public var description: String {
    switch self {
    case .noDelimiter: "a message without <IDS|MSG>"
    case .tooFewFrames: "a message with too few frames"
    case .tooManyFrames: "a message with too many frames"
    case .badSignature: "a message with a wrong signature"
    case .replayed: "a message that came before"
    case .badHeader: "a message whose header cannot be read"
    }
  }
}
