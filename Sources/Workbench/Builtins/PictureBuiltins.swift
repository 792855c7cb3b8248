// SPDX-License-Identifier: Apache-2.0
import Datasets
import Figures
import Language
import Tensors

// Pictures put together from others.

extension Builtin {
  static let grid = Builtin(
    "grid", .function, in: .display, Text("Images in rows and columns.", zh: "把图像排成行列。"),
    Parameter<ExamplesArgument>("images", Text("A data set, samples or a tensor.", zh: "数据集、样本或张量。")),
    Parameter<Shape>("cols", Text("How many stand side by side, or rows x columns.", zh: "每行的个数，或 行x列。"), default: 8),
    Parameter<[String]?>("labels", Text("What is said below each.", zh: "每幅图下的文字。"), default: .nothing),
    examples: [
      Example("grid(dataset(\"digits\", limit=6), 3)", shows: "6 images"),
      Example("grid(rand(10, 28, 28), 2x5)", shows: "10 images"),
    ], seeAlso: ["show", "pairs"]
  ) { _, images, size, labels in
    let all = try images.pictures()
    let (count, columns) = try placed(all.shape[0], size)
    let pictures = count < all.shape[0] ? try all.sliced(axis: 0, from: 0, to: count) : all
    return ImagesObject(
      pictures, range: try images.range(), columns: columns, labels: labels ?? images.classNames(count),
      caption: images.caption(count))
  }

  /// How many pictures are shown and how many of them side by side.
  private static func placed(_ count: Int, _ size: Shape) throws -> (count: Int, columns: Int) {
    let sizes = size.dimensions
    guard (1...2).contains(sizes.count), sizes.allSatisfy({ (1...10_000).contains($0) }) else {
      throw TrainingFault.amount(
        name: "cols", value: size.description,
        needs: Text("a count or rows x columns, up to 10000 each", zh: "个数或 行x列，各不超过 10000"))
    }
    return sizes.count == 1 ? (count, sizes[0]) : (min(count, sizes[0] * sizes[1]), sizes[1])
  }

  static let pairs = Builtin(
    "pairs", .function, in: .display,
    Text("Images above others: originals and reconstructions.", zh: "上下对照的两行图像：原图与重建。"),
    Parameter<ExamplesArgument>("a", Text("The upper row.", zh: "上面一行。")),
    Parameter<ExamplesArgument>("b", Text("The lower row.", zh: "下面一行。")),
    Parameter<Bool>(
      "diff", Text("Whether a third row shows b − a, zero grey.", zh: "是否用第三行显示 b − a（零为灰）。"), default: false),
    examples: [
      Example("pairs(vae.data[0:4], recon(vae, vae.data[0:4]))", shows: "mean squared error", given: givenVAE)
    ],
    seeAlso: ["recon", "grid"]
  ) { call, upper, lower, showsDifference in
    let (first, second) = (try upper.pictures(), try lower.pictures())
    guard first.shape == second.shape else {
      throw TensorError.mismatch(operation: "pairs", left: first.shape, right: second.shape)
    }
    let (one, other) = (try upper.range(), try lower.range())
    let range = min(one.lowerBound, other.lowerBound)...max(one.upperBound, other.upperBound)
    var rows = [first, second]
    var names = [call.rowName(0, fallback: "a"), call.rowName(1, fallback: "b")]
    if showsDifference {
      // Half the difference around the middle of the range: no difference is middle grey.
      let middle = Double(range.lowerBound + range.upperBound) / 2
      let halves = try (second - first) * 0.5
      rows.append(try halves + middle)
      names.append(Text("difference", zh: "差"))
    }
    let count = first.shape[0]
    let error = Numbers.fixed(try meanSquaredError(first, second).item(), 3)
    let (above, below) = (upper.caption(count), lower.isNamed ? lower.caption(count) : Text("others", zh: "另一组"))
    return ImagesObject(
      try concatenate(rows), range: range, columns: count, rowNames: names,
      caption: Text(
        "\(above.english) and \(below.english); mean squared error \(error)",
        zh: "\(above.chinese)与\(below.chinese)；均方误差 \(error)"))
  }

