// SPDX-License-Identifier: Apache-2.0
import Layers
import Tensors

/// One exchange of parts, with what the new ones held: enough to do it again when steps are taken again.
struct Exchange {
  /// The parts afterwards.
  let configuration: Int
  /// For each net, the parameters and buffers that were not there before, by their paths.
  let values: [[String: Tensor]]
  /// Which of them were frozen.
  let frozen: [Set<String>]
  /// What new optimizers remembered, by their places.
  let optimizers: [Int: OptimizerState]
  /// What the history says of it.
  let notes: [String]

  /// What is new in a trainer that had other parts before.
  init(_ trainer: some Trainer, after before: Configuration, number: Int, notes: [String]) {
    configuration = number
    self.notes = notes
    let known = Set(before.places.flatMap { Exchange.tensors(of: $0.layer) })
    var values: [[String: Tensor]] = []
    var frozen: [Set<String>] = []
    for (_, net) in trainer.nets {
      let parameters = net.namedParameters.filter { !known.contains(ObjectIdentifier($0.parameter)) }
      let buffers = net.namedBuffers.filter { !known.contains(ObjectIdentifier($0.buffer)) }
      let pairs =
        parameters.map { ($0.name, $0.parameter.value.detached()) } + buffers.map { ($0.name, $0.buffer.value) }
      values.append(Dictionary(pairs) { first, _ in first })
      frozen.append(Set(parameters.filter { $0.parameter.isFrozen }.map { $0.name }))
    }
    self.values = values
    self.frozen = frozen
    var states: [Int: OptimizerState] = [:]
    for (index, (_, optimizer)) in trainer.optimizers.enumerated()
    where !before.optimizers.contains(where: { $0.optimizer === optimizer }) {
      states[index] = optimizer.state
    }
    optimizers = states
  }

  private static func tensors(of layer: any Layer) -> [ObjectIdentifier] {
    layer.parameters.map { ObjectIdentifier($0.parameter) } + layer.buffers.map { ObjectIdentifier($0.buffer) }
  }
}

extension Trainer {
  /// Does an exchange again: the same parts, the new ones with what they held then.
  func redo(exchange number: Int) throws(TrainerError) {
    let exchange = state.exchanges[number]
    state.configurations[exchange.configuration].install(in: self)
    state.configuration = exchange.configuration
    for (index, (name, net)) in nets.enumerated() {
      try fill(net, with: exchange.values[index], frozen: exchange.frozen[index])
      guard let average = averages.first(where: { $0.name == name })?.average else { continue }
      let fresh = zip(net.namedParameters, average.averages).map { entry, kept in
        exchange.values[index][entry.name] == nil ? kept : entry.parameter.value.detached()
      }
      try raising { try average.restore(fresh) }
    }
    for (index, kept) in exchange.optimizers {
      try raising { try optimizers[index].optimizer.restore(kept) }
      state.fallingRates[optimizers[index].name] = nil
    }
    for text in exchange.notes { state.history.note(text, at: state.step) }
    state.knownSettings = settings
    state.journal.add(.exchange(number))
  }

  /// Puts values back into the parts of a net that were new.
  private func fill(_ net: any Layer, with values: [String: Tensor], frozen: Set<String>) throws(TrainerError) {
    for (name, parameter) in net.namedParameters {
      guard let value = values[name] else { continue }
      try raising { try parameter.set(value) }
      parameter.isFrozen = frozen.contains(name)
      parameter.clearGradient()
    }
    for (name, buffer) in net.namedBuffers { if let value = values[name] { buffer.value = value } }
  }
}
