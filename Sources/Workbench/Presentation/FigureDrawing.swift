// SPDX-License-Identifier: Apache-2.0
import Figures
import Images
import Language

/// A figure that draws itself on a terminal.
struct FigureDrawing: TerminalDrawing {
  let figure: any Figure
  let wording: Wording

  func draw(on canvas: TerminalCanvas) -> String {
    guard canvas.graphics == .files else { return figure.text(on: canvas.figureCanvas(wording)) }
    let caption = figure.text(on: canvas.figureCanvas(wording))
    guard let picture, let path = PictureFile.writeNext(picture) else { return caption }
    return path + "\n" + caption
  }

  /// What goes into a file: pictures only, since charts and tables are text already.
  private var picture: [UInt8]? {
    let bitmap: Bitmap?
    switch figure {
    case let sheet as Sheet: bitmap = try? sheet.bitmap()
    case let map as HeatMap: bitmap = try? map.bitmap()
    default: bitmap = nil
    }
    return bitmap.flatMap { try? PNGFile.encode($0) }
  }
}

extension TerminalCanvas {
  /// The canvas as figures know it.
  func figureCanvas(_ wording: Wording) -> Canvas {
    let color: Canvas.Color =
      switch colour {
      case .none: .none
      case .sixteen: .sixteen
      case .palette: .palette
      case .full: .full
      }
    return Canvas(
      columns: columns, rows: rows, graphics: Canvas.Graphics(rawValue: graphics.rawValue) ?? .none, color: color,
      unicode: unicode, reader: reader, wording: wording)
  }
}
