// SPDX-License-Identifier: Apache-2.0
import Datasets
import Language
import Tensors

// Random changes of images that should not change their class.

extension Builtin {
  static let augmentObject = Builtin(
    "Augment", .constructor, in: .augmentation,
    Text("Random changes in a row; called with images, it changes them.", zh: "依次进行的随机变换；以图像调用即可变换图像。"),
    Parameter<Rest<TransformObject>>(
      "ops", Text("RandomRotate(12), RandomShift(2), ….", zh: "RandomRotate(12)、RandomShift(2) 等。")),
    examples: [
      Example("aug = Augment(RandomRotate(12), RandomShift(2), RandomErase(6))", shows: "rotate ±12° → shift ±2 px")
    ], seeAlso: ["preview", "augment", "Classifier"]
  ) { _, operations in
    var transforms: [Transform] = []
    var mixing: Mixing?
    for object in operations.elements {
      switch object.operation {
      case .transform(let transform): transforms.append(transform)
      case .mixing(let way): mixing = way
      }
    }
    return AugmentationObject(try Augmentation(transforms, mixing: mixing))
  }

  static let rotate = change(
    "RandomRotate", "deg", Text("Turns by an angle of at most deg degrees.", zh: "旋转，角度不超过 deg。"), "RandomRotate(12)",
    "rotate"
  ) { .rotate(degrees: $0) }
  static let shift = change(
    "RandomShift", "px", Text("Moves by at most px pixels.", zh: "平移，不超过 px 像素。"), "RandomShift(2)", "shift"
  ) { .shift(pixels: $0) }
  static let shear = change(
    "RandomShear", "deg", Text("Slants by an angle of at most deg degrees.", zh: "剪切，角度不超过 deg。"), "RandomShear(8)",
    "shear"
  ) { .shear(degrees: $0) }
  static let flip = change(
    "RandomFlip", "p", Text("Mirrors with probability p; wrong for digits.", zh: "以概率 p 左右翻转；不适用于数字。"),
    "RandomFlip(0.5)",
    "flip", default: 0.5
  ) { .flip(probability: $0) }
  static let noise = change(
    "RandomNoise", "sd", Text("Adds normal noise of deviation sd.", zh: "加标准差为 sd 的正态噪声。"), "RandomNoise(0.1)", "noise"
  ) { .noise(deviation: $0) }
  static let contrast = change(
    "RandomContrast", "amount", Text("Stretches about the mean by 1 ± amount.", zh: "以均值为中心拉伸 1 ± amount 倍。"),
    "RandomContrast(0.3)", "contrast"
  ) { .contrast(amount: $0) }
  static let blur = change(
    "RandomBlur", "sd", Text("Smooths by at most sd pixels.", zh: "模糊，不超过 sd 像素。"), "RandomBlur(1)", "blur"
  ) { .blur(deviation: $0) }

  /// A change that has one number.
  private static func change(
    _ name: String, _ parameter: String, _ text: Text, _ example: String, _ shows: String,
    default value: Literal? = nil,
    _ make: @escaping @Sendable (Double) -> Transform
  ) -> Builtin {
    Builtin(
      name, .constructor, in: .augmentation, text,
      Parameter<Double>(parameter, Text("How much.", zh: "幅度。"), default: value),
      examples: [Example(example, shows: shows)], seeAlso: ["Augment"]
    ) { _, amount in
      _ = try Augmentation([make(amount)])
      return TransformObject(.transform(make(amount)))
    }
  }

  static let scale = Builtin(
    "RandomScale", .constructor, in: .augmentation,
    Text("Enlarges by a factor between lo and hi.", zh: "按 lo 与 hi 之间的倍数缩放。"),
    Parameter<Double>("lo", Text("The smallest factor.", zh: "最小倍数。")),
    Parameter<Double>("hi", Text("The largest factor.", zh: "最大倍数。")),
    examples: [Example("RandomScale(0.9, 1.1)", shows: "scale")], seeAlso: ["Augment"]
  ) { _, low, high in
    _ = try Augmentation([.scale(lower: low, upper: high)])
    return TransformObject(.transform(.scale(lower: low, upper: high)))
  }

  static let erase = Builtin(
    "RandomErase", .constructor, in: .augmentation, Text("Blanks a square at a random place.", zh: "在随机位置抹去一个方块。"),
    Parameter<Int>("px", Text("The side of the square.", zh: "方块边长。")),
    examples: [Example("RandomErase(6)", shows: "erase 6×6")], seeAlso: ["Augment"]
  ) { _, side in
    _ = try Augmentation([.erase(side: side)])
    return TransformObject(.transform(.erase(side: side)))
  }

