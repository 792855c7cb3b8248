// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

// Pictures put together from others.

extension Builtin {
  static let grid = Builtin(
    "grid", .function, in: .display, Text("Images in rows and columns.", zh: "把图像排成行列。"),
    Parameter<ExamplesArgument>("images", Text("A data set, samples or a tensor.", zh: "数据集、样本或张量。")),
    Parameter<Int>("cols", Text("How many stand side by side.", zh: "每行的个数。"), default: 8),
    Parameter<[String]?>("labels", Text("What is said below each.", zh: "每幅图下的文字。"), default: .nothing),
    examples: [Example("grid(dataset(\"digits\", limit=6), 3)", shows: "6 images")]
  ) { _, images, columns, labels in
    let pictures = try images.pictures()
    return ImagesObject(
      pictures, range: try images.range(), columns: columns, labels: labels ?? [],
      caption: Text("\(pictures.shape[0]) images", zh: "\(pictures.shape[0]) 幅图像"))
  }

  static let pairs = Builtin(
    "pairs", .function, in: .display,
    Text("Images above others: originals and reconstructions.", zh: "上下对照的两行图像：原图与重建。"),
    Parameter<ExamplesArgument>("a", Text("The upper row.", zh: "上面一行。")),
    Parameter<ExamplesArgument>("b", Text("The lower row.", zh: "下面一行。")),
    examples: [Example("pairs(vae.data[0:4], recon(vae, vae.data[0:4]))", shows: "mean squared error", given: givenVAE)]
  ) { _, upper, lower in
    let (first, second) = (try upper.pictures(), try lower.pictures())
    guard first.shape == second.shape else {
      throw TensorError.mismatch(operation: "pairs", left: first.shape, right: second.shape)
    }
    let count = first.shape[0]
    let error = Numbers.fixed(try meanSquaredError(first, second).item(), 3)
    let (range, other) = (try upper.range(), try lower.range())
    return ImagesObject(
      try concatenate([first, second]),
      range: min(range.lowerBound, other.lowerBound)...max(range.upperBound, other.upperBound), columns: count,
      caption: Text(
        "\(upper.title.english)\(count) images and \(lower.title.english.isEmpty ? "others" : lower.title.english); mean squared error \(error)",
        zh:
          "\(upper.title.chinese)\(count) 幅图像与\(lower.title.chinese.isEmpty ? "另一组" : lower.title.chinese)；均方误差 \(error)"
      ))
  }

  static let figures: [Builtin] = [grid, pairs]
}

extension ExamplesArgument {
  /// The examples as pictures [count, channel, height, width].
  func pictures() throws -> Tensor {
    let x = try examples().x
    switch x.rank {
    case 4: return x
    case 3: return try x.unsqueezed(axis: 1)
    case 2: return try x.reshaped(to: [1, 1, x.shape[0], x.shape[1]])
    default: throw DataFault.noImages("\(Shape(x.shape.dimensions))")
    }
  }

  /// What the pictures say of themselves, as part of a sentence; empty when nothing is known.
  var title: Text {
    if case .host(let object) = value, let images = object as? ImagesObject { return images.caption }
    return Text("", zh: "")
  }
}
