// SPDX-License-Identifier: Apache-2.0

/// For each place of `indices`, the element of `x` at that position along the axis.
///
/// `indices` has `x`'s shape but along the axis; the result has the shape of `indices`. Throws when a position lies
/// outside the axis.
public func gather(_ x: Tensor, indices: Tensor, alongAxis axis: Int) throws(TensorError) -> Tensor {
  let axis = try x.shape.axis(axis, "gather")
  guard indices.dtype == .int64 else {
    throw .wrongType(operation: "gather", type: indices.dtype, needs: "i64 positions")
  }
  guard indices.rank == x.rank, indices.shape.removing(axis) == x.shape.removing(axis) else {
    throw .mismatch(operation: "gather", left: x.shape, right: indices.shape)
  }
  let size = x.shape[axis]
  let plan = try ReductionPlan(indices.shape, alongAxis: axis, "gather")
  let places = try indices.withIntegers { (index) throws(TensorError) in
    var places = [Int](repeating: 0, count: indices.count)
    for i in 0..<places.count {
      let position = try checkedPosition(index[i], size, "gather")
      let outer = i / (plan.size * plan.inner)
      places[i] = (outer * size + position) * plan.inner + i % plan.inner
    }
    return places
  }
  return try x.picking(places, shape: indices.shape, "gather")
}

/// The slices of `x` at the given positions along an axis, in their order: `x[[3, 1, 4]]` in the language.
///
/// The axis is replaced by the axes of `indices`. Throws when a position lies outside the axis.
public func take(_ x: Tensor, indices: Tensor, alongAxis axis: Int = 0) throws(TensorError) -> Tensor {
  let axis = try x.shape.axis(axis, "index")
  guard indices.dtype == .int64 else {
    throw .wrongType(operation: "index", type: indices.dtype, needs: "i64 positions")
  }
  let size = x.shape[axis]
  let outer = x.shape.count(0..<axis)
  let inner = x.shape.count(axis + 1..<x.rank)
  var rows: [Int] = []
  for index in indices.integers() { rows.append(try checkedPosition(index, size, "index")) }
  let shape = Shape(
    Array(x.shape.dimensions[..<axis]) + indices.shape.dimensions + Array(x.shape.dimensions[(axis + 1)...]))
  let result = try x.takingRows(rows, outer: outer, size: size, inner: inner, shape: shape)
  let own = x.shape
  let places = rows
  return result.recorded("take", x) { (_, g) throws(TensorError) in
    [try g.addingRows(places, outer: outer, size: size, inner: inner, shape: own)]
  }
}

/// The rows of a table [n, d] at the given positions: the result is the shape of `indices` with [d] behind.
public func embedding(_ indices: Tensor, table: Tensor) throws(TensorError) -> Tensor {
  guard table.rank == 2 else {
    throw .unsuitable(operation: "embedding", shape: table.shape, needs: "a table [n, d]")
  }
  return try take(table, indices: indices, alongAxis: 0)
}

/// For each whole number below `classes`, a row of zeros with a one at its place.
///
/// The result is of floats and has one more axis. Throws when a number is negative or too large.
public func oneHot(_ labels: Tensor, classes: Int) throws(TensorError) -> Tensor {
  guard labels.dtype == .int64 else {
    throw .wrongType(operation: "one_hot", type: labels.dtype, needs: "i64 labels")
  }
  let values = labels.integers()
  for value in values where value < 0 || value >= classes {
    throw .indexOutOfRange(operation: "one_hot", index: Int(value), size: classes)
  }
  let result = try Tensor.zeros(Shape(labels.shape.dimensions + [classes]))
  let out = result.storage.bytes.assumingMemoryBound(to: Float.self)
  for (row, value) in values.enumerated() { out[row * classes + Int(value)] = 1 }
  return result
}

/// The elements of `x` where the mask is true, in order, as a vector.
///
/// Throws when the shapes differ.
public func masked(_ x: Tensor, where mask: Tensor) throws(TensorError) -> Tensor {
  guard mask.shape == x.shape else { throw .mismatch(operation: "mask", left: x.shape, right: mask.shape) }
  let flags = mask.booleans()
  let places = flags.indices.filter { flags[$0] }
  return try x.picking(places, shape: [places.count], "mask")
}

private func checkedPosition(_ index: Int64, _ size: Int, _ operation: String) throws(TensorError) -> Int {
  let index = Int(index)
  guard index < size, index >= -size else { throw .indexOutOfRange(operation: operation, index: index, size: size) }
  return index < 0 ? index + size : index
}

extension Tensor {
  /// The elements at the given places of the flattened tensor.
  fileprivate func picking(_ places: [Int], shape target: Shape, _ operation: StaticString) throws(TensorError)
    -> Tensor
  {
    let own = shape
    return try takingRows(places, outer: 1, size: count, inner: 1, shape: target).recorded(operation, self) {
      (_, g) throws(TensorError) in
      [try g.addingRows(places, outer: 1, size: own.count, inner: 1, shape: own)]
    }
  }

  /// For each outer block of `size` rows of `inner` elements, the rows at the given places.
  fileprivate func takingRows(
    _ rows: [Int], outer: Int, size: Int, inner: Int, shape target: Shape
  ) throws(TensorError) -> Tensor {
    let result = try Tensor.uninitialized(target, dtype)
    let line = inner * dtype.size
    var out = result.storage.bytes
    for o in 0..<outer {
      let block = storage.bytes + o * size * line
      for row in rows {
        out.copyMemory(from: block + row * line, byteCount: line)
        out += line
      }
    }
    return result
  }

  /// Zeros to which each row is added at its place: the adjoint of `takingRows`.
  fileprivate func addingRows(
    _ rows: [Int], outer: Int, size: Int, inner: Int, shape target: Shape
  ) throws(TensorError) -> Tensor {
    let result = try Tensor.zeros(target)
    let into = result.storage.bytes.assumingMemoryBound(to: Float.self)
    try withFloats { (from) throws(TensorError) in
      for o in 0..<outer {
        for (place, row) in rows.enumerated() {
          let source = from + (o * rows.count + place) * inner
          let sink = into + (o * size + row) * inner
          for i in 0..<inner { sink[i] += source[i] }
        }
      }
    }
    guard requiresGradient else { return result }
    return result.recorded("scatter_add", self) { (_, g) throws(TensorError) in
      [try g.takingRowsRecorded(rows, outer: outer, size: size, inner: inner, shape: self.shape)]
    }
  }

  private func takingRowsRecorded(
    _ rows: [Int], outer: Int, size: Int, inner: Int, shape target: Shape
  ) throws(TensorError) -> Tensor {
    let own = shape
    return try takingRows(rows, outer: outer, size: size, inner: inner, shape: target).recorded("take", self) {
      (_, g) throws(TensorError) in
      [try g.addingRows(rows, outer: outer, size: size, inner: inner, shape: own)]
    }
  }
}
