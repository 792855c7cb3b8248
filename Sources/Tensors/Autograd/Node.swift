// SPDX-License-Identifier: Apache-2.0

/// The gradient of a loss with respect to each input of an operation, given the one with respect to its result.
///
/// Rules are written in the same operations as everything else, so that a recorded backward pass can be
/// differentiated again. They may not capture a tensor with its node: inputs come back through `Node.input`, the
/// result through `Node.output`.
typealias GradientRule = (_ node: Node, _ gradient: Tensor) throws(TensorError) -> Gradients

/// One gradient for each input of an operation, written as an array; nil stands for none.
struct Gradients: ExpressibleByArrayLiteral {
  var first: Tensor?
  var second: Tensor?
  /// Those from the third on; hardly any operation has so many inputs.
  var others: [Tensor?] = []

  @inline(__always)
  init(arrayLiteral gradients: Tensor?...) {
    first = gradients.count > 0 ? gradients[0] : nil
    second = gradients.count > 1 ? gradients[1] : nil
    if gradients.count > 2 { others = Array(gradients[2...]) }
  }

  /// The gradient for the input at a place.
  subscript(_ index: Int) -> Tensor? {
    switch index {
    case 0: first
    case 1: second
    default: index - 2 < others.count ? others[index - 2] : nil
    }
  }

  init(_ gradients: [Tensor?]) {
    first = gradients.first ?? nil
    second = gradients.count > 1 ? gradients[1] : nil
    others = Array(gradients.dropFirst(2))
  }
}

/// One recorded operation, or a leaf: something that gradients are asked for.
final class Node {
  let operation: StaticString
  let shape: Shape
  let number: UInt64
  /// The value, when it is a single number, for pictures of the graph.
  let scalar: Float?
  private var first: Node?
  private var second: Node?
  /// Those from the third on; apart from the first two, to save an array for most operations.
  private var others: [Node?] = []
  private(set) var rule: GradientRule?
  /// What a leaf has gathered; nil for the result of an operation.
  let leaf: Leaf?

  // Scratch of the pass that is running; clear between passes.
  var pending: Tensor?
  var isNeeded = false
  var visit: UInt64 = 0
  /// Which leaves' operations the gradient came through, as marks of their places.
  var way: UInt64 = 0
  /// Where a leaf stands among those that were reached; negative before.
  var place = -1

  init(
    _ operation: StaticString, result: Tensor, _ first: Node?, _ second: Node? = nil, others: [Node?] = [],
    in state: UnsafeMutablePointer<ThreadState>, rule: @escaping GradientRule
  ) {
    self.operation = operation
    self.shape = result.shape
    self.scalar = result.count == 1 && result.dtype == .float32 ? result.storage.floats[0] : nil
    self.first = first
    self.second = second
    self.others = others
    self.rule = rule
    self.leaf = nil
    number = state.pointee.takeNumber()
  }

  init(leaf: Leaf, shape: Shape) {
    self.operation = "leaf"
    self.shape = shape
    self.scalar = nil
    self.leaf = leaf
    number = ThreadState.current.pointee.takeNumber()
  }

  /// Whether a gradient for this input is wanted; a rule may leave out the others.
  func needs(_ index: Int) -> Bool { inputNode(index)?.isNeeded ?? false }

  /// An input that the rule saved, connected to the graph again.
  func input(_ index: Int, _ saved: Tensor) -> Tensor { saved.attached(to: inputNode(index)) }

  /// The shape of an input that has a node: a rule that needs nothing else has nothing to save.
  func shape(ofInput index: Int) -> Shape { inputNode(index)?.shape ?? .scalar }

  /// The result that the rule saved, connected to the graph again.
  func output(_ saved: Tensor) -> Tensor { saved.attached(to: self) }

  /// Lets go of what the rule saved.
  func forgetRule() { rule = nil }

  /// The nodes of the inputs in order; nil stands for a constant.
  var inputs: [Node?] {
    leaf != nil ? [] : others.isEmpty && second == nil ? [first] : [first, second] + others
  }

  /// Calls `body` with the node of each input that has one, and its place.
  @inline(__always)
  func forEachInput<Failure: Error>(_ body: (Node, Int) throws(Failure) -> Void) throws(Failure) {
    if let first { try body(first, 0) }
    if let second { try body(second, 1) }
    for index in others.indices {
      if let other = others[index] { try body(other, index + 2) }
    }
  }

  /// Whether a gradient is wanted for any input.
  var leadsOn: Bool {
    if first?.isNeeded ?? false || second?.isNeeded ?? false { return true }
    return others.contains { $0?.isNeeded ?? false }
  }

  private func inputNode(_ index: Int) -> Node? {
    switch index {
    case 0: first
    case 1: second
    default: others[index - 2]
    }
  }

  deinit {
    // A long chain would otherwise be released by recursion, one stack frame a node.
    var pending: [Node] = []
    var next = unlink(&pending)
    while true {
      while isKnownUniquelyReferenced(&next), let node = next {
        next = node.unlink(&pending)
      }
      guard let other = pending.popLast() else { return }
      next = other
    }
  }

  /// Lets go of the inputs: the first is returned, others that nobody else holds go to `pending`.
  private func unlink(_ pending: inout [Node]) -> Node? {
    if isKnownUniquelyReferenced(&second), let second { pending.append(second) }
    second = nil
    if !others.isEmpty {
      for index in others.indices {
        if isKnownUniquelyReferenced(&others[index]), let other = others[index] { pending.append(other) }
      }
      others = []
    }
    return first.take()
  }
}

/// What a leaf gathers over backward passes.
final class Leaf {
  var gradient: Tensor? { didSet { gradientChanges &+= 1 } }
  /// How often the gradient was changed.
  private(set) var gradientChanges = 0
  /// What each backward pass added, in order.
  var deposits: [GradientDeposit] = []
  var label: String?

  init(label: String?) {
    self.label = label
  }
}
