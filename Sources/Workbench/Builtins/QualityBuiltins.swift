// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import QualityMetrics
import Tensors

// How good samples are, in the eyes of a judge.

extension Builtin {
  static let judge = Builtin(
    "judge", .function, in: .metrics,
    Text("A classifier of real data, in whose eyes samples are measured.", zh: "真实数据的分类器，用来评判样本。"),
    Parameter<DatasetObject>("data", Text("Labelled images to learn from.", zh: "用于训练的带标签图像。")),
    Parameter<DatasetObject?>(
      "test", Text("Labelled images that it has not seen.", zh: "未见过的带标签图像。"), default: .nothing),
    Parameter<String?>(
      "weights", Text("An .npz file with its weights; nothing is trained then.", zh: "存有其权重的 .npz 文件；给出则不再训练。"),
      default: .nothing, among: .paths),
    examples: [Example("j.accuracy > 0.1", shows: "True", given: givenJudge)], seeAlso: ["coverage", "quality"]
  ) { call, data, test, weights -> JudgeObject in
    if let weights {
      let seen = try test?.data ?? call.state.judgeData(for: data.data).test
      return JudgeObject(
        try Judge(contentsOf: weights, name: data.data.name, classes: data.data.classes, test: seen))
    }
    guard let test else { return JudgeObject(try call.state.judge(nil, for: data.data, call)) }
    return JudgeObject(
      try Judge(training: data.data, test: test.data, shouldStop: call.stopRequest))
  }

  static let saveJudge = Builtin(
    "save", .verb, in: .metrics,
    Text(
      "Writes a judge to an .npz file: weights under PyTorch's names, and scale.",
      zh: "把评判分类器写入 .npz：权重（名字与 PyTorch 一致）与 scale。"),
    Parameter<JudgeObject>("judge", Text("A judge.", zh: "评判分类器。")), pathParameter,
    examples: [
      Example(
        "save(j, \"/tmp/easel-example-judge.npz\"); judge(real, real[0:60], weights=\"/tmp/easel-example-judge.npz\").accuracy > 0.1",
        shows: "True", given: givenJudge)
    ], seeAlso: ["judge"]
  ) { call, judge, path in
    guard path.hasSuffix(".npz") else { throw FigureFault.fileType(path: path, known: [".npz"]) }
    try judge.judge.write(to: path)
    return ValueFile.said(path, call)
  }

  static let coverage = Builtin(
    "coverage", .verb, in: .metrics,
    Text(
      "Which classes samples fall into, by a judge; modes covered, KL from the data.",
      zh: "由评判分类器统计样本落入哪些类别；覆盖的模式数与相对数据的 KL。"),
    samplesParameter, sampleCountParameter(1000), judgeParameter,
    examples: [Example("coverage gan 50 judge=j", shows: "modes covered", given: givenGAN + givenJudge)],
    seeAlso: ["quality", "nearest"]
  ) { call, samples, count, judge in
    let judge = try call.state.judge(judge, for: samples.judgedData(), call)
    let quality = try SampleReport.quality(of: samples, count, judge, call)
    return SampleReport.coverage(quality, samples.name, judge, call.language)
  }

  static let quality = Builtin(
    "quality", .verb, in: .metrics,
    Text(
      "Everything a judge can say of samples: distances, precision, recall, classes, alarms.",
      zh: "评判分类器对样本的全部评价：距离、精确率、召回率、类别与警报。"),
    samplesParameter, sampleCountParameter(2000), judgeParameter,
    examples: [Example("quality gan 50 judge=j", shows: "Fréchet", given: givenGAN + givenJudge)],
    seeAlso: ["coverage", "frechet", "memorization"]
  ) { call, samples, count, judge in
    let judge = try call.state.judge(judge, for: samples.judgedData(), call)
    let quality = try SampleReport.quality(of: samples, count, judge, hasErrors: true, call)
    return SampleReport.table(quality, samples.name, judge)
  }

  static let frechet = Builtin(
    "frechet", .function, in: .metrics,
    Text("The Fréchet distance of two sets of images in a judge's features.", zh: "两组图像在评判分类器特征空间中的 Fréchet 距离。"),
    samplesParameter, referenceParameter, sampleCountParameter(2000), judgeParameter,
    examples: [Example("frechet(real[0:60], real[60:120], judge=j) < 200", shows: "True", given: givenJudge)]
  ) { call, a, b, count, judge -> EstimateObject in
    let (first, second) = try SampleReport.features(a, b, count, judge, call)
    return EstimateObject(
      try frechetDistance(first, second), error: (try? frechetEstimate(first, second).standardError) ?? .nan)
  }

  static let kid = Builtin(
    "kid", .function, in: .metrics,
    Text("The kernel distance of two sets of images, with its standard error.", zh: "两组图像的核距离（KID）及其标准误。"),
    samplesParameter,
    referenceParameter, sampleCountParameter(2000), judgeParameter,
    examples: [Example("kid(real[0:60], real[60:120], judge=j).value < 100", shows: "True", given: givenJudge)]
  ) { call, a, b, count, judge -> EstimateObject in
    let (first, second) = try SampleReport.features(a, b, count, judge, call)
    return EstimateObject(try kernelDistance(first, second))
  }

  static let precisionRecall = Builtin(
    "precision_recall", .function, in: .metrics,
    Text("Precision, recall, density and coverage of samples beside real images.", zh: "样本相对真实图像的精确率、召回率、密度与覆盖率。"),
    samplesParameter, referenceParameter, sampleCountParameter(2000), judgeParameter,
    Parameter<Int>("k", Text("How many neighbours reach.", zh: "近邻个数。"), default: 5),
    examples: [
      Example("precision_recall(real[0:60], real[60:120], judge=j).recall > 0.1", shows: "True", given: givenJudge)
    ]
  ) { call, a, b, count, judge, neighbours in
    let (first, second) = try SampleReport.features(a, b, count, judge, call)
    let result = try precisionAndRecall(generated: first, real: second, neighbours: neighbours)
    let (precision, recall, coverage) = result.estimates
    return Record([
      ("precision", EstimateObject(precision).value), ("recall", EstimateObject(recall).value),
      ("density", EstimateObject(result.density, error: result.densityError).value),
      ("coverage", EstimateObject(coverage).value),
    ])
  }

  static let qualities: [Builtin] = [judge, saveJudge, coverage, quality, frechet, kid, precisionRecall]

  // MARK: Parameters and examples

  static let samplesParameter = Parameter<SamplesArgument>(
    "a", Text("A GAN or VAE, samples, or data.", zh: "GAN、VAE、样本或数据。"))
  static let referenceParameter = Parameter<SamplesArgument>(
    "b", Text("Real images to compare with.", zh: "用于比较的真实图像。"))
  private static let judgeParameter = Parameter<JudgeObject?>(
    "judge", Text("Who judges; by default a classifier of the data, kept in your cache.", zh: "评判者；默认为该数据的分类器，保存在缓存中。"),
    default: .nothing)

  static func sampleCountParameter(_ count: Int) -> Parameter<Int> {
    Parameter<Int>("n", Text("How many samples.", zh: "样本数。"), default: .int(count))
  }

  static let givenJudge =
    "real = dataset(\"digits\", limit=200); j = judge(real, dataset(\"digits\", split=\"test\", limit=60));"
}

extension SamplesArgument {
  /// The data that tell who shall judge.
  func judgedData() throws -> Dataset {
    guard let data else { throw DataFault.noJudge }
    return data
  }
}
