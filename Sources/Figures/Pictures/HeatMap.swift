// SPDX-License-Identifier: Apache-2.0
public import Images

/// Numbers over a rectangle as colours.
public struct HeatMap: Figure, Hashable {
  /// How numbers become colours.
  public enum Palette: String, Sendable, CaseIterable {
    /// Blue below zero, orange above, zero grey.
    case diverging
    /// Black to white, from the smallest to the largest.
    case grey
    /// Dark blue over grey to yellow, from the smallest to the largest; its lightness rises evenly.
    case sequential
  }

  /// The numbers, row by row from the top.
  public let values: [Float]
  /// Columns.
  public let columns: Int
  /// How numbers become colours.
  public let palette: Palette
  /// What is said below the picture.
  public var caption: String
  /// What the horizontal axis spans, when the map is drawn over a plane; nil when it is a picture.
  public var xRange: ClosedRange<Double>?
  /// What the vertical axis spans, bottom to top.
  public var yRange: ClosedRange<Double>?
  /// The numbers with the strongest colours; what lies beyond has them too.
  public let range: ClosedRange<Double>

  /// Makes a heat map.
  ///
  /// - Parameters:
  ///   - values: The numbers, row by row; a last row that is not full is left out.
  ///   - columns: Numbers in a row, at least 1.
  ///   - palette: How numbers become colours; nil takes the diverging one when there are negative numbers.
  ///   - range: The numbers with the strongest colours; nil takes the largest magnitude, or the smallest and largest.
  ///   - caption: What is said below.
  public init(
    _ values: [Float], columns: Int, palette: Palette? = nil, range: ClosedRange<Double>? = nil, caption: String = ""
  ) {
    self.columns = max(1, columns)
    self.values = Array(values.prefix(values.count / max(1, columns) * max(1, columns)))
    self.caption = caption.onOneLine
    let summary = NumberSummary(self.values)
    let palette = palette ?? (summary.minimum < 0 ? .diverging : .sequential)
    self.palette = palette
    let largest = max(summary.minimum.magnitude, summary.maximum.magnitude)
    self.range = range ?? (palette == .diverging ? -largest...largest : summary.minimum...summary.maximum)
  }

  /// Rows.
  public var rows: Int { values.count / columns }

  /// What the colours mean: the range and what is not finite.
  public func legend(_ wording: Wording) -> String {
    let (low, high) = (Axis.text(range.lowerBound), Axis.text(range.upperBound))
    let broken = values.count { !$0.isFinite }
    let scale: String
    switch palette {
    case .diverging: scale = wording("blue \(low), grey 0, orange \(high)", "蓝 \(low)，灰 0，橙 \(high)")
    case .grey: scale = wording("black \(low), white \(high)", "黑 \(low)，白 \(high)")
    case .sequential: scale = wording("dark \(low), bright \(high)", "暗 \(low)，亮 \(high)")
    }
    return broken > 0 ? wording.list([scale, wording("\(broken) not finite (magenta)", "\(broken) 个非有限值（品红）")]) : scale
  }

  /// The caption, the size, and the numbers' range.
  public func alternativeText(_ wording: Wording) -> String {
    let line = NumberSummary(values).line(.full, showsHistogram: false)
    let head = caption.isEmpty ? wording("Heat map", "热力图") : caption
    return wording("\(head): \(rows) × \(columns) values, \(line)", "\(head)：\(rows) × \(columns) 个值，\(line)")
  }

  /// The colour of a number.
  func color(_ value: Float) -> [UInt8] {
    guard value.isFinite else { return [255, 0, 255] }
    let span = range.upperBound - range.lowerBound
    guard span > 0, span.isFinite else { return palette == .diverging ? Self.zero : [0, 0, 0] }
    let share = min(1, max(0, (Double(value) - range.lowerBound) / span))
    switch palette {
    case .grey:
      let level = UInt8((share * 255).rounded())
      return [level, level, level]
    case .sequential: return Self.mix(Self.steps, share)
    case .diverging: return Self.mix([Self.below, Self.zero, Self.above], share)
    }
  }

  /// The map in pixels, one a number.
  ///
  /// - Returns: RGB.
  /// - Throws: `ImageError.emptySide` without numbers, `.tooLarge` beyond the limit of bitmaps.
  public func tile() throws(ImageError) -> Bitmap {
    try Bitmap(width: columns, height: rows, format: .rgb, pixels: values.flatMap(color))
  }

  /// The map as a picture.
  ///
  /// - Parameter side: About how many pixels the longer side shall have; each number becomes a square of whole pixels,
  ///   or an oblong in a map that would be a thread.
  /// - Returns: RGB.
  /// - Throws: As `tile`.
  public func bitmap(side: Int = 280) throws(ImageError) -> Bitmap {
    let (width, height) = proportions
    let scale = max(1, side / max(width, height))
    return try tile().enlarged(across: width * scale / max(1, columns), down: height * scale / max(1, rows))
  }

  /// How wide the map is for its height: as its numbers, but never thinner than a quarter.
  var proportions: (width: Int, height: Int) {
    (max(1, columns, rows / 4), max(1, rows, columns / 4))
  }

  private static let below: [UInt8] = [0x1E, 0x96, 0xFF]
  private static let zero: [UInt8] = [0x6E, 0x6E, 0x6E]
  private static let above: [UInt8] = [0xFF, 0x9B, 0x21]
  private static let steps: [[UInt8]] = [
    [0x06, 0x1F, 0x4B], [0x3F, 0x4F, 0x6E], [0x7D, 0x7C, 0x78], [0xBE, 0xAA, 0x63], [0xFB, 0xE3, 0x46],
  ]

  /// A colour between colours at equal distances.
  private static func mix(_ colors: [[UInt8]], _ share: Double) -> [UInt8] {
    let position = share * Double(colors.count - 1)
    let index = min(colors.count - 2, Int(position))
    let part = position - Double(index)
    return (0..<3).map { channel in
      let (from, to) = (Double(colors[index][channel]), Double(colors[index + 1][channel]))
      return UInt8((from + (to - from) * part).rounded())
    }
  }
}
