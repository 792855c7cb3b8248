// SPDX-License-Identifier: Apache-2.0

/// A walk over the elements of a shape that lie at strides in memory, in runs along the innermost axis.
struct StridedWalk {
  private var sizes: [Int] = []
  private var strides: [Int] = []
  private let isEmpty: Bool

  /// How many elements a run has, and how far apart they lie.
  var run: Int { sizes[sizes.count - 1] }
  var step: Int { strides[strides.count - 1] }

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

  /// Calls `body` with the place of each run in row-major order and where it starts in memory.
  @inline(__always)
  func forEachRun(_ body: (_ place: Int, _ start: Int) -> Void) {
    if isEmpty { return }
    let outer = sizes.count - 1
    var index = [Int](repeating: 0, count: outer)
    var (place, start) = (0, 0)
    while true {
      body(place, start)
      place += run
      var axis = outer - 1
      while axis >= 0 {
        index[axis] += 1
        start += strides[axis]
        if index[axis] < sizes[axis] { break }
        start -= strides[axis] * sizes[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}
