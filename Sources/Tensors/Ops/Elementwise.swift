// SPDX-License-Identifier: Apache-2.0
import CProcessor

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

  /// A float tensor of the same shape whose elements are a kernel's function of this one's.
  func mapped(_ function: KernelFunction, _ p: Float = 0, _ q: Float = 0) throws(TensorError) -> Tensor {
    let order = pixelOrder
    return try withFloatsAsTheyLie { (x) throws(TensorError) in
      try .making(shape, in: order) { (out) throws(TensorError) in
        try inRanges(count, cost: function.cost, grain: 64) { range in
          kernels.elementwise.map(function, p, q, x, out, range.lowerBound, range.upperBound)
        }
      }
    }
  }

  /// A float tensor of the same shape whose elements are `transform` of this one's; for what no kernel does.
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

/// Combines two float tensors by a kernel, broadcasting.
func combined(
  _ operation: KernelOperation, named name: StaticString, _ a: Tensor, _ b: Tensor
) throws(TensorError) -> Tensor {
  defer { withExtendedLifetime((a.storage, b.storage)) {} }
  let cost = operation == .power ? 3 : 0.2
  if a.shape == b.shape {
    let order = commonPixelOrder(a, b)
    let (x, y) = (a.storage.floatsAsTheyLie, b.storage.floatsAsTheyLie)
    return try .making(a.shape, in: order) { (out) throws(TensorError) in
      try inRanges(a.count, cost: cost, grain: 64) { range in
        let start = range.lowerBound
        let left = KernelOperand(base: x + start, rowStride: 0, columnStride: 1)
        let right = KernelOperand(base: y + start, rowStride: 0, columnStride: 1)
        kernels.elementwise.combine(operation, left, right, out + start, range.count, 0, 1)
      }
    }
  }
  if let result = try combinedWithChannels(operation, a, b, cost: cost) { return result }
  let (x, y) = (a.storage.floats, b.storage.floats)
  let plan = try BroadcastPlan(name.description, a.shape, b.shape)
  return try .making(plan.shape) { (out) throws(TensorError) in
    try plan.inBlocks(x, y, cost: cost) { left, right, place, columns, rows in
      kernels.elementwise.combine(operation, left, right, out + place, columns, 0, rows)
    }
  }
}

/// Combines images that lie pixel by pixel with one number a channel, or gives nil when it is not that.
private func combinedWithChannels(
  _ operation: KernelOperation, _ a: Tensor, _ b: Tensor, cost: Double
) throws(TensorError) -> Tensor? {
  guard b.rank == 3 || (b.rank == 4 && b.shape[0] == 1), b.count == b.shape[b.rank - 3] else { return nil }
  let y = b.storage.floats
  guard let order = a.pixelOrder, b.count == order.channels else { return nil }
  let x = a.storage.floatsAsTheyLie
  return try .making(a.shape, in: order) { (out) throws(TensorError) in
    let left = KernelOperand(base: x, rowStride: order.channels, columnStride: 1)
    let right = KernelOperand(base: y, rowStride: 0, columnStride: 1)
    try inRanges(order.images * order.places, cost: cost * Double(order.channels), grain: 16) { pixels in
      kernels.elementwise.combine(
        operation, left, right, out, order.channels, pixels.lowerBound, pixels.upperBound)
    }
  }
}

/// Compares two float tensors by a kernel, broadcasting.
func compared(
  _ comparison: KernelComparison, named name: StaticString, _ a: Tensor, _ b: Tensor
) throws(TensorError) -> Tensor {
  let x = a.storage.floats
  let y = b.storage.floats
  defer { withExtendedLifetime((a.storage, b.storage)) {} }
  let plan = try BroadcastPlan(name.description, a.shape, b.shape)
  return try .making(plan.shape, .bool, of: Bool.self) { (out) throws(TensorError) in
    try plan.inBlocks(x, y, cost: 0.2) { left, right, place, columns, rows in
      kernels.elementwise.compare(comparison, left, right, out + place, columns, 0, rows)
    }
  }
}

extension KernelFunction {
  /// Nanoseconds an element, roughly.
  fileprivate var cost: Double {
    switch self {
    case .power: 2
    case .exp, .expMinusOne, .log, .logOnePlus, .sin, .cos, .tanh, .sigmoid, .softplus: 0.5
    default: 0.15
    }
  }
}
