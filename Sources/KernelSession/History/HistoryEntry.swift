// SPDX-License-Identifier: Apache-2.0

/// One remembered input.
public struct HistoryEntry: Sendable, Hashable {
  /// The number of the session in which it was typed, from 1.
  public var session: Int
  /// Its number in that session, from 1.
  public var number: Int
  /// The code; may have several lines.
  public var input: String
  /// What its value looked like, when it had one and this session remembers it.
  public var output: String?
  /// When it was typed, in seconds since 1970.
  public var time: Int

  /// Makes an entry.
  public init(session: Int, number: Int, input: String, output: String? = nil, time: Int) {
    self.session = session
    self.number = number
    self.input = input
    self.output = output
    self.time = time
  }
}
