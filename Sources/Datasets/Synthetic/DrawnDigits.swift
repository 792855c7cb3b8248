// SPDX-License-Identifier: Apache-2.0

/// Handwriting drawn by Easel itself: ten skeletons, each time bent, turned, slanted, stretched, shifted, with another
/// pen.
///
/// Only operations whose result IEEE 754 fixes are used (no sine, no logarithm), so the images are the same bits on
/// every machine. Each image has a generator of its own and does not depend on those before it.
public enum DrawnDigits {
  /// The width and height of an image.
  public static let side = 28

  /// How many images a split has.
  static func count(split: String) -> Int { split == "test" ? 2_000 : 6_000 }

  /// The data set `digits`: 1×28×28 bytes, labels 0 … 9.
  public static func dataset(split: String = "train", seed: UInt64 = 0) -> Dataset {
    var seeds = SplitMix64(seed: seed &* 2 &+ (split == "test" ? 1 : 0))
    let count = count(split: split)
    var labels: [Int32] = []
    var pixels = [UInt8](repeating: 0, count: count * side * side)
    pixels.withUnsafeMutableBufferPointer { buffer in
      for index in 0..<count {
        var generator = SplitMix64(seed: seeds.next())
        let digit = Int(generator.next() % 10)
        labels.append(Int32(digit))
        let start = index * side * side
        draw(digit, with: &generator, to: UnsafeMutableBufferPointer(rebasing: buffer[start..<start + side * side]))
      }
    }
    return Dataset(
      name: "digits", split: split, exampleShape: [1, side, side], classes: (0..<10).map(String.init),
      source: "drawn by Easel (seed \(seed))", storage: .bytes(pixels, offset: 0), storedLabels: labels)
  }

  private static func draw(
    _ digit: Int, with generator: inout SplitMix64, to pixels: UnsafeMutableBufferPointer<UInt8>
  ) {
    let placement = Placement(&generator)
    let pen = Pen(&generator)
    var bend = generator
    let pieces = DigitSkeletons.all[digit].flatMap { stroke in
      stroke.flattened { point in
        placement(Point(point.x + 0.018 * bend.bell(), point.y + 0.018 * bend.bell()))
      }
    }
    // Squared distances to the nearest piece, in pixels.
    withUnsafeTemporaryAllocation(of: Double.self, capacity: side * side) { distances in
      distances.initialize(repeating: 1e9)
      for (from, to) in pieces { approach(distances, from, to, reach: pen.reach) }
      for place in 0..<side * side { pixels[place] = pen.ink(atSquaredDistance: distances[place]) }
    }
  }

  /// Lowers the distances of the pixels near one straight piece.
  private static func approach(
    _ distances: UnsafeMutableBufferPointer<Double>, _ from: Point, _ to: Point, reach: Double
  ) {
    let rows = pixelRange(from.y, to.y, reach)
    let columns = pixelRange(from.x, to.x, reach)
    let (dx, dy) = (to.x - from.x, to.y - from.y)
    let inverse = 1 / max(dx * dx + dy * dy, 1e-9)
    for row in rows {
      for column in columns {
        let (px, py) = (Double(column) - from.x, Double(row) - from.y)
        let along = min(max((px * dx + py * dy) * inverse, 0), 1)
        let (ex, ey) = (px - along * dx, py - along * dy)
        let place = row * side + column
        distances[place] = min(distances[place], ex * ex + ey * ey)
      }
    }
  }

  private static func pixelRange(_ first: Double, _ second: Double, _ reach: Double) -> Range<Int> {
    let lower = max(min(first, second) - reach, 0)
    let upper = min(max(first, second) + reach, Double(side - 1))
    return lower <= upper ? Int(lower)..<Int(upper) + 1 : 0..<0
  }
}

/// Where a digit stands: an affine map from the unit square to pixels.
private struct Placement {
  private let (xx, xy, yx, yy): (Double, Double, Double, Double)
  private let centre: Point

  init(_ generator: inout SplitMix64) {
    let angle = 0.11 * generator.bell()
    let slant = 0.14 * generator.bell()
    let width = 20 * generator.uniform(in: 0.72...1.02)
    let height = 20 * generator.uniform(in: 0.84...1.04)
    // The first terms of sine and cosine: exact enough below half a turn's eighth, and the same bits everywhere.
    let square = angle * angle
    let sine = angle * (1 - square / 6 * (1 - square / 20))
    let cosine = 1 - square / 2 * (1 - square / 12 * (1 - square / 30))
    (xx, xy) = (cosine * width, (-sine - slant) * height)
    (yx, yy) = (sine * width, cosine * height)
    centre = Point(13.5 + generator.uniform(in: -1.6...1.6), 13.5 + generator.uniform(in: -1.6...1.6))
  }

  func callAsFunction(_ point: Point) -> Point {
    let (x, y) = (point.x - 0.5, point.y - 0.5)
    return Point(centre.x + xx * x + xy * y, centre.y + yx * x + yy * y)
  }
}

/// How thick and how soft the line is.
private struct Pen {
  private let radius: Double
  private let softness: Double
  private let darkness: Double

  init(_ generator: inout SplitMix64) {
    radius = generator.uniform(in: 0.7...1.6)
    softness = generator.uniform(in: 0.45...1.0)
    darkness = generator.uniform(in: 0.88...1)
  }

  /// How far from its middle the line leaves ink.
  var reach: Double { radius + softness }

  func ink(atSquaredDistance squared: Double) -> UInt8 {
    guard squared < reach * reach else { return 0 }
    let inside = min(max((radius + softness - squared.squareRoot()) / (2 * softness), 0), 1)
    return UInt8((255 * darkness * inside * inside * (3 - 2 * inside)).rounded())
  }
}
