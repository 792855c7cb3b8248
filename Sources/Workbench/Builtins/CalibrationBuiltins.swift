// SPDX-License-Identifier: Apache-2.0
import Datasets
import Figures
import Generative
import Language
import QualityMetrics

// Whether classifiers are as often right as they say.

extension Builtin {
  static let calibration = Builtin(
    "calibration", .verb, in: .metrics,
    Text(
      "How often a classifier is right, by how sure it is, and the expected calibration error.",
      zh: "分类器在不同置信度下的正确率，以及期望校准误差（ECE）。"),
    classifierParameter, calibratedParameter, binsParameter,
    examples: [
      Example("calibration clf clf.data", shows: "expected calibration error", given: givenClassifier),
      Example("calibration(clf, clf.data, bins=10).ece < 1", shows: "True", given: givenClassifier),
    ], seeAlso: ["confusion", "accuracy", "evaluate"]
  ) { call, classifier, data, bins in
    let scaled = classifier.object.inTrainingScale(data.data, call)
    return CalibrationReport(
      try classifier.trainer.calibration(on: scaled, bins: bins), of: classifier.object.name, on: data.data.name
    ).table(call.language)
  }

  static let judgeCalibration = Builtin(
    "calibration", .verb, in: .metrics,
    Text("How often a judge is right, by how sure it is.", zh: "评判分类器在不同置信度下的正确率。"),
    Parameter<JudgeObject>("judge", Text("A judge.", zh: "评判分类器。")), calibratedParameter, binsParameter,
    examples: [Example("calibration j real", shows: "expected calibration error", given: givenJudge)],
    seeAlso: ["judge"]
  ) { call, judge, data, bins in
    guard data.data.isLabelled else { throw TrainerError.data(.unlabelled(name: data.data.name)) }
    let opinion = try judge.judge.look(at: data.data, shouldStop: call.stopRequest)
    let right = zip(opinion.labels, data.data.labels).map { $0 == $1 }
    let found = try Calibration(confidences: opinion.confidences, right: right, bins: bins)
    return CalibrationReport(
      found, of: call.argumentText(0)?.cut(to: 32) ?? judge.judge.name, on: data.data.name
    ).table(call.language)
  }

  private static let calibratedParameter = Parameter<DatasetObject>(
    "data", Text("Labelled data that it has not seen.", zh: "未见过的带标签数据。"))
  private static let binsParameter = Parameter<Int>(
    "bins", Text("How many bins of confidence.", zh: "置信度的区间数。"), default: 15)

  static let calibrations: [Builtin] = [calibration, judgeCalibration]
}
