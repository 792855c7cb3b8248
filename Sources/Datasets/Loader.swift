// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Deals the examples of a data set in batches, epoch after epoch.
///
/// The order of epoch `e` follows from the seed, the stream and `e` alone, so a position is two numbers and can be
/// taken up again exactly. The last batch of an epoch holds what is left over, as PyTorch's `DataLoader` does it.
public final class Loader {
  /// Where a loader stands.
  public struct Position: Sendable, Hashable {
    /// How many epochs are complete.
    public var epoch: Int
    /// How many examples of the current epoch were dealt.
    public var taken: Int

    /// The place after `epoch` whole epochs and `taken` examples.
    public init(epoch: Int = 0, taken: Int = 0) {
      self.epoch = epoch
      self.taken = taken
    }
  }

  /// What is dealt; another data set may be put in its place at any time.
  ///
  /// The position stays, unless the new set is too small for it: then the next epoch begins.
  public var data: Dataset {
    didSet {
      order = nil
      dataChanges &+= 1
    }
  }
  /// Counts how often other data were put in place, also others of the same name and length.
  public private(set) var dataChanges = 0
  /// How many examples a batch has, except the last of an epoch.
  public private(set) var batchSize: Int
  /// Whether each epoch has an order of its own.
  public let shuffles: Bool
  /// Whether the incomplete batch at the end of an epoch is left out.
  public let dropsLast: Bool
  /// Where the loader stands; setting it goes back or forward exactly.
  public var position = Position() {
    didSet { if position.epoch != oldValue.epoch { order = nil } }
  }

  /// What is done to each example when it is dealt, or nil.
  public var augmentation: Augmentation?
  /// What the augmentation's draws follow from.
  public var augmentationSeed: UInt64 = 0

  private let origin: RandomStream.State
  private var order: [Int]?

  /// A loader at the start of its first epoch.
  ///
  /// - Parameters:
  ///   - data: What is dealt; at least one example.
  ///   - batch: How many examples at a time, at least 1.
  ///   - shuffle: Whether each epoch has an order of its own.
  ///   - dropLast: Whether the incomplete batch at the end is left out.
  ///   - random: Its seed and stream decide the orders; it is not advanced.
  /// - Throws: `DatasetError.invalid` for a batch below 1, `DatasetError.empty` without examples.
  public init(
    _ data: Dataset, batch: Int = 64, shuffle: Bool = true, dropLast: Bool = false, random: RandomStream
  ) throws(DatasetError) {
    try Self.check(batch, of: data, dropsLast: dropLast)
    self.data = data
    batchSize = batch
    shuffles = shuffle
    dropsLast = dropLast
    origin = random.state
  }

  /// Deals batches of another size from the next one on; the position stays.
  ///
  /// - Parameter batch: How many examples at a time, at least 1.
  /// - Throws: `DatasetError.invalid` for a batch below 1, or above the number of examples if the last is left out.
  public func setBatchSize(_ batch: Int) throws(DatasetError) {
    try Self.check(batch, of: data, dropsLast: dropsLast)
    batchSize = batch
  }

  private static func check(_ batch: Int, of data: Dataset, dropsLast: Bool) throws(DatasetError) {
    guard batch >= 1, batch <= 1 << 30 else {
      throw .invalid(argument: "batch", value: "\(batch)", allowed: "1 or more")
    }
    guard !data.isEmpty else { throw .empty(operation: "Loader") }
    guard !dropsLast || data.count >= batch else {
      throw .invalid(argument: "batch", value: "\(batch)", allowed: "at most \(data.count), the number of examples")
    }
  }

  /// How many batches an epoch has.
  public var batchesPerEpoch: Int {
    dropsLast ? data.count / batchSize : (data.count + batchSize - 1) / batchSize
  }

  /// The next batch; goes on into the next epoch by itself.
  ///
  /// - Throws: `DatasetError.tensor` if there is not enough memory; the position then stays.
  public func next() throws(DatasetError) -> Batch {
    if left == 0 { startNextEpoch() }
    return try deal()
  }

  /// The next batch of the current epoch, or nil when the epoch is over.
  ///
  /// - Throws: `DatasetError.tensor` if there is not enough memory; the position then stays.
  public func nextInEpoch() throws(DatasetError) -> Batch? {
    left == 0 ? nil : try deal()
  }

  /// Goes to the start of an epoch: stays at one, or ends the epoch under way.
  public func startEpoch() {
    if position.taken > 0 { startNextEpoch() }
  }

  /// The places in `data` of the current epoch, in the order in which they are dealt.
  public var epochOrder: [Int] {
    if let order { return order }
    guard shuffles else { return Array(0..<data.count) }
    var state = origin
    // Orders lie 2⁴⁰ counts apart: no epoch reaches into the next.
    state.counter &+= UInt64(truncatingIfNeeded: position.epoch) << 40
    let made = RandomStream(state).permutation(data.count)
    order = made
    return made
  }

  /// How many examples of this epoch are still to be dealt.
  private var left: Int {
    let end = dropsLast ? data.count - data.count % batchSize : data.count
    return max(end - position.taken, 0)
  }

  private func startNextEpoch() { position = Position(epoch: position.epoch + 1) }

  private func deal() throws(DatasetError) -> Batch {
    let end = position.taken + min(batchSize, left)
    let indices = Array(epochOrder[position.taken..<end])
    let batch =
      if let augmentation {
        try data.batch(indices, augmentation: augmentation, epoch: position.epoch, seed: augmentationSeed)
      } else {
        try data.batch(indices)
      }
    position.taken = end
    return batch
  }
}
