// SPDX-License-Identifier: Apache-2.0
import Datasets
import Language
import QualityMetrics
import Tensors

// Measures in pixels, which need no judge.

extension Builtin {
  static let nearest = Builtin(
    "nearest", .function, in: .metrics,
    Text("Samples above their nearest images of some data, with the distances.", zh: "样本与其在数据中最近的图像（及距离）对照。"),
    samplesParameter,
    Parameter<DatasetObject>("data", Text("Where to look.", zh: "在哪些数据中查找。")),
    Parameter<Int>("k", Text("How many neighbours each.", zh: "每个样本的近邻数。"), default: 1),
    sampleCountParameter(8),
    examples: [Example("nearest(rand(3, 1, 28, 28), dataset(\"digits\", limit=50))", shows: "nearest")]
  ) { call, samples, data, neighbours, count -> ImagesObject in
    let images = try samples.pixels(max(count, 1)).images
    let shape = Array(images.shape.dimensions.dropFirst())
    guard shape == data.data.exampleShape else {
      throw MetricError.mismatch(measure: "nearest", left: shape, right: data.data.exampleShape)
    }
    let found = try nearestImages(
      to: Features(images), in: data.data, count: neighbours, shouldStop: call.stopRequest)
    var rows = [images]
    for place in 0..<neighbours {
      let indices = found.map { $0.indices.contains(place) ? $0[place].index : 0 }
      rows.append(try data.data.unscaled.batch(indices).x)
    }
    let distances = found.compactMap { $0.first.map { Numbers.short($0.distance, digits: 3) } }
    let middle = found.compactMap { $0.first?.distance }.sorted()[found.count / 2]
    let median = Numbers.short(middle, digits: 3)
    return ImagesObject(
      try concatenate(rows), range: 0...1, columns: images.shape[0],
      labels: [String](repeating: "", count: images.shape[0]) + distances,
      rowNames: [Text("samples", zh: "样本")]
        + (0..<neighbours).map { Text("nearest \($0 + 1)", zh: "第 \($0 + 1) 近") },
      caption: Text(
        "\(images.shape[0]) of \(samples.name) above the nearest of \(data.data.name); median distance \(median)",
        zh: "\(samples.name) 的 \(images.shape[0]) 幅与 \(data.data.name) 中最近的图像；距离中位数 \(median)"))
  }

  static let duplicates = Builtin(
    "duplicates", .verb, in: .metrics, Text("Pairs of images that are all but the same.", zh: "几乎相同的图像对。"),
    samplesParameter,
    sampleCountParameter(1000),
    Parameter<Double>("distance", Text("Below which two count as one.", zh: "小于此距离视为相同。"), default: 1),
    examples: [Example("duplicates zeros(4, 1, 8, 8)", shows: "6 pairs")]
  ) { _, samples, count, distance in
    let pairs = try duplicatePairs(Features(samples.pixels(max(count, 2)).images), threshold: distance)
    return TableObject(
      ["first", "second", "distance"],
      rows: pairs.prefix(1000).map { [.int($0.first), .int($0.second), .float($0.distance)] },
      notes: [Text("\(pairs.count) pairs", zh: "\(pairs.count) 对")])
  }

  static let memorizationTable = Builtin(
    "memorization", .verb, in: .metrics,
    Text("Whether samples are closer to the training images than new images are.", zh: "样本是否比新的真实图像更接近训练图像（记忆检验）。"),
    samplesParameter,
    Parameter<DatasetObject>("training", Text("What the generator has seen.", zh: "生成器见过的数据。")),
    Parameter<DatasetObject>("heldout", Text("What it has not seen.", zh: "没有见过的数据。")),
    sampleCountParameter(1000),
    examples: [
      Example(
        "memorization(dataset(\"digits\", limit=20), dataset(\"digits\", limit=100), dataset(\"digits\", split=\"test\", limit=40))",
        shows: "copied")
    ]
  ) { call, samples, training, heldOut, count in
    let result = try memorization(
      of: Features(samples.pixels(max(count, 1)).images), training: training.data, heldOut: heldOut.data,
      shouldStop: call.stopRequest)
    let share = NumberText.fixed(result.copiedShare * 100, 1)
    return TableObject(
      ["median distance to training images", "value"],
      rows: [
        [.string("samples"), EstimateObject(result.sampleDistance, error: result.errors.sample).value],
        [.string("held-out images"), EstimateObject(result.heldOutDistance, error: result.errors.heldOut).value],
        [.string("ratio"), EstimateObject(result.ratioEstimate).value],
      ],
      notes: [
        Text(
          "\(share) % of the samples are copied: closer to a training image than 99 % of held-out images",
          zh: "\(share) % 的样本可视为抄袭：比 99 % 的留出图像更接近某幅训练图像")
      ])
  }

