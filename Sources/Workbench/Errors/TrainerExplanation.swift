// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import Layers
import Tensors

/// What went wrong in a trainer, in the words of the language.
struct TrainerExplanation {
  private let error: TrainerError
  private let call: Call

  private let name: String?

  /// Explains an error of the trainer that is the first argument, or of the one with this name.
  init(_ error: TrainerError, _ call: Call, name: String? = nil) {
    self.error = error
    self.call = call
    self.name = name
  }

  /// The trainer as it was typed, for help that can be typed.
  private var typed: String { name ?? call.argumentText(0) ?? "t" }

  var diagnostic: Diagnostic {
    switch error {
    case .layer(let inner): LayerExplanation(inner, call).diagnostic
    case .tensor(TensorError.notRecorded) where frozenNet != nil: nothingToTrain(frozenNet ?? "")
    case .tensor(let inner): TensorExplanation(inner, call).diagnostic
    case .data(let inner): DatasetExplanation(inner, call).diagnostic
    case .function(let inner):
      Explanation.of(inner, call) ?? Diagnostic(.state, Text("\(inner)", zh: "\(inner)"))
    case .notFinite(let finding): notFinite(finding)
    case .stopped: Diagnostic(.interrupted, Text("stopped; the trainer is as it was", zh: "已停止；训练器保持原状"))
    case .unknownPart, .unknownSetting, .setting, .unsupported: request
    case .valueRange, .outputShape, .labels: fit
    default: past
    }
  }

  /// The first net all of whose parameters are frozen.
  private var frozenNet: String? {
    trainer?.nets.first { !$0.net.allParameters.isEmpty && $0.net.allParameters.allSatisfy(\.isFrozen) }?.name
  }

  /// A step of a part that is frozen as a whole has nothing to differentiate.
  private func nothingToTrain(_ net: String) -> Diagnostic {
    let others = trainer?.separateParts.filter { $0 != net } ?? []
    return Diagnostic(
      .gradient,
      Text("every parameter of \(net) is frozen: its update has nothing to train", zh: "\(net) 的参数全部冻结：其更新没有可训练的内容"),
      labels: [.init(.position(0))],
      help: others.map {
        .init(code: "step \(typed) 1 only=\"\($0)\"", Text("trains \($0) alone", zh: "只训练 \($0)"))
      } + [.init(code: "requires_grad(\(typed).\(net))", Text("trains \(net) again", zh: "重新训练 \(net)"))])
  }

  private func notFinite(_ finding: NonFiniteFinding) -> Diagnostic {
    let origin = origin(of: finding)
    return Diagnostic(
      .value,
      Text(
        "\(finding.kind) appeared in \(finding.tensor) at step \(finding.step); the step was undone. "
          + "It came from \(origin.english).",
        zh: "第 \(finding.step) 步的 \(finding.tensor) 中出现 \(finding.kind)；该步已撤销。来自\(origin.chinese)。"),
      labels: [.init(.position(0), Text("step \(finding.step - 1)", zh: "第 \(finding.step - 1) 步"))],
      help: remedies(for: finding))
  }

  private func origin(of finding: NonFiniteFinding) -> Text {
    let chinese =
      switch finding.origin {
      case .input(let net, 1): " \(net) 的输入"
      case .input(let net, let place): " \(net) 的第 \(place) 个输入"
      case .weights(let name): "权重 \(name)"
      case .layer(let name), .loss(let name): " \(name)"
      case .backward(let loss, nil): " \(loss) 的反向传播"
      case .backward(let loss, let operation?): " \(loss) 反向传播中 \(operation) 的斜率"
      case .update: "优化器的更新"
      }
    return Text("\(finding.origin)", zh: chinese)
  }

  private func remedies(for finding: NonFiniteFinding) -> [Diagnostic.Help] {
    // What stood in the weights before the step is not undone with it.
    if case .weights = finding.origin {
      let step = finding.step - 1
      let reset = Diagnostic.Help(code: "reset \(typed)", Text("the weights of the beginning", zh: "最初的权重"))
      let isFinite = trainer?.isFirstStateFinite ?? true
      let resets = isFinite ? [reset] : [Diagnostic.Help(firstIsSpoilt)]
      guard step > first else { return resets }
      let again = "goto \(typed) \(step - 1); step \(typed) 1"
      // From a first state that was spoilt, no step leads to whole weights.
      return (isFinite ? [.init(code: again, Text("the weights as training left them", zh: "训练所留下的权重"))] : []) + resets
    }
    let earlier = max(finding.step - 50, first)
    let isSteered = trainer?.optimizers.isEmpty == false
    return (isSteered ? [.init(code: smallerRates, Text("a smaller rate often helps", zh: "减小学习率往往有效"))] : [])
      + (first > 0 && earlier >= finding.step - 1
        ? []
        : [.init(code: "goto \(typed) \(earlier)", Text("an earlier, healthy state", zh: "回到更早的正常状态"))])
  }

