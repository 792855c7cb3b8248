// SPDX-License-Identifier: Apache-2.0
import Figures
import Language
import Tensors

/// Pictures of a tensor as a sheet.
enum ImagesDisplay {
  static func display(_ images: ImagesObject, _ context: DisplayContext) -> Display {
    FigureDisplay.of(sheet(images, context.language), context)
  }

  /// The sheet that figures draw.
  static func sheet(_ images: ImagesObject, _ language: MessageLanguage) -> Sheet {
    let broken = images.tensor.scalars().count { !$0.isFinite }
    let remark = language == .chinese ? "；\(broken) 个像素非有限" : "; \(broken) pixels are not finite"
    var sheet = Sheet(
      TileReader.tiles(images.tensor, range: images.range), columns: images.columns,
      caption: images.caption(language) + (broken > 0 ? remark : ""), labels: images.labels,
      rowNames: images.rowNames.map { $0(language) }, columnNames: images.columnNames)
    if let details = images.details { sheet.details = details(language) + (broken > 0 ? remark : "") }
    return sheet
  }
}

extension ImagesObject: FigureConvertible {
  func figure(_ context: DisplayContext) -> any Figure { ImagesDisplay.sheet(self, context.language) }
}
