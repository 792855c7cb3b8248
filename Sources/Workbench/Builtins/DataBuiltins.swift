// SPDX-License-Identifier: Apache-2.0
import Datasets
import Language
import Tensors

extension Builtin {
  static let datasets = Builtin(
    "datasets", .verb, in: .data,
    Text("The data sets: what is here, and how to get the others.", zh: "数据集：哪些可用，其余如何获取。"),
    examples: [Example("datasets", shows: "digits")]
  ) { call in
    TableObject(
      ["name", "where", "images", "ready"],
      rows: call.state.catalog.entries.map { entry in
        [
          .string(entry.name), .string(entry.place ?? "–"), .string(entry.size),
          .string(entry.place == nil ? "no: \(entry.advice)" : "yes"),
        ]
      })
  }

  static let dataset = Builtin(
    "dataset", .function, in: .data,
    Text("A data set by name, or from a file or folder.", zh: "按名字或路径读取数据集。"),
    Parameter<String>("name", Text("A name or a path.", zh: "名字或路径。"), among: .dataSets),
    Parameter<String>("split", Text("Which part.", zh: "哪一部分。"), default: "train", among: .words(["train", "test"])),
    Parameter<Int?>("limit", Text("At most so many examples.", zh: "最多取多少样本。"), default: .nothing),
    Parameter<Int>("seed", Text("Which drawing of a built-in set.", zh: "内置数据集的随机种子。"), default: 0),
    Parameter<Bool>("download", Text("Fetches a published set that is not here.", zh: "本机没有时是否下载。"), default: false),
    examples: [Example("data = dataset(\"digits\", limit=500)", shows: "Dataset digits/train  500 × [1, 28, 28] f32")]
  ) { call, name, split, limit, seed, download in
    DatasetObject(
      try call.state.catalog.dataset(
        name, split: split, limit: limit, seed: UInt64(bitPattern: Int64(seed)), download: download))
  }

  static let makeDataset = Builtin(
    "Dataset", .constructor, in: .data, Text("A data set of your own tensors.", zh: "由自己的张量组成的数据集。"),
    Parameter<Tensor>("x", Text("Examples, the first axis counts them.", zh: "样本，第一轴为样本数。")),
    Parameter<Tensor?>("y", Text("Their labels.", zh: "标签。"), default: .nothing),
    examples: [Example("Dataset(zeros(10, 1, 8, 8))", shows: "10 × [1, 8, 8]")]
  ) { _, x, y in DatasetObject(try Dataset(x: x, y: y)) }

  static let loader = Builtin(
    "Loader", .constructor, in: .data,
    Text("Deals a data set in batches; each for over it is one epoch.", zh: "把数据集分批；每次 for 遍历为一轮。"),
    datasetParameter,
    Parameter<Int>("batch", Text("How many examples a batch has.", zh: "每批样本数。"), default: 64),
    Parameter<Bool>("shuffle", Text("Whether each epoch has an order of its own.", zh: "每轮是否重新打乱。"), default: true),
    examples: [Example("Loader(dataset(\"digits\", limit=500), batch=64)", shows: "8 batches of 64  shuffled")]
  ) { call, data, batch, shuffle in
    let stream = RandomStream(
      seed: call.state.seed, stream: call.state.newNumber() << 4 | StreamPurpose.order.rawValue)
    return LoaderObject(try Loader(data.data, batch: batch, shuffle: shuffle, random: stream))
  }

  static let next = Builtin(
    "next", .function, in: .data, Text("The next batch; goes on into the next epoch.", zh: "下一批；到头后进入下一轮。"),
    Parameter<LoaderObject>("loader", Text("A loader.", zh: "加载器。")),
    examples: [Example("real, _ = next(Loader(dataset(\"digits\", limit=500))); real.shape", shows: "[64, 1, 28, 28]")]
  ) { _, loader in BatchObject(try loader.loader.next(), from: loader.loader.data) }

  static let take = Builtin(
    "take", .function, in: .data, Text("The first n examples.", zh: "前 n 个样本。"), datasetParameter, countParameter,
    examples: [Example("take(dataset(\"digits\"), 100).size", shows: "100")]
  ) { _, data, count in DatasetObject(try data.data.prefix(count)) }

  static let perClass = Builtin(
    "per_class", .function, in: .data, Text("n examples of each class.", zh: "每类取 n 个样本。"), datasetParameter,
    countParameter,
    Parameter<Int>("seed", Text("Which drawing.", zh: "随机种子。"), default: 0),
    examples: [Example("per_class(dataset(\"digits\"), 10).size", shows: "100")]
  ) { _, data, count, seed in
    DatasetObject(try data.data.perClass(count, seed: UInt64(bitPattern: Int64(seed))))
  }

