// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import QualityMetrics

/// Looks at a trainer for what goes wrong in training and, where a judge is at hand, in its samples.
///
/// Nothing is changed: samples come from the display stream, and a judge is never trained for the sake of a look.
struct AlarmWatch {
  /// Something wrong, in a line that names its page of help.
  struct Alarm {
    let name: String
    let text: Text
  }

  /// Fewer steps say too little to be looked at unasked.
  private static let fewestSteps = 20
  /// How many samples are looked at: a second at most.
  private static let samples = 1000

  private let object: TrainerObject
  private let call: Call

  init(_ object: TrainerObject, _ call: Call) {
    self.object = object
    self.call = call
  }

  /// What is wrong now.
  ///
  /// - Parameter judge: Who looks at samples; if nil, the judge that judged such data before in this session.
  /// - Returns: The alarms, those of training first.
  /// - Throws: `TrainerError` or `MetricError` if a net cannot be looked at.
  func alarms(judge: Judge? = nil) throws -> [Alarm] {
    let training = try object.trainer.alarms()
    // Samples of weights that are not finite cannot be looked at.
    let isSpoilt = training.contains { if case .notFinite = $0 { true } else { false } }
    var found = training.map { Alarm(name: $0.name, text: $0.text) }
    if !isSpoilt, let judge = judge ?? knownJudge { found += try sampleAlarms(judge) + mappingAlarms(judge) }
    return found
  }

  /// A line for each thing that is wrong after a command of so many steps.
  func tell(afterSteps count: Int) throws {
    guard count >= Self.fewestSteps else { return }
    for alarm in try alarms() { call.emit(.note(alarm.text(call.language))) }
  }

  private var knownJudge: Judge? {
    guard object.trainer is any Sampler || object.trainer is CustomTrainer,
      let data = object.trainer.state.loader?.data
    else { return nil }
    return call.state.knownJudge(of: data)
  }

  private func sampleAlarms(_ judge: Judge) throws -> [Alarm] {
    guard let argument = SamplesArgument.convert(object.value) else { return [] }
    let (images, labels) = try argument.pixels(Self.samples)
    let quality = try SampleQuality(
      of: images, labels: labels, by: judge, neighbourLimit: Self.samples,
      shouldStop: call.stopRequest)
    return quality.alarms.map { Alarm(name: $0.name, text: $0.text(judge.classes)) }
  }

  /// Nets of a loop of one's own that were given images where noise belongs.
  private func mappingAlarms(_ judge: Judge) throws -> [Alarm] {
    guard let custom = object.trainer as? CustomTrainer, let data = custom.state.loader?.data, data.isLabelled else {
      return []
    }
    return try custom.nets.compactMap { name, net in
      try ImageMapping(net, of: data)?.dependence(Self.samples, judge, shouldStop: call.stopRequest).alarm
        .map { Alarm(name: $0.name, text: $0.text(judge.classes, net: name)) }
    }
  }
}

extension TrainingAlarm {
  /// What is wrong with the training, in one line.
  var text: Text {
    switch self {
    case .notFinite(let net, let tensor, let kind):
      return Text(
        "\(net).\(tensor) holds \(kind): no step can mend it; undo or goto an earlier step. See ?nan",
        zh: "\(net).\(tensor) 含有 \(kind)：继续训练无法修复；请用 undo 或 goto 回到更早的步。见 ?nan")
    case .discriminatorWins(let real, let fake):
      let (x, z) = (NumberText.fixed(real, 2), NumberText.fixed(fake, 2))
      return Text(
        "D is too strong: D(x) \(x), D(G(z)) \(z) over the last steps; G learns little. See ?dwins",
        zh: "D 过强：最近几步 D(x) \(x)、D(G(z)) \(z)，G 学不到东西。见 ?dwins")
    case .vanishingGradients(let net):
      return Text(
        "vanishing gradients: hardly any gradient reaches the first layer of \(net). See ?vanishing",
        zh: "梯度消失：几乎没有梯度到达 \(net) 的第一层。见 ?vanishing")
    case .explodingGradients(let net, let layer):
      return Text(
        "exploding gradients: that of \(net).\(layer) is a hundred times its weight. See ?exploding",
        zh: "梯度爆炸：\(net).\(layer) 的梯度是其权重的一百倍。见 ?exploding")
    case .posteriorCollapse(let active, let all):
      return Text(
        "posterior collapse: \(active) of \(all) code units say anything of the image. See ?posterior",
        zh: "后验坍塌：\(all) 个编码单元中只有 \(active) 个与图像有关。见 ?posterior")
    }
  }
}
