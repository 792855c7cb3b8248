// SPDX-License-Identifier: Apache-2.0

/// A layer whose layers inside can be exchanged for others while it is in use.
///
/// Who holds the container sees the exchange, as in PyTorch; names and order stay.
public protocol LayerContainer: Layer {
  /// The layers inside, in order.
  var inside: [any Layer] { get }

  /// Puts other layers in the places of those inside, as many as there are.
  ///
  /// A caller makes sure that none of them contains the container.
  func exchange(_ layers: [any Layer])
}

extension Layer {
  /// Whether a layer is this one or somewhere inside it.
  public func contains(_ other: any Layer) -> Bool {
    self === other || children.contains { $0.layer.contains(other) }
  }
}
