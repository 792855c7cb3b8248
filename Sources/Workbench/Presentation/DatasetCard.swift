// SPDX-License-Identifier: Apache-2.0
import Datasets
import Figures
import Images
import Language
import Tensors

/// The page on a data set: facts, classes, findings, mean images and samples.
enum DatasetCard {
  /// The page of a data set.
  ///
  /// - Parameters:
  ///   - data: The set.
  ///   - samples: Pictures of each class below its mean.
  ///   - language: The language of its words.
  /// - Returns: A page whose pictures show what training sees, scaling included.
  static func page(_ data: Dataset, samples: Int = 2, _ language: MessageLanguage) -> DatasetSheet {
    let isChinese = language == .chinese
    let cuts = data.cuts.isEmpty ? "" : ", " + data.cuts.joined(separator: ", ")
    let shape = data.exampleShape.map(String.init).joined(separator: "×")
    var facts = [
      (isChinese ? "图像" : "images", "\(data.count) × \(shape)"),
      (isChinese ? "值域" : "values", data.valueRange.description),
    ]
    for scaling in data.normalizations {
      let (mean, deviation) = (Numbers.short(Double(scaling.mean)), Numbers.short(Double(scaling.deviation)))
      facts.append(
        scaling.isInverse
          ? (isChinese ? "还原" : "denormalized by", "x · \(deviation) + \(mean)")
          : (isChinese ? "归一化" : "normalized by", "(x − \(mean)) / \(deviation)"))
    }
    let findings =
      isChinese
      ? "重复 \(data.duplicateCount)   空白 \(data.blankCount)"
      : "duplicates \(data.duplicateCount)   blank \(data.blankCount)"
    return DatasetSheet(
      title: "\(data.name) (\(data.split)\(cuts))", source: data.source, facts: facts,
      classes: data.isLabelled ? zip(data.classes, data.classCounts).map { ($0, $1) } : [], notes: [findings],
      sheet: data.isImages ? sheet(data, samples, isChinese) : nil)
  }

  /// Mean images above samples, a column for each class; without labels, the first pictures.
  private static func sheet(_ data: Dataset, _ samples: Int, _ isChinese: Bool) -> Sheet? {
    guard !data.isEmpty else { return nil }
    guard data.isLabelled else {
      let count = min(data.count, 16)
      let tiles = (0..<count).map { tile(data.example($0), data) }
      return Sheet(tiles, columns: 8, caption: isChinese ? "前 \(count) 幅图像" : "the first \(count) images")
    }
    let members = places(data, samples)
    var tiles: [Bitmap?] = data.classes.indices.map { tile(data.meanExample(ofClass: $0), data) }
    for row in 0..<samples {
      tiles += members.map { places in row < places.count ? tile(data.example(places[row]), data) : nil }
    }
    let name = data.name
    let caption =
      isChinese ? "\(name)：各类的平均图像与 \(samples) 个样本" : "\(name): mean image and \(samples) samples of each class"
    return Sheet(tiles, columns: data.classes.count, caption: caption, columnNames: data.classes)
  }

  /// The first places of each class.
  private static func places(_ data: Dataset, _ count: Int) -> [[Int]] {
    var places = [[Int]](repeating: [], count: data.classes.count)
    for (place, label) in data.labels.enumerated() where places.indices.contains(label) {
      if places[label].count < count { places[label].append(place) }
    }
    return places
  }

  private static func tile(_ values: [Float], _ data: Dataset) -> Bitmap? {
    let range = data.valueRange
    return TileReader.tile(values[...], shape: data.exampleShape, range: range.lower...range.upper)
  }

  /// The page as HTML: a table of facts, a table of classes with a bar each.
  static func html(_ page: DatasetSheet, _ wording: Wording) -> String {
    var html = page.table(wording).html(wording)
    guard !page.classes.isEmpty else { return html }
    let most = max(1, page.classes.map(\.count).max() ?? 1)
    let caption = HTML.escaped(page.bars(wording).title)
    html += "<table><caption>\(caption)</caption><tbody>\n"
    for (name, count) in page.classes {
      html += "<tr><th scope=\"row\" style=\"text-align:left\">\(HTML.escaped(name))</th><td>\(count)</td>"
      html += "<td><meter min=\"0\" max=\"\(most)\" value=\"\(count)\"></meter></td></tr>\n"
    }
    return html + "</tbody></table>\n"
  }
}