  static let only = Builtin(
    "only", .function, in: .data, Text("The examples with certain labels.", zh: "只取指定标签的样本。"), datasetParameter,
    Parameter<LabelsArgument>("labels", Text("A label, or a list of them.", zh: "一个标签或标签列表。")),
    examples: [Example("only(dataset(\"digits\", limit=200), [1, 7]).size > 0", shows: "True")]
  ) { _, data, labels in DatasetObject(try data.data.only(labels.labels)) }

  static let splitDataset = Builtin(
    "split", .function, in: .data, Text("Two parts, the first with a share of each class.", zh: "按比例分成两份，各类比例一致。"),
    datasetParameter,
    Parameter<Double>("frac", Text("The share of the first part, 0 … 1.", zh: "第一份的比例，0 … 1。")),
    Parameter<Int>("seed", Text("Which drawing.", zh: "随机种子。"), default: 0),
    examples: [Example("a, b = split(dataset(\"digits\", limit=200), 0.8); a.size + b.size", shows: "200")]
  ) { _, data, share, seed -> Value in
    let (first, second) = try data.data.split(share, seed: UInt64(bitPattern: Int64(seed)))
    return .tuple([DatasetObject(first).value, DatasetObject(second).value])
  }

  static let normalize = Builtin(
    "normalize", .function, in: .data, Text("The data scaled by (x − mean) / std.", zh: "按 (x − mean) / std 缩放数据。"),
    datasetParameter, meanParameter, deviationParameter,
    examples: [Example("data = dataset(\"digits\", limit=10) |> normalize(0.5, 0.5)", shows: "−1 … 1")]
  ) { _, data, mean, deviation in
    DatasetObject(try data.data.normalized(mean: Float(mean), deviation: Float(deviation)))
  }

  static let normalizeTensor = Builtin(
    "normalize", .function, in: .data, Text("The elements scaled by (x − mean) / std.", zh: "按 (x − mean) / std 缩放元素。"),
    tensorParameter, meanParameter, deviationParameter,
    examples: [Example("normalize(tensor([0.0, 1.0]), 0.5, 0.5)", shows: "[−1, 1]")]
  ) { _, x, mean, deviation in try (x - mean) / deviation }

  static let denormalize = Builtin(
    "denormalize", .function, in: .data, Text("The data scaled by x · std + mean.", zh: "按 x · std + mean 还原数据。"),
    datasetParameter, meanParameter, deviationParameter,
    examples: [
      Example("data = dataset(\"digits\", limit=10) |> normalize(0.5, 0.5) |> denormalize(0.5, 0.5)", shows: "0 … 1")
    ]
  ) { _, data, mean, deviation in
    DatasetObject(try data.data.denormalized(mean: Float(mean), deviation: Float(deviation)))
  }

  static let denormalizeTensor = Builtin(
    "denormalize", .function, in: .data, Text("The elements scaled by x · std + mean.", zh: "按 x · std + mean 还原元素。"),
    tensorParameter, meanParameter, deviationParameter,
    examples: [Example("denormalize(tensor([-1.0, 1.0]), 0.5, 0.5)", shows: "[0, 1]")]
  ) { _, x, mean, deviation in try x * deviation + mean }

  static let data: [Builtin] = [
    datasets, dataset, makeDataset, loader, next, take, perClass, only, splitDataset, normalize, normalizeTensor,
    denormalize, denormalizeTensor,
  ]

  static let datasetParameter = Parameter<DatasetObject>("data", Text("A data set.", zh: "数据集。"))
  private static let countParameter = Parameter<Int>("n", Text("How many.", zh: "个数。"))
  private static let meanParameter = Parameter<Double>("mean", Text("What is taken off.", zh: "均值。"))
  private static let deviationParameter = Parameter<Double>("std", Text("What it is divided by.", zh: "标准差。"))
}

/// Labels, given as one whole number or as a list.
struct LabelsArgument: ValueConvertible {
  let labels: [Int]

  static var typeName: String { "Int or List" }

  static func convert(_ value: Value) -> LabelsArgument? {
    if let label = Int.convert(value) { return LabelsArgument(labels: [label]) }
    return [Int].convert(value).map(LabelsArgument.init)
  }

  var value: Value { .list(labels.map(Value.int)) }
}
