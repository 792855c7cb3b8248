// SPDX-License-Identifier: Apache-2.0
public import Layers
public import Tensors

/// A layer of a kind that is not known here but can make another of its kind.
public protocol CopyableLayer: Layer {
  /// A layer with the same settings; its weights are set afterwards.
  func copy(random: RandomStream) throws(LayerError) -> any Layer
}

/// A net of the same make with the same values, frozen parts and labels; hooks stay with the original.
///
/// Throws when a layer inside is a function from above, which holds on to its own parts.
public func copiedNet(_ net: any Layer) throws(LayerError) -> any Layer {
  let copy = try copied(net, random: RandomStream(seed: 0))
  try copy.load(net.stateDictionary)
  for ((_, new), (_, old)) in zip(copy.namedParameters, net.namedParameters) { new.isFrozen = old.isFrozen }
  return copy
}

/// A layer with the same settings and notes, whatever its weights.
func copied(_ layer: any Layer, random: RandomStream) throws(LayerError) -> any Layer {
  let copy = try duplicated(layer, random: random)
  copy.notes.label = layer.notes.label
  copy.notes.isInference = layer.notes.isInference
  return copy
}

private func duplicated(_ layer: any Layer, random: RandomStream) throws(LayerError) -> any Layer {
  switch layer {
  case let layer as any CopyableLayer: return try layer.copy(random: random)
  case let layer as Sequential:
    var inside: [any Layer] = []
    for child in layer.layers { inside.append(try copied(child, random: random)) }
    return Sequential(inside, names: layer.children.map(\.name), typeName: layer.typeName)
  case let layer as Heads:
    var inside: [(name: String, layer: any Layer)] = []
    for (name, child) in layer.heads { inside.append((name, try copied(child, random: random))) }
    return Heads(inside)
  case let layer as SpectralNorm: return try SpectralNorm(copied(layer.layer, random: random), random: random)
  default:
    guard let description = NetDescription(layer) else {
      let needs = "layers that can be copied"
      throw LayerError(.setting(name: "net", value: layer.summary, needs: needs), in: layer)
    }
    return try description.makeNet(random: random)
  }
}