  static let psnr = Builtin(
    "psnr", .function, in: .metrics,
    Text("The peak signal-to-noise ratio of images, in decibels.", zh: "图像的峰值信噪比（分贝）。"),
    firstImages, secondImages,
    examples: [Example("psnr(zeros(1, 1, 8, 8), full([1, 1, 8, 8], 0.1)) > 19.9", shows: "True")]
  ) { _, a, b -> EstimateObject in
    let (first, second) = try ImagePairs.values(a, b, "psnr")
    let (left, right) = (first.scalars(), second.scalars())
    let each = try ImagePairs.each(first, left, right) { (one, other, _) throws(MetricError) in
      try peakSignalToNoise(one, other)
    }
    return EstimateObject(try peakSignalToNoise(left, right), error: Estimate(meanOf: each).standardError)
  }

  static let ssim = Builtin(
    "ssim", .function, in: .metrics, Text("The structural similarity of images, at most 1.", zh: "图像的结构相似度，最大为 1。"),
    firstImages, secondImages,
    examples: [Example("x = rand(2, 1, 16, 16); ssim(x, x)", shows: "1")]
  ) { _, a, b -> EstimateObject in
    let (first, second) = try ImagePairs.values(a, b, "ssim")
    return EstimateObject(
      Estimate(
        meanOf: try ImagePairs.each(first, first.scalars(), second.scalars()) {
          (one, other, shape) throws(MetricError) in try structuralSimilarity(one, other, shape: shape)
        }))
  }

  static let cas = Builtin(
    "cas", .function, in: .metrics,
    Text("The accuracy on real images of a classifier trained on samples alone.", zh: "仅用样本训练的分类器在真实图像上的正确率（CAS）。"),
    Parameter<DatasetObject>("samples", Text("Labelled samples.", zh: "带标签的样本。")),
    Parameter<DatasetObject>("test", Text("Labelled real images.", zh: "带标签的真实图像。")),
    Parameter<Int>("steps", Text("How many batches it learns from.", zh: "训练批数。"), default: 1200),
    Parameter<Int>("seed", Text("What weights and order follow from.", zh: "随机种子。"), default: 0),
    examples: [
      Example(
        "cas(dataset(\"digits\", limit=100), dataset(\"digits\", split=\"test\", limit=50), steps=5) >= 0",
        shows: "True")
    ]
  ) { call, samples, test, steps, seed -> EstimateObject in
    let score = try classificationAccuracyScore(
      samples: samples.data, test: test.data, steps: steps, seed: UInt64(bitPattern: Int64(seed)),
      shouldStop: call.stopRequest)
    return EstimateObject(.accuracy(score.accuracy, of: test.data.count))
  }

  private static let firstImages = Parameter<ExamplesArgument>("a", Text("Images.", zh: "图像。"))
  private static let secondImages = Parameter<ExamplesArgument>(
    "b", Text("Images of the same shape.", zh: "形状相同的图像。"))

  static let pixelMetrics: [Builtin] = [nearest, duplicates, memorizationTable, psnr, ssim, cas]
}

/// Two sets of images of one shape, pixels 0 … 1.
private enum ImagePairs {
  /// What a measure says of each pair; `images` gives their shape, the others their numbers.
  static func each(
    _ images: Tensor, _ left: [Float], _ right: [Float],
    _ measure: ([Float], [Float], [Int]) throws(MetricError) -> Double
  ) throws(MetricError) -> [Double] {
    let shape = Array(images.shape.dimensions.dropFirst())
    let size = shape.reduce(1, *)
    return try (0..<images.shape[0]).map { (index) throws(MetricError) in
      let place = index * size..<(index + 1) * size
      return try measure(Array(left[place]), Array(right[place]), shape)
    }
  }

  static func values(_ a: ExamplesArgument, _ b: ExamplesArgument, _ measure: String) throws -> (Tensor, Tensor) {
    let (range, other) = (try a.range(), try b.range())
    let shared = ValueRange(
      min(range.lowerBound, other.lowerBound), max(range.upperBound, other.upperBound))
    let (first, second) = (try pixels(of: a.pictures(), from: shared), try pixels(of: b.pictures(), from: shared))
    guard first.shape == second.shape else {
      throw TensorError.mismatch(operation: measure, left: first.shape, right: second.shape)
    }
    return (first, second)
  }
}
