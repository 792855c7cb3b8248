// SPDX-License-Identifier: Apache-2.0

/// Keeps what the kernel publishes below what Jupyter Server passes on by default.
///
/// That is 1,000 messages and 1,000,000 bytes of printed text a second, each over three seconds. Beyond it the server
/// throws output away, so we wait instead. A token bucket each: what may go out in any three seconds is its size plus three times its rate.
struct SendingRate: Sendable {
  private static let messages = (size: 800.0, rate: 690.0)
  private static let bytes = (size: 750_000.0, rate: 700_000.0)

  private var messages = Self.messages.size
  private var bytes = Self.bytes.size
  private var filled: ContinuousClock.Instant
  private let isUnlimited: Bool

  init(now: ContinuousClock.Instant, isUnlimited: Bool = false) {
    filled = now
    self.isUnlimited = isUnlimited
  }

  /// Notes text that is sent whatever it costs.
  ///
  /// - Returns: When more may follow; nil for at once.
  mutating func charge(bytes sent: Int, now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
    guard !isUnlimited, sent > 0 else { return nil }
    fill(now: now)
    bytes -= Double(sent)
    messages -= 1
    return bytes < 0 ? now + .seconds(-bytes / Self.bytes.rate) : nil
  }

  /// Takes what one sending costs; when that is more than is left, takes nothing and tells when it will be there.
  mutating func take(
    messages wanted: Int, bytes wantedBytes: Int, now: ContinuousClock.Instant
  ) -> ContinuousClock.Instant? {
    guard !isUnlimited, wanted > 0 || wantedBytes > 0 else { return nil }
    fill(now: now)
    let delay = max(
      (min(Double(wanted), Self.messages.size) - messages) / Self.messages.rate,
      (min(Double(wantedBytes), Self.bytes.size) - bytes) / Self.bytes.rate)
    guard delay <= 0 else { return now + .seconds(delay) }
    messages -= Double(wanted)
    bytes -= Double(wantedBytes)
    return nil
  }

  private mutating func fill(now: ContinuousClock.Instant) {
    let elapsed = (now - filled) / .seconds(1)
    filled = now
    messages = min(Self.messages.size, messages + elapsed * Self.messages.rate)
    bytes = min(Self.bytes.size, bytes + elapsed * Self.bytes.rate)
  }
}
