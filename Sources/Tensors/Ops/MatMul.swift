// SPDX-License-Identifier: Apache-2.0

/// The matrix product; `@` in the language.
///
/// [m, k] with [k, n] gives [m, n]. A vector counts as a row on the left and as a column on the right. Leading axes
/// are a batch and broadcast. Throws when the inner sizes differ.
public func matmul(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
  let (a, b) = (try a.floats(), try b.floats())
  guard a.rank > 0 else { throw .unsuitable(operation: "matmul", shape: a.shape, needs: "at least one axis") }
  guard b.rank > 0 else { throw .unsuitable(operation: "matmul", shape: b.shape, needs: "at least one axis") }
  let left = a.rank == 1 ? try a.reshaped(to: [1, a.shape[0]]) : a
  let right = b.rank == 1 ? try b.reshaped(to: [b.shape[0], 1]) : b
  guard left.shape.last == right.shape[right.rank - 2] else {
    throw .mismatch(operation: "matmul", left: a.shape, right: b.shape)
  }
  var product =
    left.rank == 2 && right.rank == 2 ? try matrixProduct(left, right) : try batchedProduct(left, right, a, b)
  if b.rank == 1 { product = try product.squeezed(axis: product.rank - 1) }
  if a.rank == 1 { product = try product.squeezed(axis: b.rank == 1 ? product.rank - 1 : product.rank - 2) }
  return product
}

/// The sum of the products of two vectors [n].
public func dot(_ a: Tensor, _ b: Tensor) throws(TensorError) -> Tensor {
  guard a.rank == 1, a.shape == b.shape else { throw .mismatch(operation: "dot", left: a.shape, right: b.shape) }
  return try matmul(a, b)
}

/// One matrix product for each place of the broadcast batch.
private func batchedProduct(
  _ left: Tensor, _ right: Tensor, _ a: Tensor, _ b: Tensor
) throws(TensorError) -> Tensor {
  let (m, k, n) = (left.shape[left.rank - 2], left.shape.last, right.shape.last)
  let leftBatch = Shape(Array(left.shape.dimensions.dropLast(2)))
  let rightBatch = Shape(Array(right.shape.dimensions.dropLast(2)))
  guard let batch = Shape.broadcast(leftBatch, rightBatch) else {
    throw .mismatch(operation: "matmul", left: a.shape, right: b.shape)
  }
  if right.rank == 2 {
    let product = try matrixProduct(left.reshaped(to: [leftBatch.count * m, k]), right)
    return try product.reshaped(to: Shape(batch.dimensions + [m, n]))
  }
  let x = try left.broadcast(to: Shape(batch.dimensions + [m, k])).reshaped(to: [batch.count, m, k])
  let y = try right.broadcast(to: Shape(batch.dimensions + [k, n])).reshaped(to: [batch.count, k, n])
  return try matrixProduct(x, y).reshaped(to: Shape(batch.dimensions + [m, n]))
}

/// The product of two matrices, or of two batches of matrices of one size, either read transposed.
///
/// Written so that its gradients are again such products, and no transpose is ever stored.
func matrixProduct(
  _ a: Tensor, _ b: Tensor, transposingLeft: Bool = false, transposingRight: Bool = false
) throws(TensorError) -> Tensor {
  let y = try product(a, b, transposingLeft, transposingRight)
  let (left, right) = (a.detached(), b.detached())
  return y.recorded("matmul", a, b) { (node, g) throws(TensorError) in
    let (a, b) = (node.input(0, left), node.input(1, right))
    var (forLeft, forRight): (Tensor?, Tensor?) = (nil, nil)
    if node.needs(0) {
      forLeft =
        transposingLeft
        ? try matrixProduct(b, g, transposingLeft: transposingRight, transposingRight: true)
        : try matrixProduct(g, b, transposingRight: !transposingRight)
    }
    if node.needs(1) {
      forRight =
        transposingRight
        ? try matrixProduct(g, a, transposingLeft: true, transposingRight: transposingLeft)
        : try matrixProduct(a, g, transposingLeft: !transposingLeft)
    }
    return [forLeft, forRight]
  }
}

private func product(
  _ a: Tensor, _ b: Tensor, _ transposingLeft: Bool, _ transposingRight: Bool
) throws(TensorError) -> Tensor {
  let r = a.rank
  let (rows, k) =
    transposingLeft ? (a.shape[r - 1], a.shape[r - 2]) : (a.shape[r - 2], a.shape[r - 1])
  let columns = transposingRight ? b.shape[r - 2] : b.shape[r - 1]
  let plan = MatrixMultiplication(
    rows: rows, columns: columns, depth: k, leftStrides: transposingLeft ? (1, rows) : (k, 1),
    rightStrides: transposingRight ? (1, k) : (columns, 1))
  let batch = r == 3 ? a.shape[0] : 1
  return try .making(r == 3 ? [batch, rows, columns] : [rows, columns]) { (out) throws(TensorError) in
    try a.withFloats { (x) throws(TensorError) in
      if r == 2 { return try plan.multiply(x, b, isTransposed: transposingRight, into: out) }
      try b.withFloats { (y) throws(TensorError) in
        for i in 0..<batch {
          try plan.multiply(x + i * rows * k, y + i * k * columns, into: out + i * rows * columns)
        }
      }
    }
  }
}
