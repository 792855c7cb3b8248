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
  let block = plan.size * plan.inner
  let places = try indices.withIntegers { (index) throws(TensorError) in
    try Tensor.making(indices.shape, .int64, of: Int64.self) { (out) throws(TensorError) in
      for i in 0..<indices.count {
        let position = try checkedPosition(index[i], size, "gather")
        out[i] = Int64((i / block * size + position) * plan.inner + i % plan.inner)
      }
    }
  }
  return try RowPicking(places: places, outer: 1, size: x.count, inner: 1, from: x.shape, to: indices.shape)
    .taking("gather", x)
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
  let places = try indices.withIntegers { (index) throws(TensorError) in
    try Tensor.making(indices.shape, .int64, of: Int64.self) { (out) throws(TensorError) in
      for i in 0..<indices.count { out[i] = Int64(try checkedPosition(index[i], size, "index")) }
    }
  }
  let shape = Shape(
    Array(x.shape.dimensions[..<axis]) + indices.shape.dimensions + Array(x.shape.dimensions[(axis + 1)...]))
  return try RowPicking(
    places: places, outer: x.shape.count(0..<axis), size: size, inner: x.shape.count(axis + 1..<x.rank),
    from: x.shape, to: shape
  ).taking("take", x)
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
  let out = result.storage.floats
  for (row, value) in values.enumerated() { out[row * classes + Int(value)] = 1 }
  return result
}

/// The elements of `x` where the mask is true, in order, as a vector.
///
/// Throws when the shapes differ.
public func masked(_ x: Tensor, where mask: Tensor) throws(TensorError) -> Tensor {
  guard mask.shape == x.shape else { throw .mismatch(operation: "mask", left: x.shape, right: mask.shape) }
  let flags = mask.booleans()
  let places = flags.indices.filter { flags[$0] }.map { Int64($0) }
  let shape: Shape = [places.count]
  return try RowPicking(
    places: Tensor(places, shape: shape), outer: 1, size: x.count, inner: 1, from: x.shape, to: shape
  ).taking("mask", x)
}

private func checkedPosition(_ index: Int64, _ size: Int, _ operation: String) throws(TensorError) -> Int {
  let index = Int(index)
  guard index < size, index >= -size else { throw .indexOutOfRange(operation: operation, index: index, size: size) }
  return index < 0 ? index + size : index
}
