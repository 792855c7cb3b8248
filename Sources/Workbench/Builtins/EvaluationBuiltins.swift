// SPDX-License-Identifier: Apache-2.0
import Datasets
import Figures
import Generative
import Language
import QualityMetrics
import Tensors

// How well trainers do on data.

extension Builtin {
  static let evaluate = Builtin(
    "evaluate", .verb, in: .metrics,
    Text(
      "How well a classifier, a VAE or an SRGAN does on data it may not have seen.",
      zh: "分类器、VAE 或 SRGAN 在（未见过的）数据上的表现。"),
    trainerParameter,
    scaledParameter,
    examples: [
      Example(
        "evaluate(clf, dataset(\"digits\", split=\"test\", limit=50)).accuracy > 0.1", shows: "True",
        given: givenClassifier)
    ], seeAlso: ["accuracy", "confusion", "elbo"]
  ) { call, trainer, data -> ReportObject in
    let scaled = trainer.inTrainingScale(data.data, call)
    switch trainer.trainer {
    case let classifier as any ClassPredictor:
      let report = try classifier.evaluate(scaled)
      return evaluation(
        trainer, data,
        [
          NamedValue("accuracy", report.accuracy), NamedValue("loss", report.loss),
          NamedValue("confidence", report.confidence),
        ], errors: ["accuracy": Estimate.accuracy(report.accuracy, of: report.images).standardError])
    case let vae as VAETrainer:
      let report = try vae.evaluate(scaled)
      return evaluation(
        trainer, data,
        [
          NamedValue("loss", report.total), NamedValue("recon", report.reconstruction),
          NamedValue("kl", report.divergence), NamedValue("active_units", Double(report.activeUnits)),
        ],
        errors: [
          "loss": report.errors.total, "recon": report.errors.reconstruction, "kl": report.errors.divergence,
        ])
    case let enlarger as SuperResolutionTrainer:
      let report = try enlarger.evaluate(scaled)
      return evaluation(
        trainer, data,
        [
          NamedValue("psnr", report.psnr), NamedValue("bilinear", report.bilinear),
          NamedValue("repeated", report.repeated),
        ])
    default:
      throw TrainingFault.wrongKind(found: trainer.trainer.typeName, needed: "Classifier, VIB, VAE or SRGAN")
    }
  }

  private static func evaluation(
    _ trainer: TrainerObject, _ data: DatasetObject, _ values: [NamedValue], errors: [String: Double] = [:]
  ) -> ReportObject {
    let figures = TrainerText.figures(values, errors: errors)
    let step = trainer.trainer.state.step
    return ReportObject(
      values, errors: errors, step: step,
      summary: Text(
        "\(trainer.name) on \(data.data.count) images of \(data.data.name), step \(step):  \(figures)",
        zh: "\(trainer.name) 在 \(data.data.name) 的 \(data.data.count) 幅图像上，第 \(step) 步：  \(figures)"))
  }

  static let accuracy = Builtin(
    "accuracy", .function, in: .metrics, Text("The share of right answers, 0 … 1.", zh: "正确率，0 … 1。"),
    classifierParameter,
    labelledParameter,
    examples: [Example("accuracy(clf, clf.data) > 0.1", shows: "True", given: givenClassifier)]
  ) { call, classifier, data -> EstimateObject in
    let report = try classifier.trainer.evaluate(classifier.object.inTrainingScale(data.data, call))
    return EstimateObject(.accuracy(report.accuracy, of: report.images))
  }

  static let confusion = Builtin(
    "confusion", .verb, in: .metrics, Text("Which class is taken for which, and how often.", zh: "混淆矩阵：哪一类被认成哪一类。"),
    classifierParameter,
    labelledParameter,
    examples: [Example("confusion clf clf.data", shows: "right", given: givenClassifier)]
  ) { call, classifier, data in
    let report = try classifier.trainer.evaluate(classifier.object.inTrainingScale(data.data, call))
    let names = classifier.trainer.classes
    let title =
      call.language == .chinese
      ? "\(classifier.object.name) 在 \(data.data.name) 上" : "\(classifier.object.name) on \(data.data.name)"
    let rows = report.confusion.enumerated().map { index, counts -> [Value] in
      let right = report.classAccuracies.indices.contains(index) ? report.classAccuracies[index] : nil
      return [.string(names.indices.contains(index) ? names[index] : String(index))] + counts.map(Value.int)
        + [right.map { .string(NumberText.fixed($0 * 100, 0) + " %") } ?? .nothing]
    }
    let accuracy = Estimate.accuracy(report.accuracy, of: report.images)
    let share = Numbers.measured(accuracy.value * 100, error: accuracy.standardError * 100)
    return TableObject(
      ["true \\ taken for"] + names + ["right"], rows: rows,
      notes: [Text("\(share) % of \(report.images) right", zh: "\(report.images) 幅中正确 \(share) %")],
      picture: ConfusionMatrix(report.confusion, classes: names, title: title))
  }

  static let elbo = Builtin(
    "elbo", .verb, in: .metrics,
    Text("The bound of a VAE on data, term by term and unit by unit.", zh: "VAE 在数据上的证据下界，逐项逐单元。"), vaeParameter,
    scaledParameter,
    Parameter<Int?>(
      "k", Text("Codes an image, for the tighter bound by importance sampling.", zh: "每幅图像的编码数，用于更紧的重要性采样下界（IWAE）。"),
      default: .nothing),
    Parameter<Bool>(
      "binarize", Text("Whether pixels are rounded to 0 or 1 for that bound.", zh: "该下界是否先把像素取整为 0 或 1。"),
      default: false),
    examples: [
      Example("elbo vae vae.data[0:20]", shows: "active", given: givenVAE),
      Example(
        "elbo(v, v.data[0:20], k=5).iwae <= elbo(v, v.data[0:20]).total", shows: "True",
        given: "v = VAE(normalize(dataset(\"digits\", limit=200), 0, 1), z=8, batch=32, recon=\"bce\");"),
    ], seeAlso: ["evaluate"]
  ) { call, vae, data, count, isBinarized in
    let scaled = vae.object.inTrainingScale(data.data, call)
    let bound = try count.map { try vae.trainer.importanceBound(scaled, samples: $0, isBinarized: isBinarized) }
    return BoundTable(vae, try vae.trainer.evaluate(scaled), bound, isBinarized: isBinarized).table
  }

  private static let labelledParameter = Parameter<DatasetObject>(
    "data", Text("Labelled data.", zh: "带标签的数据。"))
  private static let scaledParameter = Parameter<DatasetObject>(
    "data", Text("The data, scaled as in training.", zh: "数据，缩放方式与训练时相同。"))
  static let classifierParameter = Parameter<ClassifierArgument>("clf", Text("A classifier.", zh: "分类器。"))
  static let givenClassifier = "clf = Classifier(dataset(\"digits\", limit=200), batch=32); train clf;"

  static let evaluations: [Builtin] = [evaluate, accuracy, confusion, elbo]
}
