// SPDX-License-Identifier: Apache-2.0

/// Fewer points that look the same: of each narrow strip the first, the lowest, the highest and the last are kept.
///
/// Jugel, Jerzak, Hackenbroich, Markl 2014, "M4: a visualization-oriented time series data aggregation".
enum Thinning {
  /// Runs of neighbouring points; between two runs something is missing.
  ///
  /// - Parameters:
  ///   - points: In rising order of `x`, positions 0 … 1; nil where a value is missing.
  ///   - strips: How many strips the span is cut into, at least 1.
  /// - Returns: At most four points a strip; all points when there are few.
  static func runs(_ points: [Point?], strips: Int) -> [[Point]] {
    let strips = max(1, strips)
    guard points.count > 2 * strips else { return split(points) }
    var runs: [[Point]] = []
    var run: [Point] = []
    for strip in slices(of: points, count: strips) {
      let present = strip.compactMap(\.self)
      if present.isEmpty {
        if !run.isEmpty { runs.append(run) }
        run = []
      } else {
        run += extremes(present)
      }
    }
    return run.isEmpty ? runs : runs + [run]
  }

  /// The mean of each strip, where it has any value.
  static func means(_ points: [Point?], strips: Int) -> [[Point]] {
    let slices = slices(of: points, count: max(1, strips))
    return slices.map { $0.compactMap(\.self) }.split(whereSeparator: \.isEmpty).map { run in
      run.map { slice in
        let count = Double(slice.count)
        return Point(slice.reduce(0) { $0 + $1.x } / count, slice.reduce(0) { $0 + $1.y } / count)
      }
    }
  }

  /// The runs as they are.
  static func split(_ points: [Point?]) -> [[Point]] {
    points.split(separator: nil).map { $0.compactMap(\.self) }
  }

  private static func slices(of points: [Point?], count: Int) -> [ArraySlice<Point?>] {
    var strips: [ArraySlice<Point?>] = []
    var (start, current) = (points.startIndex, 0)
    for index in points.indices {
      guard let point = points[index] else { continue }
      let strip = min(count - 1, max(0, Int(point.x * Double(count))))
      if strip != current, index > start {
        strips += parts(points[start..<index])
        (start, current) = (index, strip)
      }
    }
    return strips + parts(points[start...])
  }

  /// A strip, and what is missing at its end by itself, so that wide gaps stay gaps.
  private static func parts(_ strip: ArraySlice<Point?>) -> [ArraySlice<Point?>] {
    guard let last = strip.lastIndex(where: { $0 != nil }), last + 1 < strip.endIndex else { return [strip] }
    return [strip[...last], strip[(last + 1)...]]
  }

  private static func extremes(_ points: [Point]) -> [Point] {
    guard points.count > 4 else { return points }
    let low = points.indices.min { points[$0].y < points[$1].y } ?? 0
    let high = points.indices.max { points[$0].y < points[$1].y } ?? 0
    return Set([0, low, high, points.count - 1]).sorted().map { points[$0] }
  }
}
