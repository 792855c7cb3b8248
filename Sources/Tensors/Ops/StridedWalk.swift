// SPDX-License-Identifier: Apache-2.0

/// A walk over the elements of a shape that lie at strides in memory, in runs along the innermost axis.
struct StridedWalk {
  private var sizes: [Int] = []
  private var strides: [Int] = []
  private let isEmpty: Bool

  /// How many elements a run has, and how far apart they lie.
  private var run: Int { sizes[sizes.count - 1] }
  private var step: Int { strides[strides.count - 1] }

  init(_ shape: Shape, _ strides: [Int]) {
    isEmpty = shape.count == 0
    for axis in 0..<shape.rank where shape[axis] != 1 {
      if let size = sizes.last, let outer = self.strides.last, outer == strides[axis] &* shape[axis] {
        sizes[sizes.count - 1] = size &* shape[axis]
        self.strides[sizes.count - 1] = strides[axis]
      } else {
        sizes.append(shape[axis])
        self.strides.append(strides[axis])
      }
    }
    if sizes.isEmpty {
      sizes = [1]
      self.strides = [1]
    }
  }

  /// Calls `body` with runs that together are the whole, on several threads when that pays.
  ///
  /// It learns their place in row-major order, where they start in memory, how many elements they have and how far apart
  /// those lie.
  func inRuns(
    _ body: (_ place: Int, _ start: Int, _ count: Int, _ step: Int) -> Void
  ) throws(TensorError) {
    if isEmpty { return }
    let step = step
    if sizes.count == 1 {
      return try inRanges(run, cost: 0.3) { range in
        body(range.lowerBound, range.lowerBound * step, range.count, step)
      }
    }
    var runs = 1
    for size in sizes.dropLast() { runs *= size }
    let run = run
    try inRanges(runs, cost: 3 + Double(run) * 0.3) { range in
      var place = Odometer(sizes, strides, at: range.lowerBound)
      for index in range {
        body(index * run, place.offset, run, step)
        place.advance()
      }
    }
  }
}

/// A place in all axes but the innermost, and where it lies in memory.
private struct Odometer {
  private let sizes: [Int]
  private let strides: [Int]
  private var index: [Int]
  private(set) var offset = 0

  init(_ sizes: [Int], _ strides: [Int], at position: Int) {
    self.sizes = sizes
    self.strides = strides
    index = [Int](repeating: 0, count: sizes.count - 1)
    var rest = position
    for axis in index.indices.reversed() {
      index[axis] = rest % sizes[axis]
      rest /= sizes[axis]
      offset += index[axis] * strides[axis]
    }
  }

  mutating func advance() {
    var axis = index.count - 1
    while axis >= 0 {
      index[axis] += 1
      offset += strides[axis]
      if index[axis] < sizes[axis] { return }
      offset -= strides[axis] * sizes[axis]
      index[axis] = 0
      axis -= 1
    }
  }
}