  static let showImages = Builtin(
    "show", .verb, in: .display,
    Text("Shows images; rows=\"all\" shows all, however many.", zh: "显示图像；rows=\"all\" 显示全部行。"),
    Parameter<ImagesObject>("x", Text("Images.", zh: "图像。")),
    Parameter<Value>("rows", Text("\"all\" for all rows in a terminal.", zh: "\"all\" 表示在终端显示全部行。"), default: .nothing),
    examples: [Example("show grid(rand(4, 28, 28))", shows: "4 images")], seeAlso: ["grid", "samples", "save"]
  ) { call, images, rows in
    var sheet = ImagesDisplay.sheet(images, call.language)
    if case .nothing = rows {} else { sheet.showsAllRows = true }
    call.emit(.display(FigureDisplay.of(sheet, call.displayContext), id: nil))
    call.keepAsLast(.host(images))
    return Nothing()
  }

  static let saveImages = Builtin(
    "save", .verb, in: .display, Text("Writes images to a file: .png, all in one picture.", zh: "把图像写入文件：.png，合为一幅。"),
    Parameter<ImagesObject>("x", Text("Images.", zh: "图像。")), pathParameter,
    examples: [Example("save(grid(rand(4, 28, 28)), \"/tmp/easel-example.png\")", shows: "saved")]
  ) { call, images, path -> String in
    if [".npz", ".csv"].contains(where: path.hasSuffix) {
      throw SavingFault.picturesAsData(images: call.argumentText(0) ?? "x", path: path)
    }
    return try FigureFile.save(ImagesDisplay.sheet(images, call.language), to: path, call.displayContext)
  }

  static let pictures: [Builtin] = [grid, pairs, showImages, saveImages]
}

extension Call {
  /// What a row of pictures is called: the argument as it was typed, when that is short.
  fileprivate func rowName(_ index: Int, fallback: String) -> Text {
    let text = argumentText(index).map { $0.cut(to: 24) } ?? fallback
    return Text(text, zh: text)
  }
}

extension ExamplesArgument {
  /// The examples in rows of eight; nil when they are no pictures.
  func sheet(caption: Text) -> ImagesObject? {
    guard let pictures = try? pictures(), let range = try? range() else { return nil }
    return ImagesObject(pictures, range: range, columns: min(pictures.shape[0], 8), caption: caption)
  }

  /// The examples as pictures [count, channel, height, width] with one or three channels.
  func pictures() throws -> Tensor {
    let x = try examples().x
    guard x.count > 0 else { throw DataFault.emptyImages }
    guard let pictures = TileReader.pictures(in: x) else { throw DataFault.noImages("\(x.shape)") }
    return pictures
  }

  /// Whether more is known of the pictures than their number.
  var isNamed: Bool {
    guard case .host(let object) = value else { return false }
    return object is ImagesObject || object is DatasetObject || object is BatchObject
  }

  /// What the pictures say of themselves, as part of a sentence.
  func caption(_ count: Int) -> Text {
    if case .host(let object) = value, let images = object as? ImagesObject { return images.caption }
    let name = DatasetObject.convert(value)?.data.name ?? BatchObject.convert(value)?.origin.name
    guard let name else { return Text("\(count) images", zh: "\(count) 幅图像") }
    return Text("\(count) images of \(name)", zh: "\(name) 的 \(count) 幅图像")
  }

  /// The names of the classes of the first pictures of a labelled data set; empty for others.
  func classNames(_ count: Int) -> [String] {
    guard let data = DatasetObject.convert(value)?.data, data.isLabelled, count <= 64 else { return [] }
    return (0..<min(count, data.count)).map { index in
      data.label(of: index).map { data.classes.indices.contains($0) ? data.classes[$0] : String($0) } ?? ""
    }
  }
}
