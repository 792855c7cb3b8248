// SPDX-License-Identifier: Apache-2.0
import Images

/// Two pixels a character: the upper half block in the upper pixel's colour over the lower pixel's colour.
enum HalfBlock {
  /// The lines of a picture; every line ends with the colours reset.
  ///
  /// - Parameters:
  ///   - bitmap: RGBA; what is more than half transparent shows the terminal's own background.
  ///   - color: 256 colours or 24 bits.
  /// - Returns: One line for every two rows of pixels.
  static func lines(of bitmap: Bitmap, color: Canvas.Color) -> [String] {
    let pixels = bitmap.converted(to: .rgba)
    return stride(from: 0, to: pixels.height, by: 2).map { row in
      var line = HalfBlockLine(color: color)
      for column in 0..<pixels.width {
        line.append(
          upper: Self.color(pixels, column, row),
          lower: row + 1 < pixels.height ? Self.color(pixels, column, row + 1) : nil)
      }
      return line.finished
    }
  }

  private static func color(_ bitmap: Bitmap, _ x: Int, _ y: Int) -> RGB? {
    let start = 4 * (y * bitmap.width + x)
    let bytes = bitmap.pixels
    return bytes[start + 3] < 128 ? nil : RGB(bytes[start], bytes[start + 1], bytes[start + 2])
  }
}

/// A colour as terminals take it.
struct RGB: Hashable {
  let red, green, blue: UInt8

  init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  /// The nearest of xterm's 256 colours, from the ramp of greys or the cube of colours.
  var paletteIndex: Int {
    if red == green, green == blue { return greyIndex }
    func step(_ value: UInt8) -> Int { value < 48 ? 0 : value < 115 ? 1 : (Int(value) - 35) / 40 }
    return 16 + 36 * step(red) + 6 * step(green) + step(blue)
  }

  /// Black and white of the cube, and between them the ramp 8, 18 … 238.
  private var greyIndex: Int {
    if red < 4 { return 16 }
    if red > 246 { return 231 }
    return 232 + min(23, max(0, (Int(red) - 3) / 10))
  }

  /// The parameters that select the colour, after `38;` or `48;`.
  func parameters(_ color: Canvas.Color) -> String {
    color == .full ? "2;\(red);\(green);\(blue)" : "5;\(paletteIndex)"
  }
}

/// One line under construction; colours are written only where they change.
private struct HalfBlockLine {
  let color: Canvas.Color
  private var text = ""
  private var foreground: RGB?
  private var background: RGB?

  init(color: Canvas.Color) {
    self.color = color
  }

  var finished: String {
    var line = text
    // Blanks on the terminal's own background say nothing at the end of a line.
    while background == nil, line.last == " " { line.removeLast() }
    return foreground == nil && background == nil ? line : line + "\u{1B}[0m"
  }

  mutating func append(upper: RGB?, lower: RGB?) {
    switch (upper, lower) {
    case (nil, nil):
      paint(foreground, nil)
      text += " "
    case (let upper?, nil):
      paint(upper, nil)
      text += "▀"
    case (nil, let lower?):
      paint(lower, nil)
      text += "▄"
    case (let upper?, let lower?) where upper == lower:
      paint(foreground, lower)
      text += " "
    case (let upper?, let lower?):
      paint(upper, lower)
      text += "▀"
    }
  }

  private mutating func paint(_ newForeground: RGB?, _ newBackground: RGB?) {
    var codes: [String] = []
    if newForeground != foreground, let newForeground { codes.append("38;" + newForeground.parameters(color)) }
    if newBackground != background { codes.append(newBackground.map { "48;" + $0.parameters(color) } ?? "49") }
    if !codes.isEmpty { text += "\u{1B}[\(codes.joined(separator: ";"))m" }
    (foreground, background) = (newForeground ?? foreground, newBackground)
  }
}