  static let elastic = Builtin(
    "Elastic", .constructor, in: .augmentation,
    Text("Bends images by a smooth random field.", zh: "用平滑的随机场弯曲图像（弹性形变）。"),
    Parameter<Double>("alpha", Text("How strong, in pixels.", zh: "强度（像素）。"), default: 34),
    Parameter<Double>("sigma", Text("How smooth, in pixels.", zh: "平滑度（像素）。"), default: 4),
    examples: [Example("Elastic(34, 4)", shows: "elastic")], seeAlso: ["Augment"]
  ) { _, alpha, sigma in
    _ = try Augmentation([.elastic(alpha: alpha, sigma: sigma)])
    return TransformObject(.transform(.elastic(alpha: alpha, sigma: sigma)))
  }

  static let mixup = mixing("Mixup", Text("Weighted means of two images and of their labels.", zh: "两幅图像及其标签的加权平均。")) {
    .mixup(alpha: $0)
  }
  static let cutMix = mixing(
    "CutMix", Text("A rectangle of one image in another, labels mixed.", zh: "把一幅图像的矩形区域放入另一幅，标签按比例混合。")
  ) {
    .cutMix(alpha: $0)
  }

  private static func mixing(_ name: String, _ text: Text, _ make: @escaping @Sendable (Double) -> Mixing) -> Builtin {
    Builtin(
      name, .constructor, in: .augmentation, text,
      Parameter<Double>(
        "alpha", Text("Shares are drawn from Beta(alpha, alpha).", zh: "比例取自 Beta(alpha, alpha)。"), default: 0.2),
      examples: [Example("\(name)(0.2)", shows: name.lowercased())], seeAlso: ["Augment", "Classifier"]
    ) { _, alpha in
      _ = try Augmentation([], mixing: make(alpha))
      return TransformObject(.mixing(make(alpha)))
    }
  }

  static let augmentData = Builtin(
    "augment", .function, in: .augmentation,
    Text("The data followed by changed copies of themselves.", zh: "原数据加上其变换后的副本。"),
    datasetParameter,
    Parameter<AugmentationObject>("aug", Text("The changes.", zh: "变换。")),
    Parameter<Int>("times", Text("How many copies of each.", zh: "每个样本的副本数。"), default: 1),
    Parameter<Int>("seed", Text("Which drawing.", zh: "随机种子。"), default: 0),
    examples: [Example("augment(dataset(\"digits\", limit=10), Augment(RandomShift(2)), times=2).size", shows: "30")]
  ) { _, data, changes, times, seed in
    DatasetObject(
      try data.data.augmented(by: changes.augmentation, times: times, seed: UInt64(bitPattern: Int64(seed))))
  }

  static let preview = Builtin(
    "preview", .verb, in: .augmentation, Text("Images beside random changes of them.", zh: "原图与其若干随机变换。"),
    Parameter<AugmentationObject>("aug", Text("The changes.", zh: "变换。")),
    Parameter<DatasetObject>("data", Text("Images.", zh: "图像。")),
    Parameter<Int>("n", Text("How many stand in a row.", zh: "每行的图像数。"), default: 8),
    Parameter<Int>("rows", Text("How many images are shown.", zh: "展示的图像数。"), default: 4),
    examples: [Example("preview Augment(RandomRotate(12)) dataset(\"digits\", limit=10)", shows: "rotate ±12°")]
  ) { call, changes, data, columns, rows -> ImagesObject in
    guard (2...64).contains(columns), (1...64).contains(rows), !data.data.isEmpty else {
      throw TrainingFault.amount(
        name: "n", value: String(columns), needs: Text("2 to 64 in a row, 1 to 64 rows", zh: "每行 2 到 64 幅，1 到 64 行"))
    }
    var pictures: [Tensor] = []
    let seed = call.state.display.next()
    for row in 0..<min(rows, data.data.count) {
      pictures.append(try data.data.batch([row]).x)
      for draw in 0..<(columns - 1) {
        let changed = try data.data.augmentedExample(row, changes.augmentation, epoch: draw, seed: seed)
        pictures.append(try Tensor(changed.values, shape: Shape([1] + data.data.exampleShape)))
      }
    }
    let range = data.data.valueRange
    return ImagesObject(
      try concatenate(pictures), range: range.lower...range.upper, columns: columns,
      caption: Text(
        "first column as it is, then \(columns - 1) draws: \(changes.augmentation)",
        zh: "第一列为原图，其后 \(columns - 1) 列为随机变换：\(changes.augmentation)"))
  }

  static let augmentations: [Builtin] = [
    augmentObject, rotate, shift, shear, flip, noise, contrast, blur, scale, erase, elastic, mixup, cutMix,
    augmentData, preview,
  ]
}
