// SPDX-License-Identifier: Apache-2.0
import Generative
import Language
import Layers

/// Puts another net or optimizer in the place of one of a trainer's: `g.G = net`, `g.opt_G = SGD(g.G, 0.01)`.
struct PartExchange {
  private let object: TrainerObject
  private let call: Call
  private var trainer: any Trainer { object.trainer }

  init(_ object: TrainerObject, _ call: Call) {
    self.object = object
    self.call = call
  }

  /// Puts a value in the place of the part of this name; false when there is no such part.
  func put(_ value: Value, for name: String) throws -> Bool {
    if let net = trainer.net(name) {
      try putNet(value, name, in: net)
      return true
    }
    guard trainer.optimizer(name) != nil else { return false }
    try putOptimizer(value, name)
    return true
  }

  private func putNet(_ value: Value, _ name: String, in old: any Layer) throws {
    let place = "\(object.name).\(name)"
    guard let argument = LayerArgument.convert(value) else {
      throw ExchangeFault.notLayer(place: place, type: value.typeName, isNet: true)
    }
    try refuseIfFixed(name)
    let net = argument.layer(in: call)
    let others = call.state.trainers(using: net)
    do {
      try trainer.exchangeNet(name, for: net)
    } catch {
      throw Misfit(error, at: place, old: [old], new: [net], of: object.name, call).diagnostic(trainer, part: name)
    }
    SharedLayers.tell(others, besides: [trainer], call)
    call.noteLastLayer(of: trainer)
  }

  private func putOptimizer(_ value: Value, _ name: String) throws {
    let nets = trainer.netsTrained(by: name) ?? []
    let typed = nets.map { "\(object.name).\($0)" }
    let weights = typed.count == 1 ? typed[0] : "[\(typed.joined(separator: ", "))]"
    guard let optimizer = OptimizerObject.convert(value) else {
      throw ExchangeFault.notOptimizer(place: "\(object.name).\(name)", weights: weights, type: value.typeName)
    }
    try refuseIfFixed(name)
    do {
      try trainer.exchangeOptimizer(name, for: optimizer.optimizer)
    } catch {
      guard case .otherParameters = error else { throw error }
      throw ExchangeFault.otherParameters(
        place: "\(object.name).\(name)", nets: typed, weights: weights, kind: optimizer.optimizer.typeName)
    }
    // A fall that was asked for goes on over the steps of the trainer.
    guard let fall = optimizer.fallAhead else { return }
    try trainer.letRateFall(of: name, steps: fall.steps, minimum: fall.minimum)
  }

  /// A step function holds on to its own parts.
  private func refuseIfFixed(_ name: String) throws {
    guard !trainer.canExchangeParts else { return }
    throw ExchangeFault.fixedPart(trainer: object.name, part: name, isNet: trainer.net(name) != nil)
  }
}
