// SPDX-License-Identifier: Apache-2.0
import Layers

/// The hooks on the layers of a trainer's nets at a time, by their places.
///
/// A hook may change what a step computes, so that it belongs to the past of a training as settings do.
struct HookSet {
  private let hooks: [(place: String, hook: LayerHook)]

  /// No hooks.
  init() { hooks = [] }

  /// Those that are there now.
  init(of trainer: some Trainer) {
    var hooks: [(place: String, hook: LayerHook)] = []
    Self.forEachLayer(of: trainer) { place, layer in hooks += layer.notes.hooks.map { (place, $0) } }
    self.hooks = hooks
  }

  /// The place of each, as `G.0`.
  var places: [String] { hooks.map(\.place) }

  /// Whether both hold the same hooks at the same places.
  func isSame(as other: HookSet) -> Bool {
    hooks.count == other.hooks.count
      && zip(hooks, other.hooks).allSatisfy { $0.place == $1.place && $0.hook === $1.hook }
  }

  /// What a later set has more or less, as `hook on G.0 added`.
  func differences(to later: HookSet) -> [String] {
    hooks.filter { !later.holds($0.hook, at: $0.place) }.map { "hook on \($0.place) removed" }
      + later.hooks.filter { !holds($0.hook, at: $0.place) }.map { "hook on \($0.place) added" }
  }

  private func holds(_ hook: LayerHook, at place: String) -> Bool {
    hooks.contains { $0.hook === hook && $0.place == place }
  }

  /// Puts these hooks, and no others, on the layers of a trainer.
  func install(in trainer: some Trainer) {
    Self.forEachLayer(of: trainer) { place, layer in
      let wanted = hooks.filter { $0.place == place }.map(\.hook)
      guard !wanted.isEmpty || !layer.notes.hooks.isEmpty else { return }
      layer.notes.put(wanted)
    }
  }

  /// Every layer of the nets once, with the first of its places.
  private static func forEachLayer(of trainer: some Trainer, _ body: (String, any Layer) -> Void) {
    var seen: Set<ObjectIdentifier> = []
    for (name, net) in trainer.nets {
      net.forEachLayer { path, layer in
        guard seen.insert(ObjectIdentifier(layer)).inserted else { return }
        body(path.isEmpty ? name : "\(name).\(path)", layer)
      }
    }
  }
}

extension Trainer {
  /// The place of each hook on a layer of its nets, as `G.0`.
  public var hookPlaces: [String] { HookSet(of: self).places }

  /// Notes which hooks came and went since the last step, so that steps can be taken again with those they had.
  func noteHooks() {
    guard state.hookSets.indices.contains(state.hookSet) else { return }
    let now = HookSet(of: self)
    let known = state.hookSets[state.hookSet]
    guard !now.isSame(as: known) else { return }
    for text in known.differences(to: now) { state.history.note(text, at: state.step) }
    if let number = state.hookSets.firstIndex(where: { $0.isSame(as: now) }) {
      state.hookSet = number
    } else {
      state.hookSets.append(now)
      state.hookSet = state.hookSets.count - 1
    }
    state.journal.add(.hooks(state.hookSet))
    forgetFutureIfLeft()
  }

  /// Puts the hooks on that were there then.
  func redo(hooks number: Int) throws(TrainerError) {
    // What was changed before stands before them in the journal.
    try noteChanges()
    state.hookSets[number].install(in: self)
    noteHooks()
  }
}
