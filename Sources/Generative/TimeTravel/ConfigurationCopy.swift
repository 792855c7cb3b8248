// SPDX-License-Identifier: Apache-2.0
import Layers
import Tensors

/// Copies the configurations of a trainer for another: what is one object in several of them, or in several places, is
/// one copy.
final class ConfigurationCopy {
  private var layers: [ObjectIdentifier: any Layer] = [:]
  private var optimizers: [ObjectIdentifier: any Optimizer] = [:]
  /// The originals stay alive while their copies are looked up.
  private var originals: [AnyObject] = []
  private let random = RandomStream(seed: 0)

  /// The same parts as copies, whose values are set afterwards.
  ///
  /// - Parameters:
  ///   - configuration: The parts.
  ///   - trained: The nets that an optimizer trains, by its name.
  /// - Returns: The copies, in the same order.
  /// - Throws: `TrainerError.layer` for a function from above, which holds on to its own parts.
  func copy(
    _ configuration: Configuration, trained: (String) -> [String]?
  ) throws(TrainerError) -> Configuration {
    try raising {
      for (container, inside) in configuration.containers {
        guard let other = try copy(container, inside) as? any LayerContainer else { continue }
        other.exchange(try inside.map { try copy($0) })
      }
      let nets = try configuration.nets.map { (name: $0.name, net: try copy($0.net)) }
      let optimizers = try configuration.optimizers.map { name, optimizer in
        let names = trained(name) ?? []
        let parameters = nets.filter { names.contains($0.name) }.flatMap { $0.net.allParameters }
        return (name: name, optimizer: try copy(optimizer, for: parameters))
      }
      return Configuration(nets: nets, optimizers: optimizers)
    }
  }

  private func copy(_ layer: any Layer, _ inside: [any Layer]? = nil) throws -> any Layer {
    if let copy = layers[ObjectIdentifier(layer)] { return copy }
    let copy: any Layer
    if let container = layer as? any LayerContainer {
      copy = try shell(of: container, try (inside ?? container.inside).map { try self.copy($0) })
      copy.notes.label = layer.notes.label
      copy.notes.isInference = layer.notes.isInference
    } else {
      copy = try copied(layer, random: random)
    }
    originals.append(layer)
    layers[ObjectIdentifier(layer)] = copy
    return copy
  }

  /// A container of the same kind around other layers.
  private func shell(of container: any LayerContainer, _ inside: [any Layer]) throws -> any Layer {
    switch container {
    case let container as Sequential:
      return Sequential(inside, names: container.children.map(\.name), typeName: container.typeName)
    case let container as Heads: return Heads(zip(container.heads, inside).map { ($0.name, $1) })
    case is ProjectionDiscriminator where inside.count == 3:
      return ProjectionDiscriminator(features: inside[0], head: inside[1], embedding: inside[2])
    default: return try copied(container, random: random)
    }
  }

  private func copy(_ optimizer: any Optimizer, for parameters: [Parameter]) throws -> any Optimizer {
    let copy = try optimizers[ObjectIdentifier(optimizer)] ?? optimizer.copy(for: parameters)
    copy.take(parameters)
    originals.append(optimizer)
    optimizers[ObjectIdentifier(optimizer)] = copy
    return copy
  }
}
