// SPDX-License-Identifier: Apache-2.0
import Layers

/// Which nets, layers and optimizers a trainer has at a time: the live objects, without their values.
///
/// Snapshots hold values and the number of a configuration, so that going back also puts back what was exchanged.
struct Configuration {
  let nets: [(name: String, net: any Layer)]
  let optimizers: [(name: String, optimizer: any Optimizer)]
  /// What each optimizer changes, in its order.
  let parameters: [[Parameter]]
  /// Every container in the nets with the layers in it, outer ones first.
  let containers: [(container: any LayerContainer, inside: [any Layer])]
  /// Every layer by its place, as it was described then: `G.0`, `Linear(100 → 256)`.
  let places: [Place]

  struct Place {
    let path: String
    let layer: any Layer
    let summary: String
  }

  init(nets: [(name: String, net: any Layer)], optimizers: [(name: String, optimizer: any Optimizer)]) {
    self.nets = nets
    self.optimizers = optimizers
    parameters = optimizers.map { $0.optimizer.parameters }
    var containers: [(container: any LayerContainer, inside: [any Layer])] = []
    var places: [Place] = []
    for (name, net) in nets {
      net.forEachLayer { path, layer in
        places.append(Place(path: path.isEmpty ? name : "\(name).\(path)", layer: layer, summary: layer.summary))
        if let container = layer as? any LayerContainer { containers.append((container, container.inside)) }
      }
    }
    self.containers = containers
    self.places = places
  }

  init(of trainer: some Trainer) { self.init(nets: trainer.nets, optimizers: trainer.optimizers) }

  /// Whether the trainer still has these parts.
  func matches(_ trainer: some Trainer) -> Bool {
    zip(nets, trainer.nets).allSatisfy { $0.net === $1.net }
      && zip(optimizers, trainer.optimizers).allSatisfy { $0.optimizer === $1.optimizer }
      && containers.allSatisfy { entry in
        zip(entry.inside, entry.container.inside).allSatisfy { $0 === $1 }
      } && zip(parameters, trainer.optimizers).allSatisfy { areSame($0, $1.optimizer.parameters) }
  }

  /// Puts these parts into the trainer; their values are those they have.
  func install(in trainer: some Trainer) {
    for (container, inside) in containers { container.exchange(inside) }
    trainer.install(nets.map { $0.net }, optimizers.map { $0.optimizer })
    for ((_, optimizer), parameters) in zip(optimizers, parameters)
    where !areSame(optimizer.parameters, parameters) {
      optimizer.take(parameters)
    }
    trainer.followNets()
  }

  /// The first layer that is a function from above, which cannot be copied; nil when there is none.
  var uncopyable: String? { places.first { $0.layer is FunctionLayer }?.path }

  /// What later parts have in place of these, as `G.0 Linear(100 → 256) → Linear(100 → 128)`; of a layer that was
  /// exchanged as a whole, not what is inside.
  func differences(to later: Configuration) -> [String] {
    let before = Dictionary(places.map { ($0.path, $0) }) { first, _ in first }
    var exchanged: [String] = []
    var texts: [String] = []
    for place in later.places where !exchanged.contains(where: { place.path.hasPrefix($0 + ".") }) {
      guard let old = before[place.path], old.layer !== place.layer else { continue }
      exchanged.append(place.path)
      texts.append("\(place.path) \(old.summary) → \(place.summary)")
    }
    for (old, new) in zip(optimizers, later.optimizers) where old.optimizer !== new.optimizer {
      texts.append("\(new.name) \(old.optimizer.typeName) → \(new.optimizer.typeName)")
    }
    return texts
  }
}

extension Trainer {
  /// Lets optimizers and averages follow the nets that they belong to.
  func followNets() {
    for (name, optimizer) in optimizers {
      guard let names = netsTrained(by: name) else {
        optimizer.followSources()
        continue
      }
      optimizer.sources = names.compactMap { net($0) }.map(ParameterSource.net)
      optimizer.followSources()
    }
    for (name, average) in averages {
      guard let parameters = net(name)?.allParameters, !areSame(parameters, average.parameters) else { continue }
      average.follow(parameters)
    }
  }

  /// Takes up what was exchanged since the last step: checks it, lets optimizers follow, notes it, and keeps what is
  /// needed to come here again.
  ///
  /// - Parameters:
  ///   - isWithinStep: Whether the step that was just taken exchanged them itself.
  ///   - isAlone: Whether nothing else can have changed, so that the exchange can be done again by itself.
  /// - Throws: `TrainerError` if the new parts do not fit; they are then left as they are.
  func noteExchange(isWithinStep: Bool = false, isAlone: Bool = false) throws(TrainerError) {
    guard state.configurations.indices.contains(state.configuration) else { return }
    let known = state.configurations[state.configuration]
    guard !known.matches(self) else { return }
    try checkParts()
    followNets()
    state.configurations.append(Configuration(of: self))
    state.configuration = state.configurations.count - 1
    let texts = known.differences(to: state.configurations[state.configuration]) + changedSettings
    for text in texts { state.history.note(text, at: state.step) }
    state.knownSettings = settings
    if isAlone, !keepsGradients {
      state.exchanges.append(Exchange(self, after: known, number: state.configuration, notes: texts))
      state.journal.add(.exchange(state.exchanges.count - 1))
    } else {
      let number = state.timeline.keepEdit(capture())
      state.journal.add(isWithinStep ? .within(number) : .edit(number))
      state.timeline.replaceEdit(number, by: capture())
    }
    endCommand()
    forgetFutureIfLeft()
  }

  /// The settings that differ from those known, by name, as `opt_G.lr 0.0002 → 0.01`.
  private var changedSettings: [String] {
    let before = Dictionary(state.knownSettings.map { ($0.name, $0.value) }) { first, _ in first }
    return settings.compactMap { setting in
      guard let old = before[setting.name], old != setting.value else { return nil }
      return "\(setting.name) \(old) → \(setting.value)"
    }
  }

  /// What was exchanged since the trainer was made or loaded, as the history says it.
  public var exchangedParts: [String] {
    guard let first = state.configurations.first else { return [] }
    return first.differences(to: Configuration(of: self))
  }
}
