// SPDX-License-Identifier: Apache-2.0
import Figures
import Images
import Language

/// A figure as a display: plain text, a picture for notebooks, a drawing for terminals.
enum FigureDisplay {
  /// The display of a sheet of pictures, with a PNG.
  static func of(_ sheet: Sheet, _ context: DisplayContext) -> Display {
    var display = text(sheet, context)
    if let bitmap = try? sheet.bitmap(), let png = try? PNGFile.encode(bitmap) {
      let picture = PictureMetadata(width: bitmap.width, height: bitmap.height, alt: sheet.alternativeText)
      display.parts.append(MIMEPart("image/png", .bytes(png), picture: picture))
    }
    return display
  }

  /// The display of a table, with HTML.
  static func of(_ table: Table, _ context: DisplayContext) -> Display {
    var display = text(table, context)
    display.parts.append(MIMEPart("text/html", .text(table.html())))
    return display
  }

  /// The text of a figure and how terminals draw it.
  static func text(_ figure: any Figure, _ context: DisplayContext) -> Display {
    let canvas = Canvas(
      columns: min(context.canvas.columns, 80), graphics: context.canvas.unicode ? .braille : .ascii,
      unicode: context.canvas.unicode, reader: context.canvas.reader)
    return Display(figure.text(on: canvas), drawing: FigureDrawing(figure: figure))
  }
}

/// A figure that draws itself on a terminal.
private struct FigureDrawing: TerminalDrawing {
  let figure: any Figure

  func draw(on canvas: TerminalCanvas) -> String { figure.text(on: Canvas(canvas)) }
}

extension Canvas {
  /// The canvas of a front, as figures know it; files are the front's own affair.
  init(_ canvas: TerminalCanvas) {
    let color: Canvas.Color =
      switch canvas.colour {
      case .none: .none
      case .sixteen: .sixteen
      case .palette: .palette
      case .full: .full
      }
    self.init(
      columns: canvas.columns, rows: canvas.rows, graphics: Graphics(rawValue: canvas.graphics.rawValue) ?? .none,
      color: color, unicode: canvas.unicode, reader: canvas.reader)
  }
}
