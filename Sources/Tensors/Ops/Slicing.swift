// SPDX-License-Identifier: Apache-2.0

/// One part of `x[...]`.
public enum Subscript: Sendable, Hashable {
  /// One position, which takes the axis out; negative ones count from the end.
  case index(Int)
  /// Positions from `from` up to, not including, `to`, every `step`th, as in `a:b:c`; bounds are cut as in Python.
  case range(from: Int?, to: Int?, step: Int)
  /// The whole axis, as in `:`.
  case all
  /// A new axis of size 1, as in `None`.
  case newAxis
  /// As many whole axes as are left over, as in `...`.
  case ellipsis
}

/// Where the elements that subscripts pick lie in a row-major tensor.
private struct Selection {
  var offset = 0
  var sizes: [Int] = []
  var strides: [Int] = []

  init(_ subscripts: [Subscript], of shape: Shape, _ operation: String) throws(TensorError) {
    let own = shape.strides
    let used = subscripts.count { $0 != .newAxis && $0 != .ellipsis }
    guard used <= shape.rank, subscripts.count(where: { $0 == .ellipsis }) <= 1 else {
      throw .axisOutOfRange(operation: operation, axis: used - 1, rank: shape.rank)
    }
    var axis = 0
    func keep(_ count: Int) {
      for _ in 0..<count {
        sizes.append(shape[axis])
        strides.append(own[axis])
        axis += 1
      }
    }
    for part in subscripts {
      switch part {
      case .newAxis:
        sizes.append(1)
        strides.append(0)
      case .ellipsis:
        keep(shape.rank - used)
      case .all:
        keep(1)
      case .index(let index):
        offset += try Self.position(index, shape[axis], operation) * own[axis]
        axis += 1
      case .range(let from, let to, let step):
        let (start, count) = try Self.bounds(from, to, step, shape[axis], operation)
        offset += start * own[axis]
        sizes.append(count)
        strides.append(own[axis] &* step)
        axis += 1
      }
    }
    keep(shape.rank - axis)
  }

  static func position(_ index: Int, _ size: Int, _ operation: String) throws(TensorError) -> Int {
    guard index < size, index >= -size else { throw .indexOutOfRange(operation: operation, index: index, size: size) }
    return index < 0 ? index + size : index
  }

  /// The first position and the number of positions of a Python slice.
  static func bounds(
    _ from: Int?, _ to: Int?, _ step: Int, _ size: Int, _ operation: String
  ) throws(TensorError) -> (start: Int, count: Int) {
    guard step != 0, step != .min else {
      throw .argument(operation: operation, name: "step", value: "\(step)", needs: "a step other than 0")
    }
    func clamped(_ bound: Int, _ low: Int, _ high: Int) -> Int {
      Swift.min(Swift.max(bound < 0 ? bound + size : bound, low), high)
    }
    if step > 0 {
      let start = clamped(from ?? 0, 0, size)
      let end = clamped(to ?? size, 0, size)
      return (start, end > start ? (end - start - 1) / step + 1 : 0)
    }
    let start = from.map { clamped($0, -1, size - 1) } ?? size - 1
    let end = to.map { clamped($0, -1, size - 1) } ?? -1
    return (Swift.max(start, 0), start > end ? (start - end - 1) / -step + 1 : 0)
  }
}

extension Tensor {
  /// The elements that the subscripts pick: `x[0:8, ..., 2]` in the language.
  ///
  /// Axes without a subscript are taken whole. Throws when a position lies outside its axis or there are more
  /// subscripts than axes.
  public func sliced(_ subscripts: [Subscript]) throws(TensorError) -> Tensor {
    let selection = try Selection(subscripts, of: shape, "index")
    let own = shape
    return try copied(to: Shape(selection.sizes), strides: selection.strides, offset: selection.offset)
      .recorded("slice", self) { (_, g) throws(TensorError) in
        [try Tensor.zeros(own).replacing(subscripts, with: g)]
      }
  }

  /// A run of positions along one axis.
  public func sliced(axis: Int, from start: Int, to end: Int) throws(TensorError) -> Tensor {
    let axis = try shape.axis(axis, "slice")
    guard start >= 0, end >= start, end <= shape[axis] else {
      throw .indexOutOfRange(operation: "slice", index: start < 0 ? start : end, size: shape[axis])
    }
    let leading = [Subscript](repeating: .all, count: axis)
    return try sliced(leading + [.range(from: start, to: end, step: 1)])
  }

  /// A copy in which the elements that the subscripts pick are replaced: `x[0:8] = v` in the language.
  ///
  /// `value` broadcasts to what is replaced, and gradients flow to both. Throws as `sliced` does, and when `value` does
  /// not fit.
  public func replacing(_ subscripts: [Subscript], with value: Tensor) throws(TensorError) -> Tensor {
    let selection = try Selection(subscripts, of: shape, "index assignment")
    let target = Shape(selection.sizes)
    let value = try value.converted(to: dtype).fitted(to: target)
    let result = try written(value, selection)
    return result.recorded("replace", self, value) { (node, g) throws(TensorError) in
      [
        node.needs(0) ? try g.replacing(subscripts, with: Tensor(0.0)) : nil,
        node.needs(1) ? try g.sliced(subscripts) : nil,
      ]
    }
  }

  /// The tensor broadcast to a shape, where leading axes of size 1 do not count.
  private func fitted(to target: Shape) throws(TensorError) -> Tensor {
    var value = self
    while value.rank > target.rank, value.shape[0] == 1 { value = try value.squeezed(axis: 0) }
    guard Shape.broadcast(value.shape, target) == target else {
      throw .mismatch(operation: "index assignment", left: target, right: shape)
    }
    return try value.broadcast(to: target)
  }

  private func written(_ value: Tensor, _ selection: Selection) throws(TensorError) -> Tensor {
    let copy = try copied(to: shape, strides: shape.strides, offset: 0)
    let walk = StridedWalk(Shape(selection.sizes), selection.strides)
    func write<Element>(_ type: Element.Type) throws(TensorError) {
      let from = value.storage.bytes.assumingMemoryBound(to: Element.self)
      let into = copy.storage.bytes.assumingMemoryBound(to: Element.self) + selection.offset
      try walk.inRuns { place, start, count, step in
        for i in 0..<count { into[start + i * step] = from[place + i] }
      }
    }
    switch dtype {
    case .float32: try write(Float.self)
    case .int64: try write(Int64.self)
    case .bool: try write(Bool.self)
    }
    return copy
  }
}
