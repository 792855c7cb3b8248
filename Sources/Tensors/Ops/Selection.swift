// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Elements of `a` where the condition is true, of `b` elsewhere; all three broadcast.
///
/// Gradients flow to the side that was taken.
public func select(where condition: Tensor, _ a: Tensor, otherwise b: Tensor) throws(TensorError) -> Tensor {
  let isInteger = a.dtype != .float32 && b.dtype != .float32
  let type: DType = isInteger ? (a.dtype == b.dtype ? a.dtype : .int64) : .float32
  guard let outer = Shape.broadcast(a.shape, b.shape) else {
    throw .mismatch(operation: "where", left: a.shape, right: b.shape)
  }
  guard let shape = Shape.broadcast(outer, condition.shape) else {
    throw .mismatch(operation: "where", left: condition.shape, right: outer)
  }
  let mask = try condition.converted(to: .bool).broadcast(to: shape)
  let x = try a.converted(to: type)
  let y = try b.converted(to: type)
  return try picked(mask, spread(x, shape), spread(y, shape)).recorded("where", x, y) {
    (node, g) throws(TensorError) in
    let zero = try Tensor(0.0)
    return [
      node.needs(0) ? try select(where: mask, g, otherwise: zero).summed(to: node.shape(ofInput: 0)) : nil,
      node.needs(1) ? try select(where: mask, zero, otherwise: g).summed(to: node.shape(ofInput: 1)) : nil,
    ]
  }
}

/// A side as it is when it is one number, otherwise in the shape of the result; without a graph.
private func spread(_ x: Tensor, _ shape: Shape) throws(TensorError) -> Tensor {
  x.count == 1 ? x.detached() : try x.detached().broadcast(to: shape)
}

/// `select` of sides that have the mask's shape or are one number.
private func picked(_ mask: Tensor, _ x: Tensor, _ y: Tensor) throws(TensorError) -> Tensor {
  let (xStep, yStep) = (x.count == 1 ? 0 : 1, y.count == 1 ? 0 : 1)
  if x.dtype == .float32 {
    let (left, right) = (x.storage.floats, y.storage.floats)
    return try mask.withBooleans { (taken) throws(TensorError) in
      try .making(mask.shape) { (out) throws(TensorError) in
        try inRanges(mask.count, cost: 0.2, grain: 64) { range in
          kernels.elementwise.choose(
            taken, left, xStep, right, yStep, out, range.lowerBound, range.upperBound)
        }
      }
    }
  }
  func pick<Element>(_ type: Element.Type) throws(TensorError) -> Tensor {
    let left = x.storage.bytes.assumingMemoryBound(to: Element.self)
    let right = y.storage.bytes.assumingMemoryBound(to: Element.self)
    return try mask.withBooleans { (taken) throws(TensorError) in
      try .making(mask.shape, x.dtype, of: Element.self) { (out) throws(TensorError) in
        for i in 0..<mask.count { out[i] = taken[i] ? left[i * xStep] : right[i * yStep] }
      }
    }
  }
  return x.dtype == .int64 ? try pick(Int64.self) : try pick(Bool.self)
}
