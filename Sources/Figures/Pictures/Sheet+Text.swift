// SPDX-License-Identifier: Apache-2.0
import Images

extension Sheet {
  /// The sheet as pictures or characters, with its caption below.
  public func text(on canvas: Canvas) -> String {
    var captions = [caption(on: canvas)]
    guard !canvas.reader, !tiles.isEmpty else { return captions.joined(separator: "\n") }
    let art: [String]
    switch canvas.graphics {
    case .none: art = []
    case .kitty, .iterm, .sixel:
      art = inlinePicture(canvas).map { [$0] } ?? []
      captions += unwrittenNames(canvas.wording).flatMap {
        canvas.inRepertoire($0).wrapped(to: canvas.width, indent: 2)
      }
    case .half, .shade, .braille, .ascii: art = CharacterSheet(self, canvas).lines()
    }
    return (art + captions).joined(separator: "\n")
  }

  /// What is said below the picture, in lines; longer in reader mode.
  public func caption(on canvas: Canvas) -> String {
    let labels = labels.filter { !$0.isEmpty }
    let named = canvas.wording("labels, row by row: ", "标签（逐行）：") + labels.joined(separator: " ")
    let sentences = canvas.reader ? [alternativeText(canvas.wording)] + (labels.isEmpty ? [] : [named]) : [caption]
    return sentences.flatMap { canvas.inRepertoire($0).wrapped(to: canvas.width, indent: 2) }.joined(separator: "\n")
  }

  /// The whole sheet in a terminal's own graphics; nil when it cannot be made.
  private func inlinePicture(_ canvas: Canvas) -> String? {
    // Terminals do not say how many pixels a character has; eight is a small one.
    let room = canvas.width * 8
    guard let picture = try? bitmap(scale: 2, fittingWidth: room) else { return nil }
    if canvas.graphics == .sixel { return Sixel.encode(picture) }
    guard let file = try? PNGFile.encode(picture) else { return nil }
    let columns = max(1, min(canvas.width, (picture.width + 7) / 8))
    return canvas.graphics == .kitty
      ? InlineImage.kitty(file, columns: columns) : InlineImage.iterm(file, columns: columns)
  }
}
