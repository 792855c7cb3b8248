// SPDX-License-Identifier: Apache-2.0
public import Images

/// A figure of lines, areas and letters.
public protocol VectorFigure: Figure {
  /// What is drawn, the same in SVG and in pixels.
  func scene(_ wording: Wording) -> Scene
}

extension VectorFigure {
  /// The figure as SVG, on a transparent ground, readable on light and dark pages.
  public func svg(_ wording: Wording = .english) -> String {
    SVGWriter.document(scene(wording), title: alternativeText(wording))
  }

  /// The figure in pixels.
  ///
  /// Its letters are those of `PixelFont`; what they lack, such as Chinese, is left out, so SVG is the better form
  /// wherever it can be shown.
  ///
  /// - Parameters:
  ///   - scale: Pixels of the picture for each pixel of the SVG, at least 1.
  ///   - ground: Red, green and blue behind the figure; nil leaves it transparent.
  /// - Returns: RGBA.
  /// - Throws: `ImageError.tooLarge` beyond the limit of bitmaps.
  public func bitmap(scale: Int = 2, ground: [UInt8]? = [255, 255, 255]) throws(ImageError) -> Bitmap {
    try scene(.english).bitmap(scale: scale, ground: ground)
  }
}

extension Scene {
  /// The scene in pixels.
  ///
  /// - Parameters:
  ///   - scale: Pixels of the picture for each pixel of the scene, 1 … 8.
  ///   - ground: Red, green and blue behind the scene; nil leaves it transparent.
  /// - Returns: RGBA.
  /// - Throws: `ImageError.tooLarge` beyond the limit of bitmaps.
  public func bitmap(scale: Int = 2, ground: [UInt8]? = [255, 255, 255]) throws(ImageError) -> Bitmap {
    try Rasterizer.bitmap(self, scale: min(max(1, scale), 8), ground: ground)
  }
}
