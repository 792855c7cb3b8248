// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// A tensor that a layer remembers but does not train, such as a running mean.
public final class Buffer {
  /// The name within its layer, as in PyTorch: `running_mean`.
  public let name: String
  /// The value, never part of a graph.
  public var value: Tensor { didSet { revision &+= 1 } }
  /// Counts how often the value was set or changed in place.
  public private(set) var revision = 0

  /// Makes a buffer with a starting value.
  public init(_ name: String, _ value: Tensor) {
    self.name = name
    self.value = value
  }
}
