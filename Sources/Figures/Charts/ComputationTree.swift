// SPDX-License-Identifier: Apache-2.0

/// How a value was computed: each operation with its inputs, back to the data.
public struct ComputationTree: Figure, Hashable {
  /// One value on the way.
  public struct Node: Sendable, Hashable {
    /// What a value is.
    public enum Kind: Sendable, Hashable {
      /// The result of an operation.
      case operation
      /// A layer's own numbers; they are left out of the drawing beside their layer.
      case parameter
      /// A value that was not computed, or whose computation was not recorded.
      case data
      /// A value cut off from what it was computed from.
      case detached
    }

    /// The name of the variable or layer, if it has one.
    public var name: String
    /// The operation that made it; empty for data.
    public var operation: String
    /// Its shape; empty for a single number.
    public var shape: String
    /// The number, when it is a single one.
    public var value: Double?
    /// The norm of its gradient, when there is one.
    public var gradientNorm: Double?
    /// What it is.
    public var kind: Kind
    /// The places of its inputs in the list of nodes.
    public var inputs: [Int]

    /// Makes a node.
    public init(
      name: String = "", operation: String = "", shape: String = "", value: Double? = nil,
      gradientNorm: Double? = nil, kind: Kind = .operation, inputs: [Int] = []
    ) {
      self.name = name.onOneLine
      self.operation = operation.onOneLine
      self.shape = shape.onOneLine
      self.value = value
      self.gradientNorm = gradientNorm
      self.kind = kind
      self.inputs = inputs
    }

    /// Name, operation, and number or shape.
    func label(_ wording: Wording) -> String {
      var parts = [name, operation].filter { !$0.isEmpty }
      if kind == .detached { parts = ["detach ✂"] + [name].filter { !$0.isEmpty } }
      if kind == .data { parts.append(wording("(data)", "（数据）")) }
      if let value { parts.append(Axis.text(value)) } else if !shape.isEmpty { parts.append(shape) }
      if let gradientNorm { parts.append("‖g‖ " + Numerals.scientific(gradientNorm, 2)) }
      return parts.isEmpty ? "?" : parts.joined(separator: " ")
    }
  }

  /// The nodes; inputs refer to places in this list.
  public let nodes: [Node]
  /// The place of the value itself.
  public let root: Int
  /// The most nodes that are drawn.
  public var nodeLimit: Int

  /// Makes a tree.
  ///
  /// - Parameters:
  ///   - nodes: The nodes; inputs that are no places in the list are left out.
  ///   - root: The place of the value itself.
  ///   - nodeLimit: The most nodes that are drawn.
  public init(_ nodes: [Node], root: Int = 0, nodeLimit: Int = 120) {
    self.nodes = nodes.map { node in
      var node = node
      node.inputs = node.inputs.filter(nodes.indices.contains)
      return node
    }
    self.root = root
    self.nodeLimit = max(1, nodeLimit)
  }

  /// The value that is asked about: name, number or shape, and the operation that gave it.
  func rootLabel(_ wording: Wording) -> String {
    let node = nodes[root]
    guard !node.name.isEmpty, !node.operation.isEmpty else { return node.label(wording) }
    var bare = node
    bare.operation = ""
    return bare.label(wording) + "  = " + node.operation
  }

  /// The inputs that are drawn.
  func shownInputs(_ index: Int) -> [Int] {
    nodes[index].inputs.filter { nodes[$0].kind != .parameter }
  }

  /// The nodes that can be reached from the root, nearest first, each once, at most the limit.
  func reachable() -> [Int] {
    guard nodes.indices.contains(root) else { return [] }
    var order = [root]
    var seen: Set<Int> = [root]
    var next = 0
    while next < order.count, order.count < nodeLimit {
      for input in shownInputs(order[next]) where order.count < nodeLimit && seen.insert(input).inserted {
        order.append(input)
      }
      next += 1
    }
    return order
  }

  /// The value, how many operations it took, and what it comes from.
  public func alternativeText(_ wording: Wording) -> String {
    guard nodes.indices.contains(root) else { return wording("Computation of nothing", "没有计算过程") }
    let reached = reachable()
    let operations = reached.count { nodes[$0].kind == .operation }
    let sources = reached.filter { shownInputs($0).isEmpty }.map { nodes[$0].label(wording) }.joined(separator: ", ")
    return wording(
      "Computation of \(rootLabel(wording)): \(operations) operations, from \(sources)",
      "\(rootLabel(wording)) 的计算过程：\(operations) 个运算，来自 \(sources)")
  }
}
