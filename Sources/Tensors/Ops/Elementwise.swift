// SPDX-License-Identifier: Apache-2.0

extension Tensor {
  /// The elements as floats; booleans become 0 and 1.
  ///
  /// Gradients pass when they were floats already.
  public func floats() throws(TensorError) -> Tensor {
    switch dtype {
    case .float32:
      return self
    case .int64:
      return try withIntegers { (x) throws(TensorError) in
        try .making(shape) { (out) throws(TensorError) in
          for i in 0..<count { out[i] = Float(x[i]) }
        }
      }
    case .bool:
      return try withBooleans { (x) throws(TensorError) in
        try .making(shape) { (out) throws(TensorError) in
          for i in 0..<count { out[i] = x[i] ? 1 : 0 }
        }
      }
    }
  }

  /// The elements as another type.
  ///
  /// Towards integers, floats are cut towards zero and NaN becomes 0; towards truth values, all but zero is true.
  public func converted(to target: DType) throws(TensorError) -> Tensor {
    if target == dtype { return self }
    switch target {
    case .float32: return try floats()
    case .int64: return try Tensor(integers(), shape: shape)
    case .bool: return try Tensor(booleans(), shape: shape)
    }
  }

  /// A float tensor of the same shape whose elements are `transform` of this one's.
  @inline(__always)
  func mapped(_ transform: (Float) -> Float) throws(TensorError) -> Tensor {
    let count = count
    return try withFloats { (x) throws(TensorError) in
      try .making(shape) { (out) throws(TensorError) in
        for i in 0..<count { out[i] = transform(x[i]) }
      }
    }
  }
}

/// Two tensors seen as one shape: how far each moves when an axis advances by one.
struct BroadcastPlan {
  let shape: Shape
  /// The axes with neighbours merged where both tensors allow it, outermost first.
  private(set) var sizes: [Int] = []
  private(set) var left: [Int] = []
  private(set) var right: [Int] = []

  init(_ operation: String, _ a: Shape, _ b: Shape) throws(TensorError) {
    guard let shape = Shape.broadcast(a, b) else { throw .mismatch(operation: operation, left: a, right: b) }
    self.shape = shape
    if a == b {
      sizes = [shape.count]
      left = [1]
      right = [1]
      return
    }
    let leftStrides = Self.strides(of: a, in: shape)
    let rightStrides = Self.strides(of: b, in: shape)
    for axis in 0..<shape.rank where shape[axis] != 1 {
      append(shape[axis], leftStrides[axis], rightStrides[axis])
    }
    if sizes.isEmpty { append(1, 1, 1) }
  }

  private mutating func append(_ size: Int, _ leftStride: Int, _ rightStride: Int) {
    if let last = sizes.last, let outerLeft = left.last, let outerRight = right.last,
      outerLeft == leftStride &* size, outerRight == rightStride &* size
    {
      sizes[sizes.count - 1] = last &* size
      left[left.count - 1] = leftStride
      right[right.count - 1] = rightStride
    } else {
      sizes.append(size)
      left.append(leftStride)
      right.append(rightStride)
    }
  }

  private static func strides(of shape: Shape, in target: Shape) -> [Int] {
    let own = shape.strides
    let missing = target.rank - shape.rank
    return (0..<target.rank).map { axis in
      axis < missing || shape[axis - missing] == 1 ? 0 : own[axis - missing]
    }
  }

  /// Calls `body` for each innermost run with the offsets of result, left and right.
  ///
  /// Within a run the result is contiguous and the others move by their innermost stride.
  @inline(__always)
  func forEachRun(_ body: (_ result: Int, _ left: Int, _ right: Int) throws(TensorError) -> Void) throws(TensorError) {
    guard shape.count > 0 else { return }
    let outer = sizes.count - 1
    let run = sizes[outer]
    var index = [Int](repeating: 0, count: outer)
    var (result, l, r) = (0, 0, 0)
    while true {
      try body(result, l, r)
      result += run
      var axis = outer - 1
      while axis >= 0 {
        index[axis] += 1
        l += left[axis]
        r += right[axis]
        if index[axis] < sizes[axis] { break }
        l -= left[axis] * sizes[axis]
        r -= right[axis] * sizes[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}

/// Combines two tensors element by element, broadcasting.
@inline(__always)
func combined<Element, Out>(
  _ operation: String, _ a: Tensor, _ b: Tensor, of type: Element.Type, into dtype: DType, _ outType: Out.Type,
  _ transform: (Element, Element) throws(TensorError) -> Out
) throws(TensorError) -> Tensor {
  if a.shape == b.shape { return try combinedAlike(a, b, of: type, into: dtype, outType, transform) }
  let plan = try BroadcastPlan(operation, a.shape, b.shape)
  let x = a.storage.bytes.assumingMemoryBound(to: Element.self)
  let y = b.storage.bytes.assumingMemoryBound(to: Element.self)
  defer { withExtendedLifetime((a.storage, b.storage)) {} }
  return try .making(plan.shape, dtype, of: Out.self) { (out) throws(TensorError) in
    let run = plan.sizes[plan.sizes.count - 1]
    let (xStep, yStep) = (plan.left[plan.left.count - 1], plan.right[plan.right.count - 1])
    try plan.forEachRun { (o, l, r) throws(TensorError) in
      if xStep == 1 && yStep == 1 {
        for i in 0..<run { out[o + i] = try transform(x[l + i], y[r + i]) }
      } else if xStep == 1 && yStep == 0 {
        let other = y[r]
        for i in 0..<run { out[o + i] = try transform(x[l + i], other) }
      } else {
        for i in 0..<run { out[o + i] = try transform(x[l + i * xStep], y[r + i * yStep]) }
      }
    }
  }
}

/// Combines two tensors of one shape element by element.
@inline(__always)
private func combinedAlike<Element, Out>(
  _ a: Tensor, _ b: Tensor, of type: Element.Type, into dtype: DType, _ outType: Out.Type,
  _ transform: (Element, Element) throws(TensorError) -> Out
) throws(TensorError) -> Tensor {
  let x = a.storage.bytes.assumingMemoryBound(to: Element.self)
  let y = b.storage.bytes.assumingMemoryBound(to: Element.self)
  let count = a.count
  defer { withExtendedLifetime((a.storage, b.storage)) {} }
  return try .making(a.shape, dtype, of: Out.self) { (out) throws(TensorError) in
    for i in 0..<count { out[i] = try transform(x[i], y[i]) }
  }
}
