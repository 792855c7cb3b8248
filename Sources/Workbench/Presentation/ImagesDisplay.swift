// SPDX-License-Identifier: Apache-2.0
import Figures
import Images
import Language
import Tensors

/// Pictures of a tensor as a sheet.
enum ImagesDisplay {
  static func display(_ images: ImagesObject, _ context: DisplayContext) -> Display {
    FigureDisplay.of(sheet(images, context.language), context)
  }

  /// The sheet that figures draw.
  static func sheet(_ images: ImagesObject, _ language: MessageLanguage) -> Sheet {
    Sheet(
      tiles(images.tensor, range: images.range), columns: images.columns, caption: images.caption(language),
      labels: images.labels, rowNames: images.rowNames.map { $0(language) })
  }

  /// One bitmap for each picture of [count, channel, height, width]; one or three channels.
  static func tiles(_ tensor: Tensor, range: ClosedRange<Float>) -> [Bitmap?] {
    let sizes = tensor.shape.dimensions
    guard sizes.count == 4, sizes[0] > 0, sizes[2] > 0, sizes[3] > 0 else { return [] }
    let values = tensor.scalars()
    let plane = sizes[2] * sizes[3]
    return (0..<sizes[0]).map { index in
      let start = index * sizes[1] * plane
      if sizes[1] == 3 {
        return coloured(values[start..<(start + 3 * plane)], width: sizes[3], height: sizes[2], range)
      }
      return try? Bitmap(
        width: sizes[3], height: sizes[2], values: values[start..<(start + plane)], range: range)
    }
  }

  private static func coloured(
    _ values: ArraySlice<Float>, width: Int, height: Int, _ range: ClosedRange<Float>
  ) -> Bitmap? {
    let plane = width * height
    let span = max(range.upperBound - range.lowerBound, .leastNormalMagnitude)
    var pixels = [UInt8](repeating: 0, count: 3 * plane)
    for channel in 0..<3 {
      for pixel in 0..<plane {
        let value = values[values.startIndex + channel * plane + pixel]
        let share = min(max((value - range.lowerBound) / span, 0), 1)
        pixels[3 * pixel + channel] = value.isNaN ? 0 : UInt8((share * 255).rounded())
      }
    }
    return try? Bitmap(width: width, height: height, format: .rgb, pixels: pixels)
  }
}
