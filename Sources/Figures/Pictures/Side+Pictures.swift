// SPDX-License-Identifier: Apache-2.0
public import Images

extension Side {
  /// All figures in one scene, when all are made of lines and letters.
  public func scene(_ wording: Wording) -> Scene? {
    let scenes = figures.compactMap { ($0 as? any VectorFigure)?.scene(wording) }
    guard scenes.count == figures.count, !scenes.isEmpty else { return nil }
    let gap = 16.0
    var whole = Scene(
      width: scenes.reduce(-gap) { $0 + $1.width + gap }, height: scenes.map(\.height).max() ?? 0)
    var x = 0.0
    for scene in scenes {
      whole.append(scene, x: x)
      x += scene.width + gap
    }
    return whole
  }

  /// All figures as SVG, when all are made of lines and letters.
  public func svg(_ wording: Wording = .english) -> String? {
    scene(wording).map { SVGWriter.document($0, title: alternativeText(wording)) }
  }

  /// All figures in one picture, when all are made of pixels; transparent between them.
  public func bitmap() -> Bitmap? {
    let pictures = figures.compactMap { figure -> Bitmap? in
      switch figure {
      case let sheet as Sheet: try? sheet.bitmap()
      case let map as HeatMap: try? map.bitmap()
      default: nil
      }
    }
    guard pictures.count == figures.count, !pictures.isEmpty else { return nil }
    let gap = 16
    let width = pictures.reduce(-gap) { $0 + $1.width + gap }
    guard var whole = try? Bitmap(width: width, height: pictures.map(\.height).max() ?? 1, format: .rgba) else {
      return nil
    }
    var x = 0
    for picture in pictures {
      whole.paste(picture.converted(to: .rgba), x: x, y: 0)
      x += picture.width + gap
    }
    return whole
  }
}
