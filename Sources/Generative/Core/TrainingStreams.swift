// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// The random streams of one trainer: one a purpose, all from one seed, so that none disturbs another.
public struct TrainingStreams {
  /// What the numbers of a stream are for.
  public enum Purpose: UInt64, Sendable, CaseIterable {
    /// The weights at the start.
    case weights = 1
    /// The order of the examples.
    case order
    /// Noise: codes for the generator, samples from the encoder, interpolations.
    case noise
    /// Dropout.
    case dropout
    /// Augmentation.
    case augmentation
    /// What is looked at: samples, previews, walks. Never used in training.
    case display
  }

  /// What all streams follow from.
  public let seed: UInt64
  /// Where weights are drawn from.
  public let weights: RandomStream
  /// What decides the order of the examples.
  public let order: RandomStream
  /// Where noise is drawn from.
  public let noise: RandomStream
  /// Where dropout is drawn from.
  public let dropout: RandomStream
  /// Where augmentation is drawn from.
  public let augmentation: RandomStream
  /// Where fresh noise for pictures is drawn from.
  public let display: RandomStream

  /// The streams of a seed, each at its start.
  public init(seed: UInt64) {
    self.seed = seed
    func stream(_ purpose: Purpose) -> RandomStream { RandomStream(seed: seed, stream: purpose.rawValue) }
    weights = stream(.weights)
    order = stream(.order)
    noise = stream(.noise)
    dropout = stream(.dropout)
    augmentation = stream(.augmentation)
    display = stream(.display)
  }

  /// Where the streams that training uses stand; the display's is left out, because looking is not training.
  public var states: [RandomStream.State] {
    get { training.map(\.state) }
    nonmutating set { for (stream, state) in zip(training, newValue) { stream.state = state } }
  }

  private var training: [RandomStream] { [weights, order, noise, dropout, augmentation] }

  /// A stream for pictures that starts at the same place every time.
  public func fixedDisplay() -> RandomStream {
    RandomStream(seed: seed, stream: Purpose.display.rawValue | 1 << 32)
  }
}
