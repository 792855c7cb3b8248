// SPDX-License-Identifier: Apache-2.0

/// The extent of a tensor along each of its axes, outermost first.
///
/// A scalar has no axes. Sizes are not checked here, because a shape may be what a person typed: making a tensor of a
/// shape with a negative size, or with more elements than fit in memory, throws.
public struct Shape: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The size of each axis, outermost first.
  public let dimensions: [Int]

  /// Makes a shape from sizes, outermost first.
  public init(_ dimensions: [Int]) {
    self.dimensions = dimensions
  }

  /// Makes a shape from a literal such as `[64, 100]`.
  public init(arrayLiteral dimensions: Int...) {
    self.dimensions = dimensions
  }

  /// The shape of a single number: no axes.
  public static let scalar = Shape([])

  /// How many axes there are.
  public var rank: Int { dimensions.count }

  /// How many elements a tensor of this shape has; `Int.max` when the product does not fit.
  public var count: Int {
    var product = 1
    var overflowed = false
    for size in dimensions {
      if size <= 0 { return 0 }
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      overflowed = overflowed || overflow
      product = overflow ? Int.max : next
    }
    return overflowed ? Int.max : product
  }

  /// The size of one axis, counted from the front.
  public subscript(_ axis: Int) -> Int { dimensions[axis] }

  /// The size of the innermost axis, or one for a scalar.
  public var last: Int { dimensions.last ?? 1 }

  /// The sizes in brackets, as in `[64, 100]`.
  public var description: String {
    var text = "["
    for (axis, size) in dimensions.enumerated() {
      if axis > 0 { text += ", " }
      text += String(size)
    }
    return text + "]"
  }
}

extension Shape {
  /// The shape with one axis taken out.
  func removing(_ axis: Int) -> Shape {
    var sizes = dimensions
    sizes.remove(at: axis)
    return Shape(sizes)
  }

  /// The shape with one axis put in.
  func inserting(_ size: Int, at axis: Int) -> Shape {
    var sizes = dimensions
    sizes.insert(size, at: axis)
    return Shape(sizes)
  }

  /// The shape with one axis resized.
  func resizing(_ axis: Int, to size: Int) -> Shape {
    var sizes = dimensions
    sizes[axis] = size
    return Shape(sizes)
  }

  /// The product of the sizes in a range of axes.
  func count(_ axes: Range<Int>) -> Int {
    var product = 1
    for axis in axes { product &*= dimensions[axis] }
    return product
  }

  /// How many elements lie between neighbours along each axis of a row-major tensor.
  var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    var step = 1
    for axis in stride(from: rank - 1, through: 0, by: -1) {
      strides[axis] = step
      step &*= dimensions[axis]
    }
    return strides
  }

  /// The shape two shapes broadcast to, aligning their last axes, or nil when they do not fit.
  static func broadcast(_ a: Shape, _ b: Shape) -> Shape? {
    if a == b { return a }
    let rank = max(a.rank, b.rank)
    var sizes = [Int](repeating: 1, count: rank)
    for axis in 0..<rank {
      let left = axis < rank - a.rank ? 1 : a[axis - (rank - a.rank)]
      let right = axis < rank - b.rank ? 1 : b[axis - (rank - b.rank)]
      guard left == right || left == 1 || right == 1 else { return nil }
      sizes[axis] = left == 1 ? right : left
    }
    return Shape(sizes)
  }
}
