// SPDX-License-Identifier: Apache-2.0
public import Layers
import Tensors

/// Where the gradient of a net comes from, when other nets have to do with it: told by the ways that gradients took and
/// by who has used them, never by names.
///
/// A loss of a generator always passes through the discriminator; a loss of the discriminator reaches the generator
/// when what the generator made was not detached. What tells them apart is whose optimizer has used it.
public struct GradientOrigin: Hashable, Sendable {
  /// How the net lies to the others that the loss reached.
  public enum Way: Hashable, Sendable {
    /// The gradient came here through the others.
    case through
    /// From here the gradient went on to the others.
    case onward
    /// Neither: the loss depends on both.
    case beside
  }

  /// What has become of the gradient.
  public enum Use: Hashable, Sendable {
    /// Nobody has used it yet.
    case none
    /// An optimizer used it in the other nets; the gradient here is left over.
    case elsewhere(optimizer: String)
    /// It was left over from there when other losses were added to it here; `isDone` once it was used with them.
    case mixed(optimizer: String, losses: [String], isDone: Bool)
  }

  /// The name of the loss.
  public let loss: String
  /// How the net lies to the others.
  public let way: Way
  /// The other nets, as people know them; empty when none of them is known.
  public let nets: [String]
  /// What has become of the gradient.
  public let use: Use
  /// The optimizer of the net itself; nil when none is known.
  public let owner: String?
}

/// The nets and optimizers there are, to tell where a gradient comes from.
public struct KnownParts {
  /// Nets with the names people know them by.
  public let nets: [(name: String, net: any Layer)]
  /// Optimizers with the names people know them by.
  public let optimizers: [(name: String, optimizer: any Optimizer)]

  /// Lists what there is.
  public init(
    nets: [(name: String, net: any Layer)], optimizers: [(name: String, optimizer: any Optimizer)]
  ) {
    self.nets = nets
    self.optimizers = optimizers
  }

  fileprivate func owner(of leaf: UInt64) -> (name: String, optimizer: any Optimizer)? {
    optimizers.first { $0.optimizer.parameters.contains { $0.leafNumber == leaf } }
  }

  /// The largest nets that hold some of the leaves and none of those kept out.
  fileprivate func names(of leaves: Set<UInt64>, without kept: Set<UInt64>) -> [String] {
    let candidates = nets.map { (name: $0.name, leaves: Set($0.net.allParameters.map(\.leafNumber))) }
      .filter { $0.leaves.isDisjoint(with: kept) }
    var names: [String] = []
    var left = leaves
    while let best = candidates.max(by: { $0.leaves.intersection(left).count < $1.leaves.intersection(left).count }),
      !best.leaves.isDisjoint(with: left), names.count < 3
    {
      names.append(best.name)
      left.subtract(best.leaves)
    }
    return names
  }
}

extension KnownParts {
  /// What the gradients of a net have to do with other nets; empty when there is nothing to say.
  ///
  /// Nets that share an optimizer, and nets whose gradients were all used, are as they should be.
  public func origins(of net: any Layer) -> [GradientOrigin] {
    let own = Set(net.allParameters.map(\.leafNumber))
    var seen: Set<ObjectIdentifier> = []
    var origins: [GradientOrigin] = []
    for deposit in net.allParameters.flatMap(\.gradientDeposits)
    where seen.insert(ObjectIdentifier(deposit.source)).inserted {
      let later = later(than: deposit, in: net)
      guard let origin = origin(of: deposit, own: own, later: later) else { continue }
      origins.append(origin)
    }
    return origins
  }

  /// The losses that added to the same gradient after a deposit.
  private func later(than deposit: GradientDeposit, in net: any Layer) -> [String] {
    for parameter in net.allParameters {
      let deposits = parameter.gradientDeposits
      guard let index = deposits.firstIndex(where: { $0.source === deposit.source }) else { continue }
      var labels: [String] = []
      for label in deposits[(index + 1)...].map(\.source.label) where !labels.contains(label) { labels.append(label) }
      return labels
    }
    return []
  }

  private func origin(of deposit: GradientDeposit, own: Set<UInt64>, later: [String]) -> GradientOrigin? {
    let source = deposit.source
    let owner = owner(of: source.leaves[deposit.place])
    let mine = Set(owner?.optimizer.parameters.map(\.leafNumber) ?? [])
    let places = source.leaves.indices
    let ownPlaces = places.filter { own.contains(source.leaves[$0]) }
    let others = places.filter { !own.contains(source.leaves[$0]) && !mine.contains(source.leaves[$0]) }
    guard !others.isEmpty else { return nil }
    func made(_ use: GradientOrigin.Use, of found: [Int]) -> GradientOrigin {
      GradientOrigin(
        loss: source.label, way: way(source, between: ownPlaces, and: found),
        nets: names(of: Set(found.map { source.leaves[$0] }), without: own), use: use, owner: owner?.name)
    }
    if let owner {
      // Used by its own optimizer and by nobody else before: as it should be.
      let user = source.users.first { $0.id != ObjectIdentifier(owner.optimizer) }
      let used = others.filter { source.user(ofLeafAt: $0) == user && user != nil }
      if let user, deposit.isMixed {
        return made(.mixed(optimizer: user.name, losses: later, isDone: deposit.user != nil), of: used)
      }
      if deposit.user != nil { return nil }
      if let user { return made(.elsewhere(optimizer: user.name), of: used) }
    }
    // Before any step only the way is known; it is worth a word unless one optimizer trains all that anybody trains.
    guard source.users.isEmpty else { return nil }
    let apart = others.filter { (self.owner(of: source.leaves[$0]) == nil) == (owner == nil) }
    return apart.isEmpty || (owner == nil && apart.count < others.count) ? nil : made(.none, of: apart)
  }

  private func way(_ source: GradientSource, between own: [Int], and others: [Int]) -> GradientOrigin.Way {
    let comes = own.contains { place in others.contains { source.came(to: place, through: $0) } }
    let goes = others.contains { place in own.contains { source.came(to: place, through: $0) } }
    return comes == goes ? .beside : comes ? .through : .onward
  }
}
