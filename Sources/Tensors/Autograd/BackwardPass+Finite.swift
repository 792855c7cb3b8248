// SPDX-License-Identifier: Apache-2.0

extension BackwardPass {
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
