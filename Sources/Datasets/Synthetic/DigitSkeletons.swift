// SPDX-License-Identifier: Apache-2.0

/// A point in the unit square, y downwards.
struct Point {
  var x: Double
  var y: Double

  init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// One movement of the pen.
enum Stroke {
  /// Straight from point to point.
  case corners([Point])
  /// A smooth curve through all points.
  case curve([Point])
}

/// How the ten digits are written: the middle line of the pen in the unit square.
enum DigitSkeletons {
  static let all: [[Stroke]] = [
    [
      .curve([
        Point(0.50, 0.05), Point(0.24, 0.22), Point(0.18, 0.58), Point(0.34, 0.90), Point(0.58, 0.94),
        Point(0.80, 0.68), Point(0.80, 0.30), Point(0.64, 0.08), Point(0.50, 0.05),
      ])
    ],
    [.corners([Point(0.36, 0.22), Point(0.54, 0.05), Point(0.50, 0.95)])],
    [
      .curve([
        Point(0.22, 0.28), Point(0.36, 0.08), Point(0.62, 0.07), Point(0.75, 0.27), Point(0.62, 0.52),
        Point(0.40, 0.73), Point(0.20, 0.93),
      ]), .corners([Point(0.20, 0.93), Point(0.82, 0.92)]),
    ],
    [
      .curve([Point(0.22, 0.14), Point(0.50, 0.05), Point(0.74, 0.20), Point(0.66, 0.40), Point(0.42, 0.47)]),
      .curve([
        Point(0.42, 0.47), Point(0.70, 0.54), Point(0.78, 0.74), Point(0.60, 0.93), Point(0.35, 0.93),
        Point(0.18, 0.80),
      ]),
    ],
    [
      .corners([Point(0.58, 0.05), Point(0.18, 0.62), Point(0.85, 0.62)]),
      .corners([Point(0.64, 0.36), Point(0.60, 0.95)]),
    ],
    [
      .corners([Point(0.76, 0.07), Point(0.32, 0.08), Point(0.28, 0.45)]),
      .curve([
        Point(0.28, 0.45), Point(0.52, 0.38), Point(0.76, 0.52), Point(0.76, 0.76), Point(0.55, 0.94),
        Point(0.30, 0.92), Point(0.18, 0.80),
      ]),
    ],
    [
      .curve([
        Point(0.66, 0.06), Point(0.40, 0.25), Point(0.24, 0.58), Point(0.30, 0.86), Point(0.52, 0.95),
        Point(0.74, 0.82), Point(0.72, 0.60), Point(0.52, 0.50), Point(0.32, 0.60), Point(0.26, 0.72),
      ])
    ],
    [.corners([Point(0.20, 0.08), Point(0.80, 0.08), Point(0.42, 0.95)])],
    [
      .curve([
        Point(0.50, 0.49), Point(0.28, 0.34), Point(0.30, 0.13), Point(0.52, 0.05), Point(0.72, 0.15),
        Point(0.71, 0.34), Point(0.50, 0.49), Point(0.26, 0.68), Point(0.28, 0.88), Point(0.50, 0.96),
        Point(0.74, 0.88), Point(0.74, 0.67), Point(0.50, 0.49),
      ])
    ],
    [
      .curve([
        Point(0.72, 0.32), Point(0.58, 0.49), Point(0.38, 0.49), Point(0.26, 0.31), Point(0.35, 0.10),
        Point(0.57, 0.05), Point(0.72, 0.20), Point(0.73, 0.40), Point(0.68, 0.68), Point(0.60, 0.95),
      ])
    ],
  ]
}

extension Stroke {
  /// The stroke as straight pieces, after each of its points went through `move`.
  func flattened(_ move: (Point) -> Point) -> [(Point, Point)] {
    switch self {
    case .corners(let points):
      let moved = points.map(move)
      return Array(zip(moved, moved.dropFirst()))
    case .curve(let points):
      let fine = Stroke.smooth(points.map(move))
      return Array(zip(fine, fine.dropFirst()))
    }
  }

  /// A Catmull–Rom curve through the points, four pieces from one to the next.
  private static func smooth(_ points: [Point]) -> [Point] {
    var result = [points[0]]
    for index in 0..<points.count - 1 {
      let before = points[max(index - 1, 0)]
      let (from, to) = (points[index], points[index + 1])
      let after = points[min(index + 2, points.count - 1)]
      for quarter in 1...4 {
        let t = Double(quarter) / 4
        result.append(
          Point(
            catmullRom(before.x, from.x, to.x, after.x, at: t), catmullRom(before.y, from.y, to.y, after.y, at: t)))
      }
    }
    return result
  }

  private static func catmullRom(_ a: Double, _ b: Double, _ c: Double, _ d: Double, at t: Double) -> Double {
    let slope = c - a
    let bend = 2 * a - 5 * b + 4 * c - d
    let twist = 3 * b - a - 3 * c + d
    return 0.5 * (2 * b + t * (slope + t * (bend + t * twist)))
  }
}
