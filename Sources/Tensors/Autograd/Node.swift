// SPDX-License-Identifier: Apache-2.0

/// The gradient of a loss with respect to each input of an operation, given the one with respect to its result.
///
/// Rules are written in the same operations as everything else, so that a recorded backward pass can be
/// differentiated again. They may not capture a tensor with its node: inputs come back through `Node.input`, the
/// result through `Node.output`. Nil stands for no gradient.
typealias GradientRule = (_ node: Node, _ gradient: Tensor) throws(TensorError) -> [Tensor?]

/// One recorded operation, or a leaf: something that gradients are asked for.
final class Node {
  let operation: String
  let shape: Shape
  let number: UInt64
  /// The value, when it is a single number, for pictures of the graph.
  let scalar: Float?
  private(set) var inputs: [Node?]
  private(set) var rule: GradientRule?
  /// What a leaf has gathered; nil for the result of an operation.
  let leaf: Leaf?

  // Scratch of the pass that is running; clear between passes.
  var pending: Tensor?
  var isNeeded = false
  var visit: UInt64 = 0

  init(_ operation: String, result: Tensor, inputs: [Node?], rule: @escaping GradientRule) {
    self.operation = operation
    self.shape = result.shape
    self.scalar = result.count == 1 && result.dtype == .float32 ? result.scalars()[0] : nil
    self.inputs = inputs
    self.rule = rule
    self.leaf = nil
    number = ThreadState.current.takeNumber()
  }

  init(leaf: Leaf, shape: Shape) {
    self.operation = "leaf"
    self.shape = shape
    self.scalar = nil
    self.inputs = []
    self.leaf = leaf
    number = ThreadState.current.takeNumber()
  }

  /// Whether a gradient for this input is wanted; a rule may leave out the others.
  func needs(_ index: Int) -> Bool { inputs[index]?.isNeeded ?? false }

  /// An input that the rule saved, connected to the graph again.
  func input(_ index: Int, _ saved: Tensor) -> Tensor { saved.attached(to: inputs[index]) }

  /// The result that the rule saved, connected to the graph again.
  func output(_ saved: Tensor) -> Tensor { saved.attached(to: self) }

  /// Lets go of what the rule saved.
  func forgetRule() { rule = nil }

  deinit {
    // A long chain would otherwise be released by recursion, one stack frame a node.
    var pending = inputs
    inputs = []
    while !pending.isEmpty {
      guard var node = pending.removeLast(), isKnownUniquelyReferenced(&node) else { continue }
      pending.append(contentsOf: node.inputs)
      node.inputs = []
    }
  }
}

extension ThreadState {
  func takeNumber() -> UInt64 {
    nextNode += 1
    return nextNode
  }
}

/// What a leaf gathers over backward passes.
final class Leaf {
  var gradient: Tensor?
  /// The labels of the losses whose gradients were added, each once, in order.
  var provenance: [String] = []
  var label: String?

  init(label: String?) {
    self.label = label
  }
}
