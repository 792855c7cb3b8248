// SPDX-License-Identifier: Apache-2.0
public import Layers

// Exchanging nets, layers and optimizers between two steps.

extension Trainer {
  /// Whether whole nets and optimizers can be exchanged: a step function from above holds on to its own.
  public var canExchangeParts: Bool { optimizers.allSatisfy { netsTrained(by: $0.name) != nil } }

  /// Whether a layer is part of one of the nets.
  public func uses(_ layer: any Layer) -> Bool { nets.contains { $0.net.contains(layer) } }

  /// Puts another net in the place of one, from the next step on; its optimizer starts anew for what is new.
  ///
  /// - Parameters:
  ///   - name: One of `nets`.
  ///   - net: The other net.
  /// - Throws: `TrainerError.outputShape` or `TrainerError.layer` if it does not fit, `TrainerError.fixedPart` for a
  ///   trainer around a step function, `TrainerError.unknownPart`. Everything is then as it was.
  public func exchangeNet(_ name: String, for net: any Layer) throws(TrainerError) {
    guard let index = nets.firstIndex(where: { $0.name == name }) else {
      throw .unknownPart(name: name, known: nets.map(\.name))
    }
    guard canExchangeParts else { throw .fixedPart(name: name) }
    guard nets[index].net !== net else { return }
    if net.notes.label == nil { net.notes.label = name }
    let before = nets.map { $0.net }
    var after = before
    after[index] = net
    let optimizers = optimizers.map { $0.optimizer }
    try exchangeParts(
      of: [self], { self.install(after, optimizers) }, back: { self.install(before, optimizers) })
  }

  /// Puts another optimizer in the place of one, from the next step on.
  ///
  /// - Parameters:
  ///   - name: One of `optimizers`.
  ///   - optimizer: The other optimizer, of exactly the parameters that the present one trains.
  /// - Throws: `TrainerError.otherParameters`, `TrainerError.fixedPart`, `TrainerError.unknownPart`; everything is then
  ///   as it was.
  public func exchangeOptimizer(_ name: String, for optimizer: any Optimizer) throws(TrainerError) {
    guard let index = optimizers.firstIndex(where: { $0.name == name }) else {
      throw .unknownPart(name: name, known: optimizers.map(\.name))
    }
    guard let trained = netsTrained(by: name) else { throw .fixedPart(name: name) }
    guard optimizers[index].optimizer !== optimizer else { return }
    let wanted = Set(trained.compactMap { net($0) }.flatMap { $0.allParameters }.map { ObjectIdentifier($0) })
    guard Set(optimizer.parameters.map { ObjectIdentifier($0) }) == wanted else {
      throw .otherParameters(optimizer: name, nets: trained)
    }
    let before = optimizers.map { $0.optimizer }
    var after = before
    after[index] = optimizer
    let nets = nets.map { $0.net }
    try exchangeParts(
      of: [self],
      {
        self.install(nets, after)
        self.state.fallingRates[name] = nil
      }, back: { self.install(nets, before) })
  }
}

/// Puts other layers into a container that is part of some trainers: all of them must fit, or nothing changes.
///
/// - Parameters:
///   - layers: As many as are in the container.
///   - container: A net or a part of one.
///   - trainers: Those that use it.
/// - Throws: What does not fit; everything is then as it was.
public func exchange(
  _ layers: [any Layer], in container: any LayerContainer, of trainers: [any Trainer]
) throws(TrainerError) {
  let before = container.inside
  guard !zip(before, layers).allSatisfy({ $0 === $1 }) else { return }
  try exchangeParts(of: trainers, { container.exchange(layers) }, back: { container.exchange(before) })
}

/// Exchanges parts between two steps: tried first, then taken back, so that the state before is kept for `undo`, and
/// done.
private func exchangeParts(
  of trainers: [any Trainer], _ change: () -> Void, back: () -> Void
) throws(TrainerError) {
  // A step function may exchange layers of its own nets: that is noted when its step has ended.
  let stepping = trainers.filter { $0.state.isStepping }
  guard stepping.allSatisfy({ !$0.canExchangeParts }) else { throw .duringStep }
  let waiting = trainers.filter { !$0.state.isStepping }
  change()
  do {
    for trainer in waiting { try trainer.checkParts() }
  } catch {
    back()
    throw error
  }
  guard !waiting.isEmpty else { return }
  back()
  for trainer in waiting { try trainer.beginCommand() }
  change()
  for trainer in waiting { try trainer.noteExchange(isAlone: true) }
}
