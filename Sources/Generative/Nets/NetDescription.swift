// SPDX-License-Identifier: Apache-2.0
public import Layers
public import Tensors

/// How a net is made, without its weights: enough to make another of the same make, here or in another session.
public struct NetDescription: Sendable, Hashable, Codable {
  /// A net inside another, under its name.
  public struct Child: Sendable, Hashable, Codable {
    /// The name, as `0` or `mu`.
    public let name: String
    /// How it is made.
    public let net: NetDescription
  }

  /// The kind of layer, as `Linear`.
  public let kind: String
  /// Its settings by name.
  public let settings: [String: Double]
  /// The layers inside, in order.
  public let children: [Child]

  init(_ kind: String, _ settings: [String: Double] = [:], children: [Child] = []) {
    self.kind = kind
    self.settings = settings
    self.children = children
  }

  /// How a net is made; nil when something inside is a function from above or of a kind that is not known.
  public init?(_ layer: any Layer) {
    guard let made = NetDescription.container(layer) ?? NetDescription.known(layer) else { return nil }
    self = made
  }

  /// A net of this make, with new weights drawn from `random`.
  ///
  /// - Throws: `LayerError` for an unknown kind or a setting out of its range.
  public func makeNet(random: RandomStream) throws(LayerError) -> any Layer {
    var inside: [(name: String, layer: any Layer)] = []
    for child in children { inside.append((child.name, try child.net.makeNet(random: random))) }
    if let layer = try makeContainer(inside, random: random) { return layer }
    if let layer = try makeWeighted(random: random) { return layer }
    if let layer = try makePlain(random: random) { return layer }
    throw LayerError(.setting(name: "kind", value: kind, needs: "a known kind of layer"), of: kind)
  }

  private static func container(_ layer: any Layer) -> NetDescription? {
    let kind: String
    switch layer {
    case is Sequential: kind = "Sequential"
    case is Heads: kind = "Heads"
    case is ProjectionDiscriminator: kind = "ProjectionDiscriminator"
    case let layer as SpectralNorm:
      return NetDescription(layer.layer).map {
        NetDescription("SpectralNorm", children: [Child(name: "layer", net: $0)])
      }
    default: return nil
    }
    var children: [Child] = []
    for (name, child) in layer.children {
      guard let net = NetDescription(child) else { return nil }
      children.append(Child(name: name, net: net))
    }
    return NetDescription(kind, children: children)
  }

  private func makeContainer(
    _ inside: [(name: String, layer: any Layer)], random: RandomStream
  ) throws(LayerError) -> (any Layer)? {
    switch kind {
    case "Sequential": return Sequential(inside.map(\.layer), names: inside.map(\.name))
    case "Heads": return Heads(inside)
    case "SpectralNorm":
      guard let layer = inside.first?.layer else { return nil }
      return try SpectralNorm(layer, random: random)
    case "ProjectionDiscriminator":
      guard inside.count == 3 else { return nil }
      return ProjectionDiscriminator(
        features: inside[0].layer, head: inside[1].layer, embedding: inside[2].layer)
    default: return nil
    }
  }

  /// A setting as a whole number; 0 when it is missing or none.
  func count(_ name: String) -> Int { settings[name].flatMap { Int(exactly: $0) } ?? 0 }
}
