// SPDX-License-Identifier: Apache-2.0

extension Tensor {
  /// The same elements in the same order under another shape; one size may be -1 and is then worked out.
  ///
  /// Throws when the counts differ.
  public func reshaped(to target: Shape) throws(TensorError) -> Tensor {
    if target == shape { return self }
    let resolved = try resolving(target)
    return viewed(as: resolved).recorded("reshape", self) { (node, g) throws(TensorError) in
      [try g.reshaped(to: node.shape(ofInput: 0))]
    }
  }

  private func resolving(_ target: Shape) throws(TensorError) -> Shape {
    let open = target.dimensions.indices.filter { target[$0] == -1 }
    var sizes = target.dimensions
    if open.count == 1 {
      sizes[open[0]] = 1
      let known = Shape(sizes).count
      if known > 0, count % known == 0 { sizes[open[0]] = count / known }
    }
    let resolved = Shape(sizes)
    guard sizes.allSatisfy({ $0 >= 0 }), resolved.count == count else {
      throw .mismatch(operation: "reshape", left: shape, right: target)
    }
    return resolved
  }

  /// The axes from `start` on merged into one.
  public func flattened(from start: Int = 0) throws(TensorError) -> Tensor {
    if rank == 0 { return try reshaped(to: [1]) }
    let start = try shape.axis(start, "flatten")
    return try reshaped(to: Shape(Array(shape.dimensions[..<start]) + [shape.count(start..<rank)]))
  }

  /// The axes of size 1 taken out, or one of them.
  ///
  /// Throws when the axis named is of another size.
  public func squeezed(axis: Int? = nil) throws(TensorError) -> Tensor {
    guard let axis else { return try reshaped(to: Shape(shape.dimensions.filter { $0 != 1 })) }
    let place = try shape.axis(axis, "squeeze")
    guard shape[place] == 1 else {
      throw .unsuitable(operation: "squeeze", shape: shape, needs: "size 1 at axis \(axis)")
    }
    return try reshaped(to: shape.removing(place))
  }

  /// A new axis of size 1 in front of the given place.
  public func unsqueezed(axis: Int) throws(TensorError) -> Tensor {
    guard axis <= rank, axis >= -rank - 1 else {
      throw .axisOutOfRange(operation: "unsqueeze", axis: axis, rank: rank + 1)
    }
    return try reshaped(to: shape.inserting(1, at: axis < 0 ? axis + rank + 1 : axis))
  }

  /// Two axes exchanged.
  public func transposed(_ a: Int, _ b: Int) throws(TensorError) -> Tensor {
    var order = Array(0..<rank)
    order.swapAt(try shape.axis(a, "transpose"), try shape.axis(b, "transpose"))
    return try permuted(order)
  }

  /// The last two axes exchanged; a vector or a number stays as it is.
  ///
  /// `x.T` in the language.
  public func transposed() throws(TensorError) -> Tensor {
    rank < 2 ? self : try transposed(rank - 2, rank - 1)
  }

  /// The axes in another order: axis `i` of the result is axis `order[i]` of this tensor.
  ///
  /// Throws unless every axis is named once.
  public func permuted(_ order: [Int]) throws(TensorError) -> Tensor {
    var axes: [Int] = []
    for axis in order { axes.append(try shape.axis(axis, "permute")) }
    guard axes.count == rank, Set(axes).count == rank else {
      throw .argument(
        operation: "permute", name: "dims", value: "\(order)", needs: "each of the \(rank) axes once")
    }
    if axes == Array(0..<rank) { return self }
    var inverse = [Int](repeating: 0, count: rank)
    for (place, axis) in axes.enumerated() { inverse[axis] = place }
    let back = inverse
    return try rearranged(axes).recorded("permute", self) { (_, g) throws(TensorError) in [try g.permuted(back)] }
  }

  /// The tensor repeated along axes of size 1 until it has the given shape.
  ///
  /// Throws when the shapes do not fit.
  public func broadcast(to target: Shape) throws(TensorError) -> Tensor {
    if target == shape { return self }
    guard Shape.broadcast(shape, target) == target else {
      throw .mismatch(operation: "broadcast", left: shape, right: target)
    }
    return try repeated(to: target).recorded("broadcast", self) { (node, g) throws(TensorError) in
      [try g.summed(to: node.shape(ofInput: 0))]
    }
  }

  /// The sum over the axes that broadcasting from `target` repeated: the adjoint of `broadcast`.
  func summed(to target: Shape) throws(TensorError) -> Tensor {
    if target == shape { return self }
    let missing = rank - target.rank
    let repeated = (0..<rank).filter { $0 < missing || (target[$0 - missing] == 1 && shape[$0] != 1) }
    return try sum(self, alongAxes: repeated).reshaped(to: target)
  }
}
