// SPDX-License-Identifier: Apache-2.0
import Images

/// Draws a scene in pixels, edges smoothed by how much of a pixel they cover.
struct Rasterizer {
  private let width: Int
  private let height: Int
  private let scale: Double
  /// Red, green, blue times opacity, and opacity, 0 … 1.
  private var pixels: [SIMD4<Float>]
  private var mask: CoverageMask

  /// The picture of a scene.
  ///
  /// - Parameters:
  ///   - scene: What to draw.
  ///   - scale: Pixels of the picture for each pixel of the scene.
  ///   - ground: The colour behind it; nil for none.
  /// - Returns: RGBA.
  /// - Throws: `ImageError.tooLarge` beyond the limit of bitmaps.
  static func bitmap(_ scene: Scene, scale: Int, ground: [UInt8]?) throws(ImageError) -> Bitmap {
    let (width, height) = (Int(scene.width.rounded(.up)) * scale, Int(scene.height.rounded(.up)) * scale)
    // Checks the size before anything is drawn.
    _ = try Bitmap(width: width, height: height, format: .grey)
    var rasterizer = Rasterizer(width: width, height: height, scale: Double(scale))
    if let ground { rasterizer.fillGround(ground) }
    for element in scene.elements { rasterizer.draw(element) }
    return try Bitmap(width: width, height: height, format: .rgba, pixels: rasterizer.bytes())
  }

  private init(width: Int, height: Int, scale: Double) {
    (self.width, self.height, self.scale) = (width, height, scale)
    pixels = [SIMD4<Float>](repeating: .zero, count: width * height)
    mask = CoverageMask(width: width, height: height)
  }

  private mutating func fillGround(_ rgb: [UInt8]) {
    pixels = [SIMD4<Float>](repeating: Self.opaque(rgb), count: width * height)
  }

  private static func opaque(_ rgb: [UInt8]) -> SIMD4<Float> {
    SIMD4(Float(rgb[0]) / 255, Float(rgb[1]) / 255, Float(rgb[2]) / 255, 1)
  }

  private mutating func draw(_ element: Scene.Element) {
    switch element {
    case .line(let points, let paint, let width, let dashes):
      for part in Dashes.parts(points.map(scaled), dashes.map { $0 * scale }) {
        for (start, end) in zip(part, part.dropFirst()) { mask.segment(start, end, width: width * scale) }
      }
      blend(paint)
    case .area(let points, let paint):
      mask.polygon(points.map(scaled))
      blend(paint)
    case .rectangle(let x, let y, let width, let height, let paint):
      mask.rectangle(x: x * scale, y: y * scale, width: width * scale, height: height * scale)
      blend(paint)
    case .circle(let center, let radius, let paint):
      mask.segment(scaled(center), scaled(center), width: 2 * radius * scale)
      blend(paint)
    case .text(let text, let point, let anchor, let paint, let size, let isBold):
      // Letters that the font lacks are left out: a row of boxes would say no more.
      let written = String(text.onOneLine.filter { PixelFont.canWrite(String($0)) })
      draw(written, at: scaled(point), anchor, size: size, isBold: isBold)
      blend(paint)
    }
  }

  private func scaled(_ point: Point) -> Point { Point(point.x * scale, point.y * scale) }

  /// Sets the dots of a text into the mask.
  private mutating func draw(_ text: String, at point: Point, _ anchor: Scene.Anchor, size: Double, isBold: Bool) {
    let dot = max(1, Int((scale * size / Scene.textSize).rounded(.down)))
    let length = text.displayWidth() * PixelFont.advance * dot - dot
    let shift = anchor == .start ? 0 : anchor == .middle ? length / 2 : length
    var x = Int(point.x.rounded()) - shift
    let top = Int(point.y.rounded()) - PixelFont.ascent * dot
    for character in text {
      for (row, bits) in PixelFont.rows(of: character).enumerated() {
        for column in 0..<5 where bits & (0x10 >> UInt8(column)) != 0 {
          let thickness = isBold ? dot + max(1, dot / 2) : dot
          mask.rectangle(
            x: Double(x + column * dot), y: Double(top + row * dot), width: Double(thickness), height: Double(dot))
        }
      }
      x += character.displayWidth() * PixelFont.advance * dot
    }
  }

  /// Lays a colour over the picture where the mask is set, and clears the mask.
  private mutating func blend(_ paint: Paint) {
    let color = Self.opaque(paint.rgb)
    let opacity = Float(paint.opacity)
    for row in mask.rows {
      for index in (row * width + mask.columns.lowerBound)..<(row * width + mask.columns.upperBound) {
        let share = mask.values[index] * opacity
        guard share > 0 else { continue }
        pixels[index] = color * share + pixels[index] * (1 - share)
      }
    }
    mask.clear()
  }

  private func bytes() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 4 * pixels.count)
    for (index, pixel) in pixels.enumerated() where pixel.w > 0 {
      // Lane by lane: rounding whole vectors calls a function for each.
      let share = 255 / pixel.w
      bytes[4 * index] = Self.level(pixel.x * share)
      bytes[4 * index + 1] = Self.level(pixel.y * share)
      bytes[4 * index + 2] = Self.level(pixel.z * share)
      bytes[4 * index + 3] = Self.level(pixel.w * 255)
    }
    return bytes
  }

  private static func level(_ value: Float) -> UInt8 { UInt8(min(255, max(0, value + 0.5))) }
}

/// Cuts a line into dashes.
private enum Dashes {
  static func parts(_ points: [Point], _ pattern: [Double]) -> [[Point]] {
    guard !pattern.isEmpty, pattern.allSatisfy({ $0 > 0 }) else { return [points] }
    var parts: [[Point]] = []
    var (index, left) = (0, pattern[0])
    var part = Array(points.prefix(1))
    for (start, end) in zip(points, points.dropFirst()) {
      let length = ((end.x - start.x) * (end.x - start.x) + (end.y - start.y) * (end.y - start.y)).squareRoot()
      var done = 0.0
      while length - done > left {
        done += left
        let turn = Point(start.x + (end.x - start.x) * done / length, start.y + (end.y - start.y) * done / length)
        if index.isMultiple(of: 2) { parts.append(part + [turn]) }
        part = [turn]
        index += 1
        left = pattern[index % pattern.count]
      }
      left -= length - done
      part.append(end)
    }
    if index.isMultiple(of: 2), part.count > 1 { parts.append(part) }
    return parts
  }
}
