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

/// What most likely made a loss that is not finite: the operation nearest before its earliest single number that is not
/// finite, among those that make such numbers of finite ones; else that number's own.
private func origin(ofNonFinite root: Node) -> Node {
  var found = root
  while let term = found.inputs.compactMap({ $0 }).first(where: { $0.leaf == nil && $0.scalar?.isFinite == false }) {
    found = term
  }
  var (near, seen) = ([found], 0)
  while seen < near.count, seen < 10_000 {
    let node = near[seen]
    if fragileOperations.contains(node.operation.description) { return node }
    // Single numbers known to be finite need not be looked behind.
    for case let input? in node.inputs where input.leaf == nil && input.scalar?.isFinite != true {
      if !near.contains(where: { $0 === input }) { near.append(input) }
    }
    seen += 1
  }
  return found
}

/// Operations that make NaN or infinity of finite numbers without any overflow.
private let fragileOperations: Set<String> = ["log", "sqrt", "divide", "exp", "pow"]

private func seed(_ result: Tensor, _ operation: String) throws(TensorError) -> Tensor {
  guard result.count == 1 else { throw .notScalar(operation: operation, shape: result.shape) }
  return try .ones(result.shape)
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
