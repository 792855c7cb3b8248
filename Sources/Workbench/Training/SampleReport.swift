// SPDX-License-Identifier: Apache-2.0
import Datasets
import Figures
import Language
import QualityMetrics
import Tensors

/// What a judge says of samples, as tables.
enum SampleReport {
  /// Everything a judge says of samples.
  static func quality(
    of samples: SamplesArgument, _ count: Int, _ judge: Judge, hasErrors: Bool = false, _ call: Call
  ) throws -> SampleQuality {
    guard (10...100_000).contains(count) else {
      throw TrainingFault.amount(name: "n", value: String(count), needs: Text("10 to 100000", zh: "10 到 100000"))
    }
    let (images, labels) = try samples.pixels(count)
    return try SampleQuality(
      of: images, labels: labels, by: judge, hasErrors: hasErrors, shouldStop: call.stopRequest)
  }

  /// The features of two sets in the eyes of one judge.
  static func features(
    _ a: SamplesArgument, _ b: SamplesArgument, _ count: Int, _ given: JudgeObject?, _ call: Call
  ) throws -> (Features, Features) {
    let judge =
      if let given { given.judge } else {
        try call.state.judge(nil, for: try b.data ?? a.judgedData(), call)
      }
    let figures = (
      try judge.look(at: a.pixels(count).images).features, try judge.look(at: b.pixels(count).images).features
    )
    call.state.introduce(judge, call)
    return figures
  }

  // MARK: Tables

  /// How many samples fall into each class, with a bar, beside what the data would give.
  static func coverage(
    _ quality: SampleQuality, _ trainer: String, _ judge: Judge, _ language: MessageLanguage
  ) -> TableObject {
    let balance = quality.classes
    func name(_ index: Int) -> String { judge.classes.indices.contains(index) ? judge.classes[index] : String(index) }
    func share(_ index: Int) -> Double { balance.realShares.indices.contains(index) ? balance.realShares[index] : 0 }
    let rows = balance.counts.enumerated().map { index, count -> [Value] in
      [.string(name(index)), .int(count), .string(percent(share(index)))]
    }
    let samples = Double(quality.samples)
    let bars = balance.counts.enumerated().map { index, count in
      Bars.Bar(
        name(index), Double(count), reference: share(index) * samples, text: String(count),
        note: count == 0 && share(index) > 0 ? Text("missing", zh: "缺失")(language) : "")
    }
    let judgeTitle = JudgeObject.title(judge)
    let divergence = NumberText.fixed(balance.divergence, 2)
    let unsure = percent(1 - quality.confidence)
    let modes = balance.modes
    let title = Text("\(trainer): classes of \(quality.samples) samples", zh: "\(trainer)：\(quality.samples) 个样本的类别")
    let notes =
      [
        Text("judge: \(judgeTitle.english)", zh: "评判：\(judgeTitle.chinese)"),
        Text(
          "\(modes) of \(balance.counts.count) modes covered (≥ 1 %)   KL from data \(divergence) nats   unsure \(unsure)",
          zh: "覆盖 \(balance.counts.count) 个模式中的 \(modes) 个（≥ 1 %）   相对数据的 KL \(divergence) 奈特   不确定 \(unsure)"),
      ] + quality.alarms.map { $0.text(judge.classes) }
    return TableObject(
      ["class", "samples", "data"], rows: rows, title: title(language), notes: notes, figures: figures(quality),
      picture: Bars(
        bars, title: title(language), referenceName: Text("the data's share", zh: "数据的比例")(language),
        notes: notes.map { $0(language) }))
  }

  /// All measures, one a row.
  static func table(_ quality: SampleQuality, _ name: String, _ judge: Judge) -> TableObject {
    let near = quality.neighbourhoods
    let shares = near.estimates
    let divergence = quality.classes.divergenceEstimate
    let confidence = Estimate(quality.confidence, standardError: quality.errors?.confidence ?? 0)
    let sharpness = Estimate(quality.relativeSharpness, standardError: quality.errors?.relativeSharpness ?? 0)
    var rows: [(String, String)] = [
      ("Fréchet distance", Numbers.measured(quality.frechet, error: quality.errors?.frechet ?? 0)),
      ("kernel distance", Numbers.measured(quality.kernel.value, error: quality.kernel.standardError)),
      ("precision", percent(shares.precision)), ("recall", percent(shares.recall)),
      ("density", Numbers.measured(near.density, error: near.densityError)), ("coverage", percent(shares.coverage)),
      ("class KL from data", Numbers.measured(divergence.value, error: divergence.standardError, unit: " nats")),
      ("modes", modes(quality.classes)),
      ("judge's confidence", "\(percent(confidence)) (real \(percent(quality.realConfidence)))"),
      ("sharpness beside real", percent(sharpness)),
      ("duplicate pairs among 1000", duplicates(quality)),
    ]
    if let agreement = quality.labelAgreement {
      let hits = Int((agreement * Double(quality.samples)).rounded())
      rows.append(("label agreement", percent(Estimate(share: hits, of: quality.samples))))
    }
    let judgeTitle = JudgeObject.title(judge)
    return TableObject(
      ["measure", "value"], rows: rows.map { [.string($0.0), .string($0.1)] },
      title: "\(name): \(quality.samples) samples",
      notes: [Text("judge: \(judgeTitle.english)", zh: "评判：\(judgeTitle.chinese)")]
        + quality.alarms.map { $0.text(judge.classes) }, figures: figures(quality))
  }

  /// As in `9 of 10`; where they differ also how many are likely once the judge's own mistakes are allowed for.
  private static func modes(_ classes: ClassBalance) -> String {
    let counted = "\(classes.modes) of \(classes.counts.count)"
    return classes.likelyModes == classes.modes ? counted : "\(counted) (likely \(classes.likelyModes))"
  }

  /// The pairs with the error of a count, scaled to 1000 samples.
  private static func duplicates(_ quality: SampleQuality) -> String {
    let compared = Double(min(quality.samples, 1000))
    let scale = 1000 * 999 / max(compared * (compared - 1), 1)
    let error = (quality.duplicatesPerThousand / scale).squareRoot() * scale
    return Numbers.measured(quality.duplicatesPerThousand, error: error)
  }

  /// The measures by names that can be written behind a dot.
  static func figures(_ quality: SampleQuality) -> [(name: String, value: Value)] {
    let near = quality.neighbourhoods
    let numbers: [(name: String, value: Double)] = [
      ("judge_accuracy", quality.judgeAccuracy), ("frechet", quality.frechet), ("kid", quality.kernel.value),
      ("kid_error", quality.kernel.standardError), ("precision", near.precision), ("recall", near.recall),
      ("density", near.density), ("coverage", near.coverage), ("class_kl", quality.classes.divergence),
      ("confidence", quality.confidence), ("sharpness", quality.relativeSharpness),
      ("duplicates", quality.duplicatesPerThousand),
    ]
    let agreement = quality.labelAgreement.map { ("agreement", Value.float($0)) }
    return numbers.map { ($0.name, .float($0.value)) } + [("modes", .int(quality.classes.modes))]
      + [agreement].compactMap { $0 } + [("alarms", .list(quality.alarms.map { .string($0.name) }))]
  }

  private static func percent(_ share: Double) -> String { NumberText.fixed(share * 100, 1) + " %" }

  private static func percent(_ share: Estimate) -> String {
    Numbers.measured(share.value * 100, error: share.standardError * 100, unit: " %")
  }
}
