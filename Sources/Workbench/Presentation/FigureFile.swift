// SPDX-License-Identifier: Apache-2.0
import Figures
import Glibc
import Images
import Language

/// Figures as files.
enum FigureFile {
  /// Writes a figure in the form that the end of the path names.
  ///
  /// - Returns: What is said of it.
  /// - Throws: `FigureFault.fileType`, `.picture` or `.unwritable`.
  static func save(_ figure: any Figure, to path: String, _ context: DisplayContext) throws(FigureFault) -> String {
    try save(try bytes(of: figure, path: path, context.wording), to: path, context)
  }

  /// Writes a film as an animated picture.
  ///
  /// - Returns: What is said of it.
  /// - Throws: `FigureFault.picture` or `.unwritable`.
  static func save(_ film: FilmObject, to path: String, _ context: DisplayContext) throws(FigureFault) -> String {
    let bytes: [UInt8]
    do throws(ImageError) {
      bytes = try FilmPictures(film).animation()
    } catch {
      throw .picture(error.description)
    }
    return try save(bytes, to: path, context)
  }

  private static func save(_ bytes: [UInt8], to path: String, _ context: DisplayContext) throws(FigureFault) -> String {
    try write(bytes, to: path)
    let size = bytes.count < 1000 ? "\(bytes.count) B" : "\(Numerals.fixed(Double(bytes.count) / 1000, 1)) kB"
    return context.language == .chinese ? "已保存到 \(path)（\(size)）" : "saved to \(path) (\(size))"
  }

  /// Writes the text of the ending that the path has.
  ///
  /// - Throws: `FigureFault.fileType` for another ending, or `.unwritable`.
  static func save(_ texts: [(ending: String, text: String)], to path: String) throws(FigureFault) {
    guard let found = texts.first(where: { path.hasSuffix($0.ending) }) else {
      throw .fileType(path: path, known: texts.map(\.ending))
    }
    try write(Array(found.text.utf8), to: path)
  }

  private static func bytes(of figure: any Figure, path: String, _ wording: Wording) throws(FigureFault) -> [UInt8] {
    let known = forms(of: figure)
    guard let end = known.first(where: { path.hasSuffix($0) }) else {
      throw .fileType(path: path, known: known)
    }
    do throws(ImageError) {
      switch (end, figure) {
      case (".png", let sheet as Sheet): return try PNGFile.encode(sheet.bitmap())
      case (".png", let map as HeatMap): return try PNGFile.encode(map.bitmap())
      case (".png", let chart as any VectorFigure):
        return try PNGFile.encode(chart.bitmap(scale: chart.scene(wording).pixelScale))
      case (".svg", let chart as any VectorFigure): return Array(chart.svg(wording).utf8)
      case (".svg", let side as Side): return Array((side.svg(wording) ?? "").utf8)
      case (".png", let side as Side):
        if let scene = side.scene(wording) { return try PNGFile.encode(scene.bitmap(scale: scene.pixelScale)) }
        return try side.bitmap().map { bitmap throws(ImageError) in try PNGFile.encode(bitmap) } ?? []
      case (".html", let page as DatasetSheet): return Array(DatasetCard.html(page, wording).utf8)
      case (".csv", let table as Table): return Array(table.csv().utf8)
      case (".csv", let summary as LayerSummary): return Array(summary.table(wording).csv().utf8)
      case (".html", let table as Table): return Array(table.html(wording).utf8)
      case (".html", let summary as LayerSummary): return Array(summary.table(wording).html(wording).utf8)
      default: return Array((figure.text(on: Canvas(wording: wording)) + "\n").utf8)
      }
    } catch {
      throw .picture(error.description)
    }
  }

  private static func forms(of figure: any Figure) -> [String] {
    switch figure {
    case is Sheet, is HeatMap: [".png", ".txt"]
    case is Table, is LayerSummary: [".csv", ".html", ".txt"]
    case is any VectorFigure: [".svg", ".png", ".txt"]
    case is DatasetSheet: [".html", ".txt"]
    case let side as Side:
      (side.scene(.english) != nil ? [".svg", ".png"] : side.bitmap() != nil ? [".png"] : []) + [".txt"]
    default: [".txt"]
    }
  }

  /// Writes a file under another name first, so that nothing half-written is left under its own.
  private static func write(_ bytes: [UInt8], to path: String) throws(FigureFault) {
    let unfinished = path + ".part"
    let descriptor = open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    let isWritten = PictureFile.write(bytes, to: descriptor)
    let isClosed = close(descriptor) == 0
    guard isWritten, isClosed, rename(unfinished, path) == 0 else {
      let fault = failure(path)
      unlink(unfinished)
      throw fault
    }
  }

  private static func failure(_ path: String) -> FigureFault {
    .unwritable(path: path, reason: String(cString: strerror(errno)))
  }
}
