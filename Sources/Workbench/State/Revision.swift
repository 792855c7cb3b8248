// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Layers
import Tensors

// What tells a session whether a live object is still what it was: numbers that change with the object. They mean
// nothing by themselves, and nothing in another process.

extension ModuleObject {
  /// Changes with every parameter and buffer inside.
  public var revision: Int { Revision.of { $0.add(layer) } }
}

extension ParameterObject {
  /// Changes with the value and the gradient.
  public var revision: Int { Revision.of { $0.add(parameter) } }
}

extension TensorObject {
  /// Changes with the gradient that a leaf gathers; the elements stay.
  public var revision: Int { tensor.gradientChanges }
}

extension OptimizerObject {
  /// Changes with each step and each setting.
  public var revision: Int { Revision.of { $0.add(optimizer) } }
}

extension LoaderObject {
  /// Changes with the place in the data.
  public var revision: Int { Revision.of { $0.add(loader) } }
}

extension TableObject {
  /// Changes with each row.
  public var revision: Int { rows.count }
}

extension TrainerObject {
  /// Changes with each command, each setting, and everything inside.
  public var revision: Int {
    Revision.of {
      $0.add(trainer.state.step)
      // What undo and restore will find depends on these.
      $0.add(trainer.state.commands)
      for snapshot in trainer.snapshots { $0.add(snapshot.name) }
      for setting in trainer.settings { $0.add(setting.value) }
      for (_, net) in trainer.nets { $0.add(net) }
      for (_, optimizer) in trainer.optimizers { $0.add(optimizer) }
      if let loader = trainer.state.loader { $0.add(loader) }
    }
  }
}

/// Gathers what an object is made of into one number.
private struct Revision {
  private var hasher = Hasher()

  static func of(_ body: (inout Revision) -> Void) -> Int {
    var revision = Revision()
    body(&revision)
    return revision.hasher.finalize()
  }

  mutating func add(_ value: some Hashable) { hasher.combine(value) }

  mutating func add(_ net: any Layer) {
    net.forEachLayer { _, layer in add(ObjectIdentifier(layer)) }
    for (_, parameter) in net.namedParameters { add(parameter) }
    for (_, buffer) in net.namedBuffers { add(buffer.revision) }
  }

  /// A backward changes gradients alone, and what an optimizer does next depends on them.
  mutating func add(_ parameter: Layers.Parameter) {
    add(parameter.revision)
    add(parameter.gradientChanges)
  }

  mutating func add(_ optimizer: any Optimizer) {
    add(ObjectIdentifier(optimizer))
    add(optimizer.stepsTaken)
    for (_, value) in optimizer.settings { add(value) }
    for parameter in optimizer.parameters { add(parameter) }
  }

  mutating func add(_ loader: Loader) {
    add(loader.position.epoch)
    add(loader.position.taken)
    add(loader.dataChanges)
  }
}
