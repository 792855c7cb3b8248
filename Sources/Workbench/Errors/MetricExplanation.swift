// SPDX-License-Identifier: Apache-2.0
import Language
import QualityMetrics
import Tensors

/// Why a measure could not be taken, in both languages.
struct MetricExplanation {
  private let error: MetricError
  private let call: Call

  init(_ error: MetricError, _ call: Call) {
    self.error = error
    self.call = call
  }

  var diagnostic: Diagnostic {
    switch error {
    case .tooFew(let measure, let found, let needed):
      Diagnostic(
        .value,
        Text(
          "\(measure) needs at least \(needed) examples, got \(found)",
          zh: "\(measure) 至少需要 \(needed) 个样本，得到 \(found) 个"),
        labels: [.init(.position(0), Text("\(found)", zh: "\(found)"))])
    case .tooSmall(let measure, let found, let needed):
      Diagnostic(
        .shape,
        Text(
          "\(measure) needs images of at least \(needed) × \(needed) pixels, got \(found[0]) × \(found[1])",
          zh: "\(measure) 需要至少 \(needed) × \(needed) 像素的图像，得到 \(found[0]) × \(found[1])"),
        labels: [.init(.position(0))])
    case .mismatch(let measure, let left, let right):
      Diagnostic(
        .shape,
        Text(
          "\(measure): examples of \(Shape(left)) and of \(Shape(right))",
          zh: "\(measure)：样本形状 \(Shape(left)) 与 \(Shape(right)) 不同"),
        labels: [
          .init(.position(0), Text("\(Shape(left))", zh: "\(Shape(left))")),
          .init(.position(1), Text("\(Shape(right))", zh: "\(Shape(right))")),
        ])
    case .notFinite(let measure):
      Diagnostic(.value, Text("\(measure): an example holds NaN or infinity", zh: "\(measure)：样本中含有 NaN 或无穷"))
    case .argument(let name, let value, let needs):
      Diagnostic(
        .value, Text("\(name) is \(value), needs \(needs)", zh: "\(name) 是 \(value)，\(Needs.wanted(needs))"),
        labels: [.init(.argument(name), Text(value, zh: value))])
    case .notAJudge(let path, let reason):
      Diagnostic(.file, Text("\(path): no weights of a judge: \(reason)", zh: "\(path)：不是评判分类器的权重：\(reason)"))
    case .unlabelled(let measure):
      Diagnostic(
        .data, Text("\(measure) needs labelled data", zh: "\(measure) 需要带标签的数据"), labels: [.init(.position(0))])
    case .stopped: Diagnostic(.interrupted, Text("stopped; nothing was changed", zh: "已停止；没有任何改动"))
    case .tensor(let inner): TensorExplanation(inner, call).diagnostic
    case .layer(let inner): LayerExplanation(inner, call).diagnostic
    case .data(let inner): DatasetExplanation(inner, call).diagnostic
    case .file(let inner): TensorFileExplanation.diagnostic(inner)
    }
  }
}

extension SampleAlarm {
  /// What is wrong with samples, or with what `net` makes of images, in one line.
  func text(_ classes: [String], net: String = "G") -> Text {
    switch self {
    case .collapse(let modes, let recall):
      let share = NumberText.fixed(recall * 100, 0)
      return Text(
        "mode collapse: \(modes) of \(classes.count) classes, \(share) % of real images lie near a sample; see ?collapse",
        zh: "模式崩溃：\(classes.count) 类中只有 \(modes) 类，\(share) % 的真实图像附近有样本；见 ?collapse")
    case .missingClasses(let labels):
      let names = labels.map { classes.indices.contains($0) ? classes[$0] : String($0) }.joined(separator: ", ")
      return Text(
        "missing: \(names). Typical of mode collapse: compare with an earlier step by goto; see ?collapse",
        zh: "缺少：\(names)。这是模式崩溃的典型表现：可用 goto 与较早的步比较；见 ?collapse")
    case .copies(let pairs):
      let count = NumberText.fixed(pairs.rounded(), 0)
      return Text(
        "copies: of 1000 such samples \(count) of the 499500 pairs are all but the same; see ?copies",
        zh: "重复：每 1000 个这样的样本，499500 对中有 \(count) 对几乎相同；见 ?copies")
    case .blur(let sharpness):
      let share = NumberText.fixed(sharpness * 100, 0)
      return Text(
        "blur: \(share) % of the sharpness of real images; see ?blurred", zh: "模糊：锐度只有真实图像的 \(share) %；见 ?blurred")
    case .noise(let sharpness):
      let share = NumberText.fixed(sharpness * 100, 0)
      return Text(
        "noise: \(share) % of the sharpness of real images; see ?noisy", zh: "噪点：锐度是真实图像的 \(share) %；见 ?noisy")
    case .conditionIgnored(let agreement):
      let share = NumberText.fixed(agreement * 100, 0)
      return Text(
        "the condition is ignored: only \(share) % of the samples show the class asked for; see ?condition",
        zh: "条件被忽略：只有 \(share) % 的样本属于所要求的类别；见 ?condition")
    case .inputIgnored(let agreement, let chance, let modes):
      let (share, luck) = (NumberText.fixed(agreement * 100, 0), NumberText.fixed(chance * 100, 0))
      return Text(
        "\(net) ignores its input: \(share) % of its outputs show the class put in, \(luck) % would by chance; \(modes) of \(classes.count) classes come out; see ?ignores",
        zh: "\(net) 忽略输入：只有 \(share) % 的输出与输入同类（碰巧也有 \(luck) %），输出只见 \(classes.count) 类中的 \(modes) 类；见 ?ignores")
    }
  }
}
