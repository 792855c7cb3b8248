// SPDX-License-Identifier: Apache-2.0
import Figures
import Generative
import Language
import Layers
import Tensors

/// How a tensor was computed, as a figure: operations with the layers they belong to.
struct ComputationGraph {
  /// The layer that each trained tensor belongs to, by the number of its node.
  private let owners: [UInt64: Owner]
  private var nodes: [ComputationTree.Node] = []
  private var places: [UInt64: Int] = [:]
  /// More nodes than this are not looked at.
  private static let limit = 2000

  private struct Owner {
    let layer: String
    let isBias: Bool
  }

  /// Looks up the nets among the variables, so that operations can be named after their layers.
  init(_ call: Call) {
    var owners: [UInt64: Owner] = [:]
    for (title, layer) in call.variables.flatMap(Self.nets) {
      for (path, parameter) in layer.namedParameters {
        guard let number = parameter.value.graph?.number, owners[number] == nil else { continue }
        let inner = path.split(separator: ".").dropLast().joined(separator: ".")
        owners[number] = Owner(layer: inner.isEmpty ? title : "\(title).\(inner)", isBias: path.hasSuffix("bias"))
      }
    }
    self.owners = owners
  }

  /// The nets of a variable with their names: itself, or those of a trainer.
  private static func nets(_ variable: (name: String, value: Value)) -> [(title: String, layer: any Layer)] {
    if let module = ModuleObject.convert(variable.value) {
      return [(module.layer.notes.label ?? variable.name, module.layer)]
    }
    guard let trainer = TrainerObject.convert(variable.value)?.trainer else { return [] }
    return trainer.nets.map { ($0.name, $0.net) }
  }

  /// The tree of a tensor; nil when nothing was recorded.
  mutating func tree(of tensor: Tensor, named name: String?) -> ComputationTree? {
    guard let root = tensor.graph else { return nil }
    _ = add(root)
    // Nodes are numbered in the order in which they are found, so the list grows while it is worked through.
    var pending = [root]
    while let node = pending.popLast() {
      for case let input? in node.inputs where places[input.number] == nil && nodes.count < Self.limit {
        _ = add(input)
        pending.append(input)
      }
      connect(node)
    }
    nodes[0].name = name ?? nodes[0].name
    return ComputationTree(nodes)
  }

  private mutating func add(_ node: GraphNode) -> Int {
    let norm = node.gradient.flatMap { gradient in
      gradient.scalars().reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
    let owner = owners[node.number]
    nodes.append(
      ComputationTree.Node(
        name: node.isLeaf ? owner?.layer ?? node.label ?? "" : "", operation: node.isLeaf ? "" : node.operation,
        shape: node.shape.rank == 0 ? "" : node.shape.description, value: node.scalar.map(Double.init),
        gradientNorm: norm, kind: node.isLeaf ? (owner == nil ? .data : .parameter) : .operation))
    places[node.number] = nodes.count - 1
    return nodes.count - 1
  }

  /// Joins a node to its inputs, and names it after the layer whose weight it uses.
  private mutating func connect(_ node: GraphNode) {
    guard let place = places[node.number] else { return }
    var inputs: [Int] = []
    for case let input? in node.inputs {
      guard let other = places[input.number] else { continue }
      // A square is a value times itself: one line is enough.
      if !inputs.contains(other) { inputs.append(other) }
      guard let owner = owners[input.number] else { continue }
      nodes[place].name = owner.layer
      if !owner.isBias { nodes[place].gradientNorm = nodes[other].gradientNorm }
    }
    // What was not recorded shows where the data came in, unless something else leads on from here.
    let leadsOn = inputs.contains { nodes[$0].kind != .parameter }
    if !leadsOn, node.inputs.contains(where: { $0 == nil }), nodes.count < Self.limit {
      nodes.append(ComputationTree.Node(kind: .data))
      inputs.append(nodes.count - 1)
    }
    nodes[place].inputs = inputs
  }
}
