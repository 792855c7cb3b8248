// SPDX-License-Identifier: Apache-2.0
import Generative
import Language
import Layers
import Tensors

/// Two trainers side by side: settings that differ, steps, last figures, distance of weights by layer.
struct TrainerComparison {
  private let first: TrainerObject
  private let second: TrainerObject

  init(_ first: TrainerObject, _ second: TrainerObject) {
    self.first = first
    self.second = second
  }

  func table() throws -> TableObject {
    TableObject(["", first.name, second.name], rows: parts + settings + [steps] + figures + (try weights()))
  }

  /// Layers and optimizers of which the two have different kinds.
  private var parts: [[Value]] {
    let others = Dictionary(layers(of: second.trainer)) { first, _ in first }
    var rows: [[Value]] = layers(of: first.trainer).compactMap { path, layer in
      guard let other = others[path], other != layer else { return nil }
      return [.string(path), .string(layer), .string(other)]
    }
    for (name, optimizer) in first.trainer.optimizers {
      guard let other = second.trainer.optimizer(name), other.typeName != optimizer.typeName else { continue }
      rows.append([.string(name), .string(optimizer.typeName), .string(other.typeName)])
    }
    return rows
  }

  /// The layers without others inside, by their places.
  private func layers(of trainer: any Trainer) -> [(String, String)] {
    var found: [(String, String)] = []
    for (name, net) in trainer.nets {
      net.forEachLayer { path, layer in
        if layer.children.isEmpty { found.append((path.isEmpty ? name : "\(name).\(path)", layer.summary)) }
      }
    }
    return found
  }

  private var settings: [[Value]] {
    let others = Dictionary(second.trainer.settings.map { ($0.name, $0.value) }) { first, _ in first }
    return first.trainer.settings.compactMap { setting in
      guard let other = others[setting.name], other != setting.value else { return nil }
      return [.string(setting.name), Value(setting.value), Value(other)]
    }
  }

  private var steps: [Value] {
    [.string("step"), .int(first.trainer.state.step), .int(second.trainer.state.step)]
  }

  private var figures: [[Value]] {
    guard let mine = first.trainer.state.lastReport, let theirs = second.trainer.state.lastReport else { return [] }
    return mine.values.map { value in
      [.string(value.name), .float(value.value), theirs[value.name].map(Value.float) ?? .nothing]
    }
  }

  /// ‖w − w′‖ / ‖w‖ of each weight that both have in the same shape.
  private func weights() throws -> [[Value]] {
    var rows: [[Value]] = []
    for (name, net) in first.trainer.nets {
      guard let other = second.trainer.net(name) else { continue }
      let theirs = Dictionary(other.namedParameters.map { ($0.name, $0.parameter) }) { first, _ in first }
      for (path, weight) in net.namedParameters where weight.value.rank >= 2 {
        guard let partner = theirs[path], partner.value.shape == weight.value.shape else { continue }
        let size = try norm(weight.value.detached()).item()
        let distance = try norm(weight.value.detached() - partner.value.detached()).item()
        let share = size > 0 ? distance / size : 0
        let layer = path.hasSuffix(".weight") ? String(path.dropLast(7)) : path
        rows.append([.string("‖w − w′‖ / ‖w‖  \(name).\(layer)"), .string(""), .string(percent(share))])
      }
    }
    return rows
  }

  private func percent(_ share: Double) -> String { NumberText.fixed(share * 100, 1) + " %" }
}
