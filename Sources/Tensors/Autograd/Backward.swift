// SPDX-License-Identifier: Apache-2.0

/// Adds the gradients of `loss` to every leaf it was computed from.
///
/// `loss` has one element. Its label is noted with each leaf, and the way that the gradient took, so that one can tell
/// later whose gradient a weight carries (`GradientSource`). Values saved for the pass are released unless
/// `retainingGraph`. Throws when the loss was computed without recording, has several elements, is NaN or infinite, or
/// its graph was used before; and, before any leaf is changed, when a gradient turns out NaN or infinite.
public func backward(
  _ loss: Tensor, retainingGraph: Bool = false, label: String? = nil
) throws(TensorError) {
  guard let root = loss.node else { throw .notRecorded(operation: "backward") }
  if let value = root.scalar, !value.isFinite {
    throw .notFinite(operation: "backward", value: value, origin: origin(ofNonFinite: root).operation.description)
  }
  var pass = BackwardPass(from: root, targets: nil)
  defer { pass.finish() }
  let seed = try seed(loss, "backward")
  try pass.run(seed: seed, createGraph: false)
  if let value = pass.nonFinite { throw .gradientNotFinite(operation: pass.faultyOperation(seed: seed), value: value) }
  if !retainingGraph { pass.release() }
  let source = label.map { pass.source(label: $0) }
  for node in pass.reached {
    guard let leaf = node.leaf, let gradient = node.pending else { continue }
    try leaf.add(gradient)
    if let source { leaf.note(source, at: node.place) }
  }
}

/// The gradients of `result` with respect to each tensor of a list, without touching what leaves have gathered.
///
/// `result` has one element. With `createGraph` the gradients are recorded themselves, so that a loss may contain them,
/// as a gradient penalty does; the graph then stays. Throws when the result has several elements or does not depend on
/// one of the tensors.
public func gradient(
  of result: Tensor, withRespectTo tensors: [Tensor], createGraph: Bool = false, retainingGraph: Bool? = nil
) throws(TensorError) -> [Tensor] {
  guard let root = result.node else { throw .notRecorded(operation: "gradient") }
  var pass = BackwardPass(from: root, targets: tensors.map(\.node))
  defer { pass.finish() }
  try pass.run(seed: try seed(result, "gradient"), createGraph: createGraph)
  if !(retainingGraph ?? createGraph) { pass.release() }
  var gradients: [Tensor] = []
  for (index, tensor) in tensors.enumerated() {
    guard let found = tensor.node?.pending else { throw .notConnected(index: index) }
    gradients.append(createGraph ? found : found.detached())
  }
  return gradients
}

/// The earliest single number of a graph that is not finite: the loss itself, or a term of it.
private func origin(ofNonFinite root: Node) -> Node {
  var found = root
  while let term = found.inputs.compactMap({ $0 }).first(where: { $0.leaf == nil && $0.scalar?.isFinite == false }) {
    found = term
  }
  return found
}

private func seed(_ result: Tensor, _ operation: String) throws(TensorError) -> Tensor {
  guard result.count == 1 else { throw .notScalar(operation: operation, shape: result.shape) }
  return try .ones(result.shape)
}

/// One walk from a result back to what it was computed from.
private struct BackwardPass {
  /// Every node the result depends on, the latest first, so that a node comes after all who use it.
  ///
  /// Unmanaged, because the root keeps them all and counting references would take longer than the walk.
  private let nodes: [Unmanaged<Node>]
  private let root: Node
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

  /// A NaN or an infinity that reached a leaf, if one did.
  ///
  /// Looks at small leaves: a bias sums what flows back through its layer, so that one NaN anywhere in it shows there,
  /// at a hundredth of the cost of looking at the weights. Where no leaf is small the smallest stands for all.
  var nonFinite: Float? {
    var smallest: Node?
    for leaf in reached {
      if leaf.shape.count <= Self.smallLeaf, let value = leaf.pending?.firstNonFinite { return value }
      if leaf.shape.count < smallest?.shape.count ?? .max { smallest = leaf }
    }
    guard let smallest, smallest.shape.count > Self.smallLeaf else { return nil }
    return smallest.pending?.firstNonFinite
  }

  private static let smallLeaf = 4096

  /// The first operation on the way back that makes a NaN or an infinity of finite numbers.
  ///
  /// Walks again with the saved values; done only when something is wrong.
  func faultyOperation(seed: Tensor) -> String {
    for node in nodes { node._withUnsafeGuaranteedRef { $0.pending = nil } }
    root.pending = seed
    return withRecording(false) {
      for reference in nodes {
        let node = reference.takeUnretainedValue()
        guard node.isNeeded, node.leaf == nil, node.leadsOn, let gradient = node.pending else { continue }
        node.pending = nil
        guard (try? node.passOn(gradient)) != nil else { break }
        var isFaulty = false
        node.forEachInput { input, _ in isFaulty = isFaulty || input.pending?.firstNonFinite != nil }
        if isFaulty { return node.operation.description }
      }
      return root.operation.description
    }
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
  fileprivate func passOn(_ gradient: Tensor) throws(TensorError) {
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

extension Leaf {
  fileprivate func add(_ addition: Tensor) throws(TensorError) {
    if let before = gradient {
      gradient = try withRecording(false) { () throws(TensorError) in try before + addition }
    } else {
      gradient = addition.detached()
    }
  }
}

extension Tensor {
  /// A NaN or an infinity among the elements.
  fileprivate var firstNonFinite: Float? {
    guard dtype == .float32 else { return nil }
    return try? withUnsafeFloats { (elements) throws(TensorError) -> Float? in
      // A finite sum of zeros times elements: any NaN or infinity makes it NaN.
      var probe: Float = 0
      for element in elements { probe += element * 0 }
      return probe == 0 ? nil : elements.first { !$0.isFinite }
    }
  }
}
