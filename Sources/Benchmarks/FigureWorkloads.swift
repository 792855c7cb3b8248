// SPDX-License-Identifier: Apache-2.0
import Figures
import Images

extension Workload {
  /// What people wait for when they look: all forms of a display, drawn anew at every step.
  static let figures: [Workload] = [
    Workload(name: "figure-grid", batch: 64) { try grid(of: 64) },
    Workload(name: "figure-chart", batch: 10_000) { chart(of: 10_000) },
  ]

  /// Sheets of 28 × 28 noise, the hardest to compress: a PNG file, half blocks and plain text.
  private static func grid(of count: Int) throws -> Prepared {
    let tiles = try (0..<count).map { number in
      try Bitmap(width: 28, height: 28, format: .grey, pixels: (0..<784).map { noise($0 + 784 * number) })
    }
    let sheet = Sheet(tiles, columns: 8, caption: "\(count) samples")
    return Prepared(cost: .nothing) {
      _ = try PNGFile.encode(sheet.bitmap())
      _ = sheet.text(on: Canvas(columns: 80, rows: 24, graphics: .half, color: .full))
      _ = sheet.plainText
    }
  }

  /// Two noisy lines: SVG, a PNG file of twice the size, and plain text.
  private static func chart(of count: Int) -> Prepared {
    let lines = (0..<2).map { line in
      LineChart.Series("line \(line)", y: (0..<(count / 2)).map { Double(noise($0 + line * count)) / 255 })
    }
    let chart = LineChart(lines, title: "noise", xName: "step")
    return Prepared(cost: .nothing) {
      _ = chart.svg()
      _ = try PNGFile.encode(chart.bitmap(scale: 2, ground: nil), isQuick: true)
      _ = chart.plainText
    }
  }

  private static func noise(_ index: Int) -> UInt8 {
    let mixed = (UInt64(index) &+ 1) &* 0x9E37_79B9_7F4A_7C15
    return UInt8(truncatingIfNeeded: (mixed ^ (mixed >> 29)) >> 32)
  }
}
