// SPDX-License-Identifier: Apache-2.0
import Figures
import Images
import Language

/// A figure in every form that fronts want: plain text, a picture or a table for notebooks, a drawing for terminals.
enum FigureDisplay {
  /// The display of a figure.
  ///
  /// - Parameters:
  ///   - figure: What to show.
  ///   - context: For whom.
  ///   - isInteractive: Whether a line chart also comes in a form that notebooks let one zoom.
  /// - Returns: The display.
  static func of(_ figure: any Figure, _ context: DisplayContext, isInteractive: Bool = false) -> Display {
    let wording = context.wording
    let canvas = Canvas(
      columns: min(context.canvas.columns, 80), graphics: context.canvas.unicode ? .braille : .ascii,
      unicode: context.canvas.unicode, reader: context.canvas.reader, fillsBraille: context.canvas.unicode,
      wording: wording)
    return Display(
      figure.text(on: canvas), parts: parts(of: figure, wording, isInteractive),
      drawing: FigureDrawing(figure: figure, wording: wording), caption: caption(of: figure, canvas))
  }

  /// What is said below a picture, in the same lines as below its plain text.
  private static func caption(of figure: any Figure, _ canvas: Canvas) -> String {
    switch figure {
    case let sheet as Sheet:
      ([sheet.caption(on: canvas)]
        + sheet.unwrittenNames(canvas.wording).flatMap { $0.wrapped(to: canvas.columns, indent: 2) })
        .joined(separator: "\n")
    case let map as HeatMap: map.caption(canvas.wording)
    case let side as Side: side.figures.map { caption(of: $0, canvas) }.filter { !$0.isEmpty }.joined(separator: "\n")
    case let bars as Bars: lines(bars.notes, canvas)
    case let chart as LineChart: lines(chart.remarks(canvas.wording), canvas)
    case let matrix as ConfusionMatrix: lines([matrix.summary(canvas.wording)], canvas)
    default: ""
    }
  }

  private static func lines(_ sentences: [String], _ canvas: Canvas) -> String {
    sentences.flatMap { (canvas.unicode ? $0 : Glyphs.spelled($0)).wrapped(to: canvas.columns, indent: 2) }
      .joined(separator: "\n")
  }

  private static func parts(of figure: any Figure, _ wording: Wording, _ isInteractive: Bool) -> [MIMEPart] {
    switch figure {
    case let table as Table: return [html(table.html(wording))]
    case let summary as LayerSummary: return [html(summary.table(wording).html(wording))]
    case let sheet as Sheet: return PicturePart.of(sheet, alt: sheet.alternativeText(wording)).map { [$0] } ?? []
    case let map as HeatMap: return PicturePart.of(map, alt: map.alternativeText(wording)).map { [$0] } ?? []
    case let page as DatasetSheet: return [html(DatasetCard.html(page, wording))]
    case let side as Side: return parts(of: side, wording)
    case let chart as any VectorFigure: return charts(chart, wording, isInteractive)
    default: return []
    }
  }

  private static func charts(_ chart: any VectorFigure, _ wording: Wording, _ isInteractive: Bool) -> [MIMEPart] {
    let scene = chart.scene(wording)
    let size = PictureMetadata(
      width: Int(scene.width.rounded()), height: Int(scene.height.rounded()), alt: chart.alternativeText(wording))
    var parts = [MIMEPart("image/svg+xml", .text(chart.svg(wording)), picture: size)]
    // Notebooks that are not trusted, as those of others, show no SVG.
    if let bitmap = try? chart.bitmap(scale: scene.pixelScale, ground: nil),
      let file = try? PNGFile.encode(bitmap, isQuick: true)
    {
      parts.append(MIMEPart("image/png", .bytes(file), picture: size))
    }
    if isInteractive, let lines = chart as? LineChart {
      parts.append(MIMEPart("application/vnd.vegalite.v5+json", .json(lines.vegaLite(wording))))
    }
    return parts
  }

  /// Figures side by side, as one picture where they are of one kind.
  private static func parts(of side: Side, _ wording: Wording) -> [MIMEPart] {
    let alt = side.alternativeText(wording)
    if let scene = side.scene(wording), let svg = side.svg(wording) {
      let size = PictureMetadata(width: Int(scene.width.rounded()), height: Int(scene.height.rounded()), alt: alt)
      return [MIMEPart("image/svg+xml", .text(svg), picture: size)]
    }
    return side.bitmap().flatMap { PicturePart.of($0, alt: alt) }.map { [$0] } ?? []
  }

  private static func html(_ text: String) -> MIMEPart { MIMEPart("text/html", .text(text)) }
}

extension DisplayContext {
  /// The language of what figures say themselves.
  var wording: Wording { language == .chinese ? .chinese : .english }
}

extension Scene {
  /// Pixels of a picture for each pixel of the page: two, or one for figures so large that two would fill memory.
  var pixelScale: Int { width * height > 1_000_000 ? 1 : 2 }
}
