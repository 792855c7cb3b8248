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

// MARK: Moving elements

extension Tensor {
  private func rearranged(_ axes: [Int]) throws(TensorError) -> Tensor {
    let own = shape.strides
    let target = Shape(axes.map { shape[$0] })
    return try copied(to: target, strides: axes.map { own[$0] }, offset: 0)
  }

  private func repeated(to target: Shape) throws(TensorError) -> Tensor {
    let own = shape.strides
    let missing = target.rank - rank
    let strides = (0..<target.rank).map { axis in
      axis < missing || shape[axis - missing] == 1 ? 0 : own[axis - missing]
    }
    return try copied(to: target, strides: strides, offset: 0)
  }

  /// A tensor of the given shape whose element at an index lies at `offset` plus index times strides in this one.
  func copied(to target: Shape, strides: [Int], offset: Int) throws(TensorError) -> Tensor {
    switch dtype {
    case .float32: try copied(to: target, strides, offset, of: Float.self)
    case .int64: try copied(to: target, strides, offset, of: Int64.self)
    case .bool: try copied(to: target, strides, offset, of: Bool.self)
    }
  }

  private func copied<Element>(
    to target: Shape, _ strides: [Int], _ offset: Int, of type: Element.Type
  ) throws(TensorError) -> Tensor {
    let walk = StridedWalk(target, strides)
    let source = storage.bytes.assumingMemoryBound(to: Element.self)
    return try .making(target, dtype, of: Element.self) { (out) throws(TensorError) in
      walk.forEachRun { place, start in
        let from = source + offset + start
        if walk.step == 1 {
          (out + place).update(from: from, count: walk.run)
        } else {
          for i in 0..<walk.run { out[place + i] = from[i * walk.step] }
        }
      }
    }
  }
}

/// A walk over the elements of a shape that lie at strides in memory, in runs along the innermost axis.
struct StridedWalk {
  private var sizes: [Int] = []
  private var strides: [Int] = []
  private let isEmpty: Bool

  /// How many elements a run has, and how far apart they lie.
  var run: Int { sizes[sizes.count - 1] }
  var step: Int { strides[strides.count - 1] }

  init(_ shape: Shape, _ strides: [Int]) {
    isEmpty = shape.count == 0
    for axis in 0..<shape.rank where shape[axis] != 1 {
      if let size = sizes.last, let outer = self.strides.last, outer == strides[axis] &* shape[axis] {
        sizes[sizes.count - 1] = size &* shape[axis]
        self.strides[sizes.count - 1] = strides[axis]
      } else {
        sizes.append(shape[axis])
        self.strides.append(strides[axis])
      }
    }
    if sizes.isEmpty {
      sizes = [1]
      self.strides = [1]
    }
  }

  /// Calls `body` with the place of each run in row-major order and where it starts in memory.
  @inline(__always)
  func forEachRun(_ body: (_ place: Int, _ start: Int) -> Void) {
    if isEmpty { return }
    let outer = sizes.count - 1
    var index = [Int](repeating: 0, count: outer)
    var (place, start) = (0, 0)
    while true {
      body(place, start)
      place += run
      var axis = outer - 1
      while axis >= 0 {
        index[axis] += 1
        start += strides[axis]
        if index[axis] < sizes[axis] { break }
        start -= strides[axis] * sizes[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}
