// SPDX-License-Identifier: Apache-2.0
import Layers
import Tensors

/// What the parameters and buffers of a new trainer held when it was made: what `reset` goes back to, whatever is set
/// by hand before the first step.
///
/// Tensors are values, so that nothing is copied until a weight changes.
struct MadeWeights {
  private var values: [ObjectIdentifier: (owner: AnyObject, value: Tensor)] = [:]

  /// Those of a trainer as it is.
  init(of trainer: some Trainer) {
    for (_, net) in trainer.nets {
      for (_, parameter) in net.namedParameters {
        values[ObjectIdentifier(parameter)] = (parameter, parameter.value.detached())
      }
      for (_, buffer) in net.namedBuffers { values[ObjectIdentifier(buffer)] = (buffer, buffer.value) }
    }
  }

  /// The nets of a trainer with these values; what came into them later has those of now.
  func nets(of trainer: some Trainer) -> [[(name: String, tensor: Tensor)]] {
    trainer.nets.map { _, net in
      let owners =
        net.namedParameters.map { ($0.name, ObjectIdentifier($0.parameter)) }
        + net.namedBuffers.map { ($0.name, ObjectIdentifier($0.buffer)) }
      let places = Dictionary(owners) { first, _ in first }
      return net.stateDictionary.map { name, now in (name, places[name].flatMap { values[$0]?.value } ?? now) }
    }
  }
}

extension Trainer {
  /// Keeps the weights that a new trainer was made with; called at the end of its making.
  func keepMadeWeights() { state.made = MadeWeights(of: self) }

  /// Keeps the first state: the weights as they were made, everything else as it is now.
  func keepFirst() {
    var first = capture()
    if let made = state.made { first.contents?.nets = made.nets(of: self) }
    state.made = nil
    state.timeline.first = first
    // Weights set by hand since then are an edit of the first state.
    state.knownWeights = fingerprint(of: first.contents?.nets ?? [])
  }

  /// Whether the first state, which `reset` goes back to, holds neither NaN nor infinity.
  public var isFirstStateFinite: Bool {
    let nets = state.timeline.first?.contents?.nets ?? state.made?.nets(of: self) ?? []
    return nets.allSatisfy { $0.allSatisfy { nonFiniteKind(of: $0.tensor) == nil } }
  }
}
