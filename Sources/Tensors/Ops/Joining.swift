// SPDX-License-Identifier: Apache-2.0

/// Tensors put one after the other along an axis; their other axes must agree.
///
/// Throws when the list is empty or a shape differs.
public func concatenate(_ tensors: [Tensor], alongAxis axis: Int = 0) throws(TensorError) -> Tensor {
  guard let first = tensors.first else {
    throw .argument(operation: "cat", name: "list", value: "[]", needs: "at least one tensor")
  }
  let axis = try first.shape.axis(axis, "cat")
  for other in tensors {
    guard other.rank == first.rank, other.shape.removing(axis) == first.shape.removing(axis) else {
      throw .mismatch(operation: "cat", left: first.shape, right: other.shape)
    }
  }
  let type: DType =
    tensors.contains { $0.dtype == .float32 }
    ? .float32 : tensors.allSatisfy { $0.dtype == first.dtype } ? first.dtype : .int64
  var parts: [Tensor] = []
  for tensor in tensors { parts.append(try tensor.converted(to: type)) }
  let sizes = parts.map { $0.shape[axis] }
  var total = 0
  for size in sizes { total = total &+ size }
  let result = try joined(parts, axis, first.shape.resizing(axis, to: total))
  return result.recorded("cat", parts) { (node, g) throws(TensorError) in
    var gradients: [Tensor?] = []
    var start = 0
    for (index, size) in sizes.enumerated() {
      gradients.append(node.needs(index) ? try g.sliced(axis: axis, from: start, to: start + size) : nil)
      start += size
    }
    return Gradients(gradients)
  }
}

private func joined(_ parts: [Tensor], _ axis: Int, _ shape: Shape) throws(TensorError) -> Tensor {
  let result = try Tensor.uninitialized(shape, parts[0].dtype)
  let outer = shape.count(0..<axis)
  let inner = shape.count(axis + 1..<shape.rank) * result.dtype.size
  let line = shape[axis] * inner
  var start = 0
  for part in parts {
    let bytes = part.shape[axis] * inner
    for o in 0..<outer {
      (result.storage.bytes + o * line + start).copyMemory(from: part.storage.bytes + o * bytes, byteCount: bytes)
    }
    start += bytes
  }
  return result
}

/// Tensors of one shape put side by side along a new axis.
///
/// Throws when the list is empty or a shape differs.
public func stack(_ tensors: [Tensor], alongAxis axis: Int = 0) throws(TensorError) -> Tensor {
  var parts: [Tensor] = []
  for tensor in tensors {
    guard tensor.shape == tensors[0].shape else {
      throw .mismatch(operation: "stack", left: tensors[0].shape, right: tensor.shape)
    }
    parts.append(try tensor.unsqueezed(axis: axis))
  }
  return try concatenate(parts, alongAxis: axis)
}

/// A tensor cut along an axis into pieces of a size; the last may be smaller.
///
/// Throws when the size is below 1.
public func split(_ x: Tensor, size: Int, alongAxis axis: Int = 0) throws(TensorError) -> [Tensor] {
  guard size > 0 else {
    throw .argument(operation: "split", name: "n", value: "\(size)", needs: "a size of at least 1")
  }
  let axis = try x.shape.axis(axis, "split")
  var pieces: [Tensor] = []
  var start = 0
  while start < x.shape[axis] {
    let end = size < x.shape[axis] - start ? start + size : x.shape[axis]
    pieces.append(try x.sliced(axis: axis, from: start, to: end))
    start = end
  }
  return pieces
}
