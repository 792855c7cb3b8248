// SPDX-License-Identifier: Apache-2.0
import Datasets
import Language
import QualityMetrics

// What a net makes of images: whether its output has anything to do with its input.

extension Builtin {
  static let mapping = Builtin(
    "mapping", .verb, in: .metrics,
    Text(
      "Whether what a net makes of images depends on them, and whether noise would do as well.",
      zh: "网络由图像生成的结果是否取决于输入图像，以及换成噪声会怎样。"),
    Parameter<ModuleObject>("net", Text("A net that makes an image of an image.", zh: "由图像生成图像的网络。")),
    Parameter<DatasetObject>("data", Text("Labelled images to put in.", zh: "作为输入的带标签图像。")),
    sampleCountParameter(1000),
    Parameter<JudgeObject?>(
      "judge",
      Text("Who judges; by default a classifier of the data, kept in your cache.", zh: "评判者；默认为该数据的分类器，保存在缓存中。"),
      default: .nothing),
    examples: [
      Example(
        "mapping(Sequential(Flatten(), Linear(784, 784)), real, judge=j).ignored", shows: "True", given: givenJudge)
    ], seeAlso: ["quality", "grads", "recon"]
  ) { call, net, data, count, judge -> TableObject in
    guard (10...100_000).contains(count) else {
      throw TrainingFault.amount(name: "n", value: String(count), needs: Text("10 to 100000", zh: "10 到 100000"))
    }
    guard data.data.isLabelled else { throw DatasetError.unlabelled(name: data.data.name) }
    guard let mapping = ImageMapping(net.layer, of: data.data) else {
      throw ModuleFault.mapsNoImages(net: net.title, shape: data.data.exampleShape)
    }
    let judge = try call.state.judge(judge, for: data.data, call)
    return try MappingReport(
      net: net.title, judge: judge,
      images: mapping.dependence(count, judge, shouldStop: call.stopRequest),
      noise: mapping.ofNoise(count, judge, shouldStop: call.stopRequest)
    ).table(call.language)
  }

  static let mappings: [Builtin] = [mapping]
}

/// What a net makes of images and of noise, side by side.
private struct MappingReport {
  let net: String
  let judge: Judge
  let images: InputDependence
  let noise: SampleQuality

  func table(_ language: MessageLanguage) -> TableObject {
    let count = images.outputs.samples
    let title = Text("\(net): image to image, \(count) of each", zh: "\(net)：由图像生成图像，各 \(count) 幅")
    return TableObject(
      ["put in", "Fréchet distance", "recall %", "classes made", "of the class put in"],
      rows: [
        row("images", images.outputs, NumberText.fixed(images.agreement * 100, 1) + " %"),
        row("noise", noise, "–"),
      ], title: title(language), notes: notes, figures: figures)
  }

  private func row(_ name: String, _ quality: SampleQuality, _ agreement: String) -> [Value] {
    [
      .string(name), .float(quality.frechet), .string(NumberText.fixed(quality.neighbourhoods.recall * 100, 1)),
      .string("\(quality.classes.modes) / \(quality.classes.counts.count)"), .string(agreement),
    ]
  }

  private var notes: [Text] {
    let title = JudgeObject.title(judge)
    return [Text("judge: \(title.english)", zh: "评判：\(title.chinese)"), verdict] + (noiseFails ? [notSampleable] : [])
  }

  private var verdict: Text {
    if let alarm = images.alarm { return alarm.text(judge.classes, net: net) }
    let share = NumberText.fixed(images.agreement * 100, 0)
    return Text(
      "\(net) uses its input: \(share) % of its outputs show the class put in",
      zh: "\(net) 使用了输入：\(share) % 的输出与输入同类")
  }

  /// Noise is no way to new images when classes go missing or no real image lies near what comes out.
  private var noiseFails: Bool {
    noise.alarms.contains { if case .collapse = $0 { true } else if case .missingClasses = $0 { true } else { false } }
  }

  private var notSampleable: Text {
    let (modes, all) = (noise.classes.modes, noise.classes.counts.count)
    return Text(
      "not sampleable: of noise \(net) makes \(modes) of \(all) classes; train it on noise to draw new images",
      zh: "无法采样：输入噪声时 \(net) 只给出 \(all) 类中的 \(modes) 类；要生成新图像，须以噪声为输入训练")
  }

  private var figures: [(name: String, value: Value)] {
    [
      ("ignored", .bool(images.ignoresInput)), ("agreement", .float(images.agreement)),
      ("chance", .float(images.chance)),
      ("modes", .int(images.outputs.classes.modes)), ("frechet", .float(images.outputs.frechet)),
      ("recall", .float(images.outputs.neighbourhoods.recall)), ("noise_modes", .int(noise.classes.modes)),
      ("noise_frechet", .float(noise.frechet)), ("sampleable", .bool(!noiseFails)),
    ]
  }
}
