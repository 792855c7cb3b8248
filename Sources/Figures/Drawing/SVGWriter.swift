// SPDX-License-Identifier: Apache-2.0

/// Writes a scene as SVG: transparent ground, lengths rounded to tenths of a pixel, all text escaped.
struct SVGWriter {
  private var text = ""
  /// The widest that any pane shows whole, in pixels; wider figures are as wide as there is room.
  private static let widest = 640.0

  /// The document of a scene.
  ///
  /// - Parameters:
  ///   - scene: What to draw.
  ///   - title: What is to be seen, for those who cannot see it.
  /// - Returns: SVG 1.1, the same bytes for the same scene everywhere.
  static func document(_ scene: Scene, title: String) -> String {
    var writer = SVGWriter()
    let (width, height) = (number(scene.width), number(scene.height))
    // Notebooks put SVG into pages as images, whose own style is not asked.
    let isWide = scene.width > widest
    let size = isWide ? "width=\"100%\"" : "width=\"\(width)\" height=\"\(height)\""
    let most = isWide ? "min(100%,\(width)px)" : "100%"
    let label = Markup.escaped(title)
    writer.text = """
      <svg xmlns="http://www.w3.org/2000/svg" \(size) \
      viewBox="0 0 \(width) \(height)" style="max-width:\(most);height:auto" role="img" font-family="sans-serif" \
      font-size="\(number(Scene.textSize))">
      <title>\(label)</title>

      """
    for element in scene.elements { writer.write(element) }
    return writer.text + "</svg>\n"
  }

  private mutating func write(_ element: Scene.Element) {
    switch element {
    case .line(let points, let paint, let width, let dashes):
      let pattern = dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes.map(Self.number).joined(separator: " "))\""
      text += "<polyline points=\"\(Self.list(points))\" fill=\"none\" \(Self.stroke(paint))"
      text += " stroke-width=\"\(Self.number(width))\" stroke-linejoin=\"round\"\(pattern)/>\n"
    case .area(let points, let paint):
      text += "<polygon points=\"\(Self.list(points))\" \(Self.fill(paint))/>\n"
    case .rectangle(let x, let y, let width, let height, let paint):
      text += "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\""
      text += " height=\"\(Self.number(height))\" \(Self.fill(paint))/>\n"
    case .circle(let center, let radius, let paint):
      text += "<circle cx=\"\(Self.number(center.x))\" cy=\"\(Self.number(center.y))\""
      text += " r=\"\(Self.number(radius))\" \(Self.fill(paint))/>\n"
    case .text(let content, let point, let anchor, let paint, let size, let isBold):
      text += "<text x=\"\(Self.number(point.x))\" y=\"\(Self.number(point.y))\" \(Self.fill(paint))"
      if anchor != .start { text += " text-anchor=\"\(anchor.rawValue)\"" }
      if size != Scene.textSize { text += " font-size=\"\(Self.number(size))\"" }
      if isBold { text += " font-weight=\"bold\"" }
      text += ">\(Markup.escaped(content.onOneLine))</text>\n"
    }
  }

  private static func list(_ points: [Point]) -> String {
    points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
  }

  private static func fill(_ paint: Paint) -> String {
    "fill=\"\(SeriesStyle.hex(paint.rgb))\"" + (paint.opacity < 1 ? " fill-opacity=\"\(share(paint.opacity))\"" : "")
  }

  private static func stroke(_ paint: Paint) -> String {
    let opacity = paint.opacity < 1 ? " stroke-opacity=\"\(share(paint.opacity))\"" : ""
    return "stroke=\"\(SeriesStyle.hex(paint.rgb))\"" + opacity
  }

  private static func share(_ value: Double) -> String {
    let hundredths = Int((min(max(value, 0), 1) * 100).rounded())
    return hundredths == 100 ? "1" : "0.\(hundredths / 10)\(hundredths % 10 == 0 ? "" : String(hundredths % 10))"
  }

  /// A length in tenths of a pixel; charts keep theirs within a few thousand.
  private static func number(_ value: Double) -> String {
    let tenths = value.isFinite ? Int((min(max(value, -1e6), 1e6) * 10).rounded()) : 0
    let (whole, tenth) = (tenths.magnitude / 10, tenths.magnitude % 10)
    return "\(tenths < 0 ? "-" : "")\(whole)\(tenth == 0 ? "" : ".\(tenth)")"
  }
}