  /// The trainer in question, where it is known by name.
  private var trainer: (any Trainer)? {
    call.variables.last { $0.name == typed }.flatMap { TrainerObject.convert($0.value) }?.trainer
  }

  /// The earliest step that can be gone back to.
  private var first: Int { trainer?.firstReachableStep ?? 0 }

  private var firstIsSpoilt: Text {
    first > 0
      ? Text("it was in the file: load another one, or set the weight", zh: "文件中即已如此：换一个文件，或重设该权重")
      : Text("\(typed) was made with it: set the weight, or make the net anew", zh: "\(typed) 建立时即已如此：重设该权重，或重建网络")
  }

  /// The kind of the trainer in question, as it is typed.
  private var kind: String {
    trainer?.typeName ?? "GAN"
  }

  /// What makes the rates smaller: one by one where they differ, so that their ratio stays.
  private var smallerRates: String {
    let found = call.variables.last { $0.name == typed }.flatMap { TrainerObject.convert($0.value) }
    guard let found, found.rates.contains(where: { $0 != found.rates[0] }) else {
      return "\(typed).lr = \(typed).lr / 10"
    }
    return found.trainer.optimizers.map { "\(typed).\($0.name).lr = \(typed).\($0.name).lr / 10" }
      .joined(separator: "; ")
  }

  /// What gives labels to whom they are missing, or a trainer that takes them.
  private func labelRemedies(_ what: String, _ reason: String) -> [Diagnostic.Help] {
    guard ["label", "labels"].contains(what) else { return [] }
    guard reason == "a conditional VAE needs them" else { return [.init(code: "\(typed) = \(kind)(data, cond=True)")] }
    return [.init(code: "\(call.name)(\(typed), \(typed).data[0:8])", Text("images with their labels", zh: "带标签的图像"))]
  }

  // MARK: What was asked

  private var request: Diagnostic {
    switch error {
    case .unknownPart(_, known: []):
      return Diagnostic(
        .value,
        Text(
          "only= trains one part by itself, but a step of \(typed) trains all its parts together",
          zh: "only= 只训练一部分，而 \(typed) 的一步同时训练所有部分"),
        labels: [.init(.argument("only"))],
        help: [
          .init(
            Text(
              "leave only= out; requires_grad(\(typed).NET, False) keeps the weights of one net as they are",
              zh: "去掉 only=；requires_grad(\(typed).网络名, False) 可冻结其中一个网络"))
        ])
    case .unknownPart(let name, let known):
      let list = known.map { "\"\($0)\"" }.joined(separator: ", ")
      return Diagnostic(
        .value, Text("there is no part \"\(name)\" to train by itself", zh: "没有可单独训练的部分 \"\(name)\""),
        labels: [.init(.argument("only"))],
        help: known.isEmpty ? [] : [.init(Text("only=\(list)", zh: "only=\(list)"))])
    case .unknownSetting(let name, let known):
      let near = Suggestions.closest(to: name, in: known)
      let list = known.prefix(12).joined(separator: ", ")
      return Diagnostic(
        .name, Text("there is no setting \"\(name)\"", zh: "没有名为 \"\(name)\" 的设置"), labels: [.init(.argument(name))],
        help: [near.map { .init(code: $0) } ?? .init(Text("settings: \(list)", zh: "可用设置：\(list)"))])
    case .setting(let name, let value, let needs):
      return Diagnostic(
        .value, Text("\(name) is \(value), needs \(needs)", zh: "\(name) 是 \(value)，\(Needs.wanted(needs))"),
        labels: [.init(.argument(name), Text(value, zh: value))])
    case .unsupported("fork", let reason):
      return Diagnostic(
        .value,
        Text("\(typed) cannot be forked: \(reason)", zh: "\(typed) 不能 fork：\(Needs.chinese(reason))"),
        labels: [.init(.position(0))],
        help: [
          .init(
            Text(
              "snapshot \(typed) \"a\", go on, then restore \(typed) \"a\" tries two ways with one trainer",
              zh: "snapshot \(typed) \"a\" 后继续训练，再 restore \(typed) \"a\"，可用同一训练器尝试两种做法"))
        ])
    case .unsupported(let what, let reason):
      return Diagnostic(
        .value, Text("\(what): \(reason)", zh: "\(what)：\(Needs.chinese(reason))"), labels: [.init(.argument(what))],
        help: labelRemedies(what, reason))
    default: return past
    }
  }

