// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import QualityMetrics
import Tensors

extension Builtin {
  static let synth = Builtin(
    "synth", .function, in: .augmentation,
    Text("Labelled samples as a data set, to train a classifier on.", zh: "带标签的样本组成的数据集，可用来训练分类器。"), samplerParameter,
    Parameter<Int>("n", Text("How many.", zh: "个数。")),
    Parameter<LabelSourceArgument?>(
      "labels", Text("The classes to make, or a classifier that names them.", zh: "要生成的类别，或由分类器来标注。"), default: .nothing
    ),
    Parameter<Bool>(
      "fresh", Text("New noise instead of the same every time.", zh: "使用新噪声，而不是每次相同的噪声。"), default: false),
    Parameter<DatasetObject?>(
      "around",
      Text(
        "Labelled images that a VAE's samples stay close to and take their labels from.",
        zh: "带标签的图像：VAE 样本取自其周围并沿用其标签。"),
      default: .nothing), spreadParameter, neighbourhoodParameter,
    examples: [
      Example("synth(vae, 50, around=vae.data).size", shows: "50", given: givenVAE),
      Example(
        "synth(vae, 50).size", shows: "50",
        given: "vae = VAE(dataset(\"digits\", limit=100), z=8, batch=32, cond=True);"),
    ], seeAlso: ["samples", "around", "augment"]
  ) { call, trainer, count, source, fresh, centres, spread, how in
    let data = trainer.object.trainer.state.loader?.data
    let classes = data?.classes ?? []
    guard (1...1_000_000).contains(count) else {
      throw TrainingFault.amount(name: "n", value: String(count), needs: Text("1 to 1000000", zh: "1 到 1000000"))
    }
    if let centres {
      return try Synthesis.around(
        centres.data, count, trainer, spread: spread, CodeNeighbourhood(rawValue: how) ?? .posterior, fresh: fresh, call
      )
    }
    if trainer.sampler.takesLabels {
      let wanted = source?.labels ?? Array(0..<max(classes.count, 1))
      let labels = (0..<count).map { wanted[$0 % max(wanted.count, 1)] }
      let made = try Synthesis.samples(trainer, count, labels: labels, fresh: fresh, call)
      return try Synthesis.dataset(made, labels: labels, trainer, data)
    }
    guard let judge = source?.classifier else {
      throw TrainingFault.noLabels(trainer.object.name, kind: trainer.object.typeName)
    }
    let made = try Synthesis.samples(trainer, count, labels: nil, fresh: fresh, call)
    let guesses = try Tensors.argmax(judge.probabilities(of: made), alongAxis: 1).integers().map { Int($0) }
    return try Synthesis.dataset(made, labels: guesses, trainer, data)
  }

  static let synthesis: [Builtin] = [synth]
}

/// Samples as data.
private enum Synthesis {
  /// So many samples, a thousand at a time, so that memory suffices and Ctrl-C is heard.
  static func samples(
    _ trainer: SamplerArgument, _ count: Int, labels: [Int]?, fresh: Bool, _ call: Call
  ) throws -> Tensor {
    // The same noise every time, so that the data set of a step is always the same.
    let stream = fresh ? call.state.display : RandomStream(seed: trainer.object.trainer.state.seed, stream: 1 << 40)
    var parts: [Tensor] = []
    for start in stride(from: 0, to: count, by: 1000) {
      try call.checkInterruption()
      let size = min(1000, count - start)
      let codes = try stream.normal([size, trainer.sampler.latent])
      parts.append(try trainer.sampler.samples(from: codes, labels: labels.map { Array($0[start..<(start + size)]) }))
    }
    return try concatenate(parts)
  }

  /// So many samples around images, taken in turn, with their labels.
  static func around(
    _ centres: Dataset, _ count: Int, _ trainer: SamplerArgument, spread: Double, _ how: CodeNeighbourhood,
    fresh: Bool, _ call: Call
  ) throws -> DatasetObject {
    guard let vae = trainer.sampler as? VAETrainer else {
      throw TrainingFault.wrongKind(found: trainer.object.trainer.typeName, needed: "VAE")
    }
    guard centres.isLabelled else { throw DatasetError.unlabelled(name: centres.name) }
    guard !centres.isEmpty else { throw DatasetError.empty(operation: "synth") }
    let scaled = trainer.object.inTrainingScale(centres, call)
    let stream = fresh ? call.state.display : RandomStream(seed: vae.state.seed, stream: 1 << 40)
    let rows = (0..<count).map { $0 % centres.count }
    var parts: [Tensor] = []
    for start in stride(from: 0, to: count, by: 1000) {
      try call.checkInterruption()
      let batch = try scaled.batch(Array(rows[start..<min(start + 1000, count)]))
      parts.append(
        try vae.around(
          batch.x, labels: vae.isConditional ? batch.y : nil, spread: spread, in: how,
          groups: batch.y?.integers().map { Int($0) }, from: stream))
    }
    let labels = rows.map { centres.label(of: $0) ?? 0 }
    return try dataset(concatenate(parts), labels: labels, trainer, vae.state.loader?.data)
  }

  /// The samples under the scale of the data that the trainer learned from.
  static func dataset(
    _ samples: Tensor, labels: [Int], _ trainer: SamplerArgument, _ data: Dataset?
  ) throws -> DatasetObject {
    let marks = try Tensor(labels.map { Int64($0) }, shape: [labels.count])
    let name = "synth(\(trainer.object.name))"
    guard let data else { return DatasetObject(try Dataset(x: samples, y: marks, name: name)) }
    let unscaled = try pixels(of: samples, from: data.valueRange)
    var made = try Dataset(x: unscaled, y: marks, classes: data.classes, name: name)
    for scaling in data.normalizations {
      made =
        scaling.isInverse
        ? try made.denormalized(mean: scaling.mean, deviation: scaling.deviation)
        : try made.normalized(mean: scaling.mean, deviation: scaling.deviation)
    }
    return DatasetObject(made)
  }
}

/// Where labels come from: a list of classes, or a classifier.
struct LabelSourceArgument: ValueConvertible {
  let value: Value

  static var typeName: String { "List or Classifier" }

  static func convert(_ value: Value) -> LabelSourceArgument? {
    LabelsArgument.convert(value) != nil || ClassifierArgument.convert(value) != nil
      ? LabelSourceArgument(value: value) : nil
  }

  var labels: [Int]? { LabelsArgument.convert(value)?.labels }
  var classifier: (any ClassPredictor)? { ClassifierArgument.convert(value)?.trainer }
}
