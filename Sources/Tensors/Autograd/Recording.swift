// SPDX-License-Identifier: Apache-2.0

/// Whether operations on the calling thread are recorded for differentiation.
public enum GradientRecording {
  /// Whether operations on tensors that require gradients are recorded; true at the start.
  public static var isOn: Bool {
    get { ThreadState.current.pointee.isRecording }
    set { ThreadState.current.pointee.isRecording = newValue }
  }
}

/// Runs `body` without recording: its results require no gradients and keep nothing alive.
public func withoutRecording<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  try withRecording(false, body)
}

/// Runs `body` with recording on or off, then restores what was before.
func withRecording<Result, Failure: Error>(
  _ isOn: Bool, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  let state = ThreadState.current
  let before = state.pointee.isRecording
  state.pointee.isRecording = isOn
  defer { state.pointee.isRecording = before }
  return try body()
}

extension Tensor {
  /// Whether a gradient can flow through this tensor.
  public var requiresGradient: Bool { node != nil }

  /// The same elements as a new leaf, for which `backward` gathers a gradient.
  ///
  /// The label names it in pictures of the graph. Throws when the elements are not floats.
  public func requiringGradient(label: String? = nil) throws(TensorError) -> Tensor {
    guard dtype == .float32 else { throw .wrongType(operation: "requires_grad", type: dtype, needs: "f32") }
    return attached(to: Node(leaf: Leaf(label: label), shape: shape))
  }

  /// The same elements without history: no gradient flows through the result.
  public func detached() -> Tensor { attached(to: nil) }

  /// Whether this is a leaf: made by `requiringGradient` and not by an operation.
  public var isLeaf: Bool { node?.leaf != nil }

  /// This result as the outcome of an operation on one tensor.
  @inline(__always)
  func recorded(_ operation: StaticString, _ a: Tensor, rule: @escaping GradientRule) -> Tensor {
    guard a.node != nil else { return self }
    let state = ThreadState.current
    guard state.pointee.isRecording else { return self }
    return attached(to: Node(operation, result: self, a.node, in: state, rule: rule))
  }

  /// This result as the outcome of an operation on two tensors.
  @inline(__always)
  func recorded(_ operation: StaticString, _ a: Tensor, _ b: Tensor, rule: @escaping GradientRule) -> Tensor {
    guard a.node != nil || b.node != nil else { return self }
    let state = ThreadState.current
    guard state.pointee.isRecording else { return self }
    return attached(to: Node(operation, result: self, a.node, b.node, in: state, rule: rule))
  }

  /// This result as the outcome of an operation on several tensors.
  func recorded(_ operation: StaticString, _ inputs: [Tensor], rule: @escaping GradientRule) -> Tensor {
    let state = ThreadState.current
    guard state.pointee.isRecording, inputs.contains(where: { $0.node != nil }) else { return self }
    let nodes = inputs.map(\.node)
    return attached(
      to: Node(
        operation, result: self, nodes[0], nodes.count > 1 ? nodes[1] : nil, others: Array(nodes.dropFirst(2)),
        in: state, rule: rule))
  }
}

// MARK: Gathered gradients

extension Tensor {
  /// The gradient a leaf has gathered, or nil when there is none yet or this is no leaf.
  public var gradient: Tensor? { node?.leaf?.gradient }

  /// Counts how often the gradient that a leaf gathers was changed; 0 for what is no leaf.
  public var gradientChanges: Int { node?.leaf?.gradientChanges ?? 0 }

  /// The labels of the losses whose gradients this leaf has gathered, each once, in order.
  public var provenance: [String] {
    var labels: [String] = []
    for deposit in gradientDeposits where !labels.contains(deposit.source.label) { labels.append(deposit.source.label) }
    return labels
  }

  /// The name given to a leaf.
  public var label: String? { node?.leaf?.label }

  /// Replaces what a leaf has gathered, as clipping does; its provenance stays.
  ///
  /// Throws when this is no leaf or the shapes differ.
  public func replaceGradient(with gradient: Tensor) throws(TensorError) {
    guard let leaf = node?.leaf else { throw .notRecorded(operation: "gradient") }
    guard gradient.shape == shape else {
      throw .mismatch(operation: "gradient", left: shape, right: gradient.shape)
    }
    leaf.gradient = gradient.detached()
  }

  /// Forgets what a leaf has gathered, and from which losses.
  public func clearGradient() {
    guard let leaf = node?.leaf, leaf.gradient != nil || !leaf.deposits.isEmpty else { return }
    leaf.gradient = nil
    leaf.deposits = []
  }

  /// The same value; `body` sees each gradient that flows back through it and may replace it.
  public func observingGradient(_ body: @escaping (Tensor) throws(TensorError) -> Tensor?) -> Tensor {
    attached(to: nil).recorded("observe", self) { (_, gradient) throws(TensorError) in
      [try body(gradient) ?? gradient]
    }
  }
}
