// SPDX-License-Identifier: Apache-2.0

/// One walk from a result back to what it was computed from.
struct BackwardPass {
  /// Every node the result depends on, the latest first, so that a node comes after all who use it.
  ///
  /// Unmanaged, because the root keeps them all and counting references would take longer than the walk.
  let nodes: [Unmanaged<Node>]
  let root: Node
  private let targets: [Node?]?
  /// The leaves that a gradient reached, those nearest to the root first.
  private(set) var reached: [Node] = []

  /// Finds the nodes and marks those through which a target, or without targets a leaf, is reached.
  init(from root: Node, targets: [Node?]?) {
    self.root = root
    self.targets = targets
    nodes = Self.reachable(from: root)
    for case let target? in targets ?? [] { target.isNeeded = true }
    for index in stride(from: nodes.count - 1, through: 0, by: -1) {
      nodes[index]._withUnsafeGuaranteedRef { node in
        if !node.isNeeded { node.isNeeded = (targets == nil && node.leaf != nil) || node.leadsOn }
      }
    }
  }

  private static func reachable(from root: Node) -> [Unmanaged<Node>] {
    let visit = ThreadState.current.pointee.takeNumber()
    var found = [Unmanaged.passUnretained(root)]
    root.visit = visit
    var next = 0
    var latest = root.number
    var isSorted = true
    while next < found.count {
      found[next]._withUnsafeGuaranteedRef { node in
        node.forEachInput { input, _ in
          guard input.visit != visit else { return }
          input.visit = visit
          isSorted = isSorted && input.number < latest
          latest = input.number
          found.append(.passUnretained(input))
        }
      }
      next += 1
    }
    if isSorted { return found }
    return found.map { node in (node._withUnsafeGuaranteedRef { $0.number }, node) }
      .sorted { $0.0 > $1.0 }.map(\.1)
  }

  /// What the leaves remember of this pass.
  func source(label: String) -> GradientSource {
    GradientSource(label: label, leaves: reached.map(\.number), ways: reached.map(\.way))
  }

  /// Carries the gradient back, leaving it in `pending` of the leaves or targets.
  mutating func run(seed: Tensor, createGraph: Bool) throws(TensorError) {
    root.pending = seed
    if root.leaf != nil { reach(root) }
    let kept = Set((targets ?? []).compactMap { $0.map(ObjectIdentifier.init) })
    try withRecording(createGraph) { () throws(TensorError) in
      for reference in nodes {
        let node = reference.takeUnretainedValue()
        guard node.isNeeded, node.leaf == nil, node.leadsOn, let gradient = node.pending else { continue }
        if kept.isEmpty || !kept.contains(ObjectIdentifier(node)) { node.pending = nil }
        try node.passOn(gradient)
        if targets == nil { noteWay(through: node) }
      }
    }
  }

  /// Lets go of the values that were saved for the pass.
  func release() {
    for node in nodes { node._withUnsafeGuaranteedRef { if $0.isNeeded { $0.forgetRule() } } }
  }

  /// Notes which leaves an operation uses, and that the gradient of its other inputs came through them.
  private mutating func noteWay(through node: Node) {
    var way = node.way
    node.forEachInput { input, _ in
      guard input.isNeeded, input.leaf != nil else { return }
      reach(input)
      input.way |= node.way
      way |= GradientSource.mark(input.place)
    }
    node.forEachInput { input, _ in
      if input.leaf == nil { input.way |= way }
    }
  }

  private mutating func reach(_ leaf: Node) {
    guard leaf.place < 0 else { return }
    leaf.place = reached.count
    reached.append(leaf)
  }

  /// Clears what the pass noted in the nodes.
  func finish() {
    for node in nodes {
      node._withUnsafeGuaranteedRef { node in
        node.pending = nil
        node.isNeeded = false
        node.way = 0
        node.place = -1
      }
    }
    for case let target? in targets ?? [] { target.isNeeded = false }
  }
}

extension Node {
  /// Adds to the gradients of the inputs what follows from the gradient of the result.
  func passOn(_ gradient: Tensor) throws(TensorError) {
    guard let rule else { throw .graphAlreadyUsed(operation: operation.description) }
    let gradients = try rule(self, gradient)
    try forEachInput { (input, index) throws(TensorError) in
      guard input.isNeeded, let gradient = gradients[index] else { return }
      precondition(gradient.shape == input.shape, "a gradient rule returned another shape than its input has")
      if let before = input.pending {
        input.pending = nil
        input.pending = try before + gradient
      } else {
        input.pending = gradient
      }
    }
  }
}
