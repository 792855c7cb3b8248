// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// A product of two matrices as the kernels see it: where each lies, and what is done with the sums.
struct MatrixMultiplication {
  var rows, columns, depth: Int
  /// How far apart the left matrix's elements lie from row to row, and along the depth.
  var leftStrides: (row: Int, depth: Int)
  /// How far apart the right matrix's elements lie along the depth, and from column to column.
  var rightStrides: (depth: Int, column: Int)
  var bias: UnsafePointer<Float>?
  var activation: Activation = .identity

  /// Up to so many rows the right matrix is read as it stands, if its columns lie along the depth.
  private static let few = 4
  /// Multiply-adds a nanosecond on one core, roughly.
  private static let speed = 40.0
  /// Multiply-adds that one core does in some 20 ms.
  private static let interruptible = 2_000_000_000

  /// From so many rows on it pays to pack a weight for all products until it changes.
  ///
  /// Below, a step of training would pack it anew each time for hardly more products than packing costs.
  private static let many = 160

  /// Multiplies by the matrix in a tensor, which is packed once and for all when it is a weight read transposed by many
  /// rows.
  ///
  /// Read as it stands it is packed on the way: that costs no more than packing beforehand, and no memory.
  func multiply(
    _ left: UnsafePointer<Float>, _ right: Tensor, isTransposed: Bool, into output: UnsafeMutablePointer<Float>
  ) throws(TensorError) {
    try right.withFloats { (matrix) throws(TensorError) in
      guard right.storage.keepsPacks, isTransposed, rows >= Self.many else {
        return try multiply(left, matrix, into: output)
      }
      let panels = try right.storage.packed(.product(depth: depth, columns: columns)) { () throws(TensorError) in
        try packed(matrix)
      }
      let packedPanels = UnsafePointer(panels.floats)
      try run(left, packedPanels, into: output) { product, rows, panels in
        kernels.products.multiply(product, rows.lowerBound, rows.upperBound, panels.lowerBound, panels.upperBound)
      }
      withExtendedLifetime(panels) {}
    }
  }

  /// Multiplies by a matrix at an address.
  func multiply(
    _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>
  ) throws(TensorError) {
    if readsRightAsItStands { return try runFewRows(left, right: right, into: output) }
    try run(left, right, into: output) { product, rows, panels in
      kernels.products.multiplyUnpacked(
        product, right, rightStrides.depth, rightStrides.column, rows.lowerBound, rows.upperBound, panels.lowerBound,
        panels.upperBound)
    }
  }

  private func packed(_ right: UnsafePointer<Float>) throws(TensorError) -> Storage {
    let panels = try Storage(.float32, count: packedCount, for: [depth, columns])
    try pack(right, into: panels.floats)
    return panels
  }

  /// Whether the right matrix is better left as it stands; by the sizes alone, so that the sums are always the same.
  private var readsRightAsItStands: Bool { rows <= Self.few && rightStrides.depth == 1 && leftStrides.depth == 1 }

  /// How many floats the right matrix takes when packed.
  private var packedCount: Int {
    let width = kernels.products.panelWidth
    return (columns + width - 1) / width * width * depth
  }

  /// Packs the right matrix into panels.
  private func pack(_ right: UnsafePointer<Float>, into panels: UnsafeMutablePointer<Float>) throws(TensorError) {
    let width = kernels.products.panelWidth
    try inRanges((columns + width - 1) / width, cost: Double(depth * width) * 0.15) { range in
      kernels.products.packPanels(
        right, rightStrides.depth, rightStrides.column, depth, columns, panels, range.lowerBound, range.upperBound)
    }
  }

  /// Shares the product out by rows or by panels of columns; `part` computes a piece.
  private func run(
    _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>,
    _ part: (_ product: UnsafePointer<MatrixProduct>, _ rows: Range<Int>, _ panels: Range<Int>) -> Void
  ) throws(TensorError) {
    var product = described(left, right, output)
    let width = kernels.products.panelWidth
    let panelCount = (columns + width - 1) / width
    try withExtendedPointer(&product) { (product) throws(TensorError) in
      if rows > 2 * columns || panelCount < 4 || isHuge {
        try inRanges(rows, cost: Double(columns * depth) / Self.speed, grain: rowGrain) { range in
          part(product, range, 0..<panelCount)
        }
      } else {
        let grain = panelGrain(panelCount)
        try inRanges(panelCount, cost: Double(rows * width * depth) / Self.speed, grain: grain) { range in
          part(product, 0..<rows, range)
        }
      }
    }
  }

  /// Multiplies few rows by a right matrix as it stands.
  private func runFewRows(
    _ left: UnsafePointer<Float>, right: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>
  ) throws(TensorError) {
    var product = described(left, right, output)
    try withExtendedPointer(&product) { (product) throws(TensorError) in
      // Bound by reading the right matrix once.
      try inRanges(columns, cost: Double(depth * rows) / 10, grain: 16) { range in
        kernels.products.multiplyFewRows(
          product, right, rightStrides.column, 0, rows, range.lowerBound, range.upperBound)
      }
    }
  }

  /// Rows are handed out in whole tiles, and enough of them that a panel read is used several times.
  ///
  /// A huge product is handed out in parts of some 20 ms, so that an interrupt is seen in time.
  private var rowGrain: Int {
    let tiles = isHuge ? max(4, Self.interruptible / max(columns * depth * kernels.products.tileRows, 1)) : 4
    return kernels.products.tileRows * tiles
  }

  /// Whether halves of the product would take longer than an interrupt may wait.
  private var isHuge: Bool {
    Double(rows) * Double(columns) * Double(depth) > Double(4 * Self.interruptible)
  }

  /// Two ranges a thread where that shares the panels out evenly, otherwise one.
  ///
  /// Each range packs the left rows again, so there should be few. The sums are the same for any ranges.
  private func panelGrain(_ panels: Int) -> Int {
    let threads = Compute.threads
    let share = (panels + threads - 1) / threads
    let half = (panels + 2 * threads - 1) / (2 * threads)
    return max(1, 2 * half <= share ? half : share)
  }

  private func described(
    _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>
  ) -> MatrixProduct {
    let (kind, slope) = activation.kernel
    return MatrixProduct(
      left: left, leftRowStride: leftStrides.row, leftDepthStride: leftStrides.depth, panels: right, output: output,
      outputRowStride: columns, rows: rows, columns: columns, depth: depth, accumulates: false, activation: kind,
      slope: slope, bias: bias)
  }
}

/// Lends a pointer to a value for the time of a call.
@inline(__always)
func withExtendedPointer<Value>(
  _ value: inout Value, _ body: (UnsafePointer<Value>) throws(TensorError) -> Void
) throws(TensorError) {
  try withUnsafePointer(to: &value) { (pointer) throws(TensorError) in try body(pointer) }
}

extension Activation {
  /// The activation as the kernels know it.
  var kernel: (KernelActivation, Float) {
    switch self {
    case .identity: (.identity, 0)
    case .relu: (.relu, 0)
    case .leakyReLU(let slope): (.leakyRelu, slope)
    case .tanh: (.tanh, 0)
    case .sigmoid: (.sigmoid, 0)
    }
  }
}
