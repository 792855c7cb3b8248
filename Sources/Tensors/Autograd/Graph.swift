// SPDX-License-Identifier: Apache-2.0

/// One operation in the history of a tensor, for looking at.
public struct GraphNode {
  fileprivate let node: Node

  /// The operation that made the value, or `leaf`.
  public var operation: String { node.operation.description }
  /// The shape of the value.
  public var shape: Shape { node.shape }
  /// The value, when it is a single number.
  public var scalar: Float? { node.scalar }
  /// Whether this is a leaf: something that gradients are gathered for.
  public var isLeaf: Bool { node.leaf != nil }
  /// The name given to a leaf.
  public var label: String? { node.leaf?.label }
  /// The gradient a leaf has gathered.
  public var gradient: Tensor? { node.leaf?.gradient }
  /// A number that tells nodes apart; results have larger ones than what they were computed from.
  public var number: UInt64 { node.number }
  /// What the value was computed from; nil stands for a constant.
  public var inputs: [GraphNode?] { node.inputs.map { $0.map(GraphNode.init(node:)) } }
}

extension Tensor {
  /// How this tensor was computed, or nil when it requires no gradient.
  public var graph: GraphNode? { node.map(GraphNode.init(node:)) }
}
