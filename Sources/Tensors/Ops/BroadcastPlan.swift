// SPDX-License-Identifier: Apache-2.0
import CProcessor

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

  /// Calls `body` with blocks of rows and columns that together are the result, on several threads when that pays.
  ///
  /// A block begins at `place` of the result, where it is contiguous. `cost` is in nanoseconds an element.
  func inBlocks(
    _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, cost: Double,
    _ body: (_ left: KernelOperand, _ right: KernelOperand, _ place: Int, _ columns: Int, _ rows: Int) -> Void
  ) throws(TensorError) {
    guard shape.count > 0 else { return }
    let inner = sizes.count - 1
    let columns = sizes[inner]
    let (l, r) = (left[inner], right[inner])
    if inner == 0 {
      return try inRanges(columns, cost: cost, grain: 64) { range in
        let start = range.lowerBound
        body(
          KernelOperand(base: x + start * l, rowStride: 0, columnStride: l),
          KernelOperand(base: y + start * r, rowStride: 0, columnStride: r), start, range.count, 1)
      }
    }
    let height = sizes[inner - 1]
    try inRanges(shape.count / columns, cost: cost * Double(columns)) { range in
      var row = range.lowerBound
      while row < range.upperBound {
        // As many rows as share the outer position.
        let end = min(range.upperBound, (row / height + 1) * height)
        let (leftStart, rightStart) = start(ofRow: row)
        body(
          KernelOperand(base: x + leftStart, rowStride: left[inner - 1], columnStride: l),
          KernelOperand(base: y + rightStart, rowStride: right[inner - 1], columnStride: r), row * columns, columns,
          end - row)
        row = end
      }
    }
  }

  /// Where a row of the result, counted over all outer axes, begins in the two tensors.
  private func start(ofRow row: Int) -> (left: Int, right: Int) {
    var rest = row
    var (l, r) = (0, 0)
    for axis in stride(from: sizes.count - 2, through: 0, by: -1) {
      let index = rest % sizes[axis]
      rest /= sizes[axis]
      l += index * left[axis]
      r += index * right[axis]
    }
    return (l, r)
  }
}
