// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import Layers
import Tensors

/// A number that follows from everything that an object is, to the last bit.
struct Fingerprint {
  private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The fingerprint of a value as text; nil for what cannot be compared, such as functions.
  static func of(_ value: Value) -> String? {
    var print = Fingerprint()
    guard print.add(value, depth: 0) else { return nil }
    let digits = String(print.hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private mutating func add(_ value: Value, depth: Int) -> Bool {
    // Lists may lie in each other without end.
    guard depth < 64 else { return false }
    add(value.typeName)
    switch value {
    case .nothing: return true
    case .bool(let flag): add(flag ? 1 : 0)
    case .int(let number): add(UInt64(bitPattern: Int64(number)))
    case .float(let number): add(number.bitPattern)
    case .string(let text): add(text)
    case .tuple(let items), .list(let items): return items.allSatisfy { add($0, depth: depth + 1) }
    case .record(let record):
      return zip(record.names, record.values).allSatisfy { name, value in
        add(name)
        return add(value, depth: depth + 1)
      }
    case .function: return false
    case .host(let object): return add(object, depth)
    }
    return true
  }

  private mutating func add(_ object: any HostObject, _ depth: Int) -> Bool {
    switch object {
    case let holder as any TensorHolder: add(holder.tensor)
    case let estimate as EstimateObject: add((estimate.number ?? 0).bitPattern)
    case let module as ModuleObject: add(module.layer.stateDictionary)
    case let optimizer as OptimizerObject: add(optimizer.optimizer)
    case let data as DatasetObject: add(data.data.fingerprint)
    case let batch as BatchObject:
      add(batch.batch.x)
      if let labels = batch.batch.y { add(labels) }
    case let loader as LoaderObject: add(loader.loader)
    case let trainer as TrainerObject: add(trainer.trainer)
    case let table as TableObject:
      for column in table.columns { add(column) }
      return table.rows.allSatisfy { row in row.allSatisfy { add($0, depth: depth + 1) } }
    default: return false
    }
    return true
  }

  // MARK: Live objects

  private mutating func add(_ trainer: any Trainer) {
    add(UInt64(trainer.state.step))
    for setting in trainer.settings { add("\(setting.name)=\(setting.value)") }
    for (_, net) in trainer.nets { add(net.stateDictionary) }
    for (_, optimizer) in trainer.optimizers { add(optimizer) }
    for state in trainer.state.streams.states { add(state.counter) }
    if let loader = trainer.state.loader { add(loader) }
  }

  private mutating func add(_ optimizer: any Optimizer) {
    let state = optimizer.state
    for (name, value) in state.settings {
      add(name)
      add(value.bitPattern)
    }
    add(state.tensors)
  }

  private mutating func add(_ loader: Loader) {
    add(loader.data.fingerprint)
    add(UInt64(loader.position.epoch))
    add(UInt64(loader.position.taken))
  }

  private mutating func add(_ tensors: [(name: String, tensor: Tensor)]) {
    for (name, tensor) in tensors {
      add(name)
      add(tensor)
    }
  }

  // MARK: Bits

  private mutating func add(_ tensor: Tensor) {
    add(tensor.shape.description)
    switch tensor.dtype {
    case .float32: for number in tensor.scalars() { add(UInt64(number.bitPattern)) }
    case .int64: for number in tensor.integers() { add(UInt64(bitPattern: number)) }
    case .bool: for flag in tensor.booleans() { add(flag ? 1 : 0) }
    }
  }

  private mutating func add(_ text: String) {
    for byte in text.utf8 { add(UInt64(byte)) }
    add(0xFF)
  }

  /// One word, by the FNV-1a rule on its bytes taken together.
  private mutating func add(_ word: UInt64) {
    hash = (hash ^ word) &* 0x100_0000_01B3
    hash ^= hash >> 29
  }
}
