// SPDX-License-Identifier: Apache-2.0
import Figures
import Images
import Language

/// A film as a grid, and as pictures that follow each other.
struct FilmPictures {
  private let film: FilmObject
  /// How long a frame is shown, and the last one.
  private static let milliseconds = (frame: 400, last: 1600)
  /// Files for notebooks stay below this.
  private static let byteLimit = 200_000

  init(_ film: FilmObject) {
    self.film = film
  }

  /// The grid of all frames; where asked for, notebooks get the frames one after the other.
  func display(_ context: DisplayContext) -> Display {
    let still = ImagesDisplay.display(film.images, context)
    guard film.isMoving, let part = moving(ImagesDisplay.sheet(film.images, context.language), context) else {
      return still
    }
    return Display(still.plain, parts: [part], drawing: still.drawing, caption: still.caption)
  }

  private func moving(_ sheet: Sheet, _ context: DisplayContext) -> MIMEPart? {
    guard let large = try? frames(scale: 2).first, var file = try? animation(scale: 2) else { return nil }
    if file.count > Self.byteLimit, let smaller = try? animation(scale: 1) { file = smaller }
    let metadata = PictureMetadata(
      width: large.width, height: large.height, alt: sheet.alternativeText(context.wording))
    return MIMEPart("image/png", .bytes(file), picture: metadata)
  }

  /// An animated PNG that runs without end.
  ///
  /// - Throws: `ImageError` when memory is short.
  func animation(scale: Int = 2) throws(ImageError) -> [UInt8] {
    try AnimatedPNG.encode(
      frames(scale: scale), milliseconds: Self.milliseconds.frame, lastMilliseconds: Self.milliseconds.last)
  }

  /// A picture for each step with its number on the left, all of one size.
  private func frames(scale: Int) throws(ImageError) -> [Bitmap] {
    let tiles = TileReader.tiles(film.images.tensor, range: film.images.range)
    let count = film.images.columns
    // Rows of eight at most, so that many pictures make a block and not a band.
    let columns = min(count, 8)
    let letters = film.steps.map { String($0).utf8.count }.max() ?? 1
    var bitmaps: [Bitmap] = []
    for (index, step) in film.steps.enumerated() {
      let number = String(step)
      let name = "step " + String(repeating: " ", count: letters - number.utf8.count) + number
      let part = Array(tiles[min(index * count, tiles.count)..<min((index + 1) * count, tiles.count)])
      let rows = (count + columns - 1) / columns
      let names = [name] + Array(repeating: "", count: rows - 1)
      bitmaps.append(try Sheet(part, columns: columns, caption: "", rowNames: names).bitmap(scale: scale))
    }
    return bitmaps
  }
}
