// SPDX-License-Identifier: Apache-2.0

/// Remembers the signatures of recent messages, so that none is executed twice.
///
/// Holds a bounded number; the oldest are forgotten first.
public struct ReplayGuard: Sendable {
  private var seen: Set<[UInt8]> = []
  private var order: [[UInt8]] = []
  private var oldest = 0
  private let capacity: Int

  /// Makes a guard that remembers `capacity` signatures.
  public init(capacity: Int = 16_384) {
    precondition(capacity > 0, "A guard that remembers nothing guards nothing.")
    self.capacity = capacity
  }

  /// Notes a verified signature.
  ///
  /// - Parameter signature: The signature; an empty one, sent without a key, is never a replay.
  /// - Throws: `WireError.replayed` when it was noted before.
  public mutating func note(_ signature: [UInt8]) throws(WireError) {
    guard !signature.isEmpty else { return }
    guard seen.insert(signature).inserted else { throw .replayed }
    if order.count < capacity {
      order.append(signature)
    } else {
      seen.remove(order[oldest])
      order[oldest] = signature
      oldest = (oldest + 1) % capacity
    }
  }
}
