// SPDX-License-Identifier: Apache-2.0

/// A piece of a source text, as UTF-8 byte offsets.
public struct SourceSpan: Sendable, Hashable {
  /// Offset of the first byte.
  public let start: Int
  /// Offset behind the last byte; never less than `start`.
  public let end: Int

  /// Makes the span `start ..< end`; an end before the start gives an empty span.
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = max(start, end)
  }

  /// The smallest span that holds both.
  public func union(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(min(start, other.start), max(end, other.end))
  }
}
