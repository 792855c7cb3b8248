// SPDX-License-Identifier: Apache-2.0
import CProcessor

extension Tensor {
  /// The axes in another order, without a graph.
  func rearranged(_ axes: [Int]) throws(TensorError) -> Tensor {
    let target = Shape(axes.map { shape[$0] })
    if dtype == .float32, count > 0, let swap = swappedGroups(axes) { return try transposedBlocks(swap, target) }
    let own = shape.strides
    return try copied(to: target, strides: axes.map { own[$0] }, offset: 0)
  }

  /// Whether an order leaves some first axes alone and exchanges two groups of the others: how many there are in each.
  private func swappedGroups(_ axes: [Int]) -> (outer: Int, rows: Int, columns: Int)? {
    let first = axes.indices.first { axes[$0] != $0 } ?? rank
    let moved = axes.indices.first { $0 >= first && axes[$0] == first } ?? rank
    let wanted = Array(0..<first) + Array(first + rank - moved..<rank) + Array(first..<first + rank - moved)
    guard first < rank, wanted == axes else { return nil }
    return (
      shape.count(0..<first), shape.count(first..<first + rank - moved), shape.count(first + rank - moved..<rank)
    )
  }

  private func transposedBlocks(
    _ swap: (outer: Int, rows: Int, columns: Int), _ target: Shape
  ) throws(TensorError) -> Tensor {
    let block = swap.rows * swap.columns
    return try withFloats { (from) throws(TensorError) in
      try .making(target) { (out) throws(TensorError) in
        func transpose(_ outer: Int, _ rows: Range<Int>) {
          kernels.elementwise.transpose(
            from + outer * block, swap.columns, swap.columns, out + outer * block, swap.rows, rows.lowerBound,
            rows.upperBound)
        }
        if swap.outer == 1 {
          try inRanges(swap.rows, cost: Double(swap.columns) * 0.4, grain: 16) { transpose(0, $0) }
        } else {
          try inRanges(swap.outer, cost: Double(block) * 0.4) { range in
            for outer in range { transpose(outer, 0..<swap.rows) }
          }
        }
      }
    }
  }

  /// The elements repeated along axes of size 1, without a graph.
  func repeated(to target: Shape) throws(TensorError) -> Tensor {
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
      try walk.inRuns { place, start, count, step in
        let from = source + offset + start
        if step == 1 {
          (out + place).update(from: from, count: count)
        } else {
          for i in 0..<count { out[place + i] = from[i * step] }
        }
      }
    }
  }
}