  // MARK: What does not fit

  private var fit: Diagnostic {
    switch error {
    case .valueRange(let found, let needed, let why):
      let isUnit = needed == .unit
      return Diagnostic(
        .value,
        Text(
          "the data are \(found), but \(needed) is needed: \(why)",
          zh: "数据范围是 \(found)，需要 \(needed)：\(Needs.chinese(why))"),
        labels: [.init(.argument("data"), Text("\(found)", zh: "\(found)"))],
        help: [
          isUnit
            ? .init(code: "data |> denormalize(0.5, 0.5)", Text("to go back to 0 … 1", zh: "还原到 0 … 1"))
            : .init(code: "data |> normalize(0.5, 0.5)", Text("for −1 … 1", zh: "变换到 −1 … 1"))
        ])
    case .labels(let largest, let classes):
      let list =
        classes.count > 12 ? classes.prefix(12).joined(separator: ", ") + ", …" : classes.joined(separator: ", ")
      return Diagnostic(
        .value,
        Text(
          "the data have label \(largest), but \(typed) knows \(classes.count) classes, labels 0 … \(classes.count - 1)",
          zh: "数据含标签 \(largest)，但 \(typed) 只有 \(classes.count) 个类别，标签 0 … \(classes.count - 1)"),
        labels: [.init(.argument("data"), Text("label \(largest)", zh: "标签 \(largest)"))],
        notes: [Text("its classes: \(list)", zh: "其类别：\(list)")],
        help: [.init(Text("a new \(kind)(data) has a class for each label", zh: "新建 \(kind)(data) 则每个标签各有一类"))])
    case .outputShape(let net, let expected, let found):
      let isCode = net == "E"
      return Diagnostic(
        .shape,
        isCode
          ? Text(
            "\(net) must give mu and logvar, \(expected) each; it gives \(found)",
            zh: "\(net) 须输出 mu 与 logvar，各为 \(expected)；现输出 \(found)")
          : Text("\(net) gives \(found), needs \(expected)", zh: "\(net) 输出 \(found)，需要 \(expected)"),
        labels: [.init(.argument(net), Text(found, zh: found))])
    default: return past
    }
  }

  // MARK: Time

  private var past: Diagnostic {
    switch error {
    case .notReached(let step, let reached):
      Diagnostic(
        .value,
        Text("step \(step) was never reached; the furthest is \(reached)", zh: "从未到过第 \(step) 步；最远是第 \(reached) 步"),
        help: [.init(code: "goto \(typed) \(reached)")])
    case .beforeFirst(let step, let first):
      Diagnostic(
        .value,
        Text(
          "step \(step) is not kept: \(typed) came from a file at step \(first), and files hold no earlier states",
          zh: "第 \(step) 步没有保留：\(typed) 取自第 \(first) 步的文件，文件中没有更早的状态"),
        help: [.init(code: "goto \(typed) \(first)")])
    case .nothingToUndo(let asked, let kept):
      Diagnostic(
        .state,
        Text("cannot undo \(asked) commands: \(kept) earlier states are kept", zh: "无法撤销 \(asked) 次：只保留了 \(kept) 个先前状态")
      )
    case .unknownSnapshot(let name, let known):
      Diagnostic(
        .name, Text("there is no snapshot \"\(name)\"", zh: "没有名为 \"\(name)\" 的快照"), labels: [.init(.argument("name"))],
        help: snapshots(near: name, known))
    case .snapshotMemory(let needed, let limit):
      Diagnostic(
        .state,
        Text(
          "snapshots would need \(needed / 1_000_000) MB, the limit is \(limit / 1_000_000) MB",
          zh: "快照需要 \(needed / 1_000_000) MB，上限为 \(limit / 1_000_000) MB"))
    case .incompatible(let reason): Diagnostic(.value, Text(reason, zh: Needs.chinese(reason)))
    default: Diagnostic(.state, Text("\(error)", zh: "\(error)"))
    }
  }

  private func snapshots(near name: String, _ known: [String]) -> [Diagnostic.Help] {
    if let near = Suggestions.closest(to: name, in: known) { return [.init(code: "restore \(typed) \"\(near)\"")] }
    if known.isEmpty { return [.init(code: "snapshot \(typed) \"\(name)\"", Text("takes one", zh: "先拍一个"))] }
    let list = known.map { "\"\($0)\"" }.joined(separator: ", ")
    return [.init(Text("there is \(list)", zh: "现有 \(list)"))]
  }
}
