// SPDX-License-Identifier: Apache-2.0
import Language

/// Mistakes with trainers that only the language can make.
enum TrainingFault: Error, Explained {
  /// A trainer left without data.
  case noData(String)
  /// A trainer of another kind than is needed.
  case wrongKind(found: String, needed: String)
  /// Nothing was paused.
  case nothingToResume(String)
  /// A condition that never can be asked, or an amount that makes no sense.
  case amount(name: String, value: String, needs: Text)
  /// Labelled samples of a trainer that knows no labels.
  case noLabels(String, kind: String)
  /// Something that has no form written out.
  case nothingToUnfold(String)
  /// A trainer that no command can name.
  case unnamed(String)
  /// Rows and columns given as two arguments: the trainer as typed, both numbers.
  case gridInTwo(String, Int, Int)
  /// A step function that returns something else than a record of numbers.
  case stepResult(String)
  /// A variable that held a part of a trainer, and by which its step function reaches it, holds something else.
  case otherPart(trainer: String, part: String, variable: String, made: String)
  /// A trainer that has taken no step to look back at.
  case noPast(String)
  /// A trainer that makes points, where pictures are wanted.
  case noPictures(String)
  /// A GAN that keeps no average of its weights.
  case noAverage(String)
  /// A bound on the gradients of an optimizer that no trainer steps.
  case boundOutsideTrainer(String)
  /// One change of images where changes in a row are wanted.
  case singleTransform(String)
  /// Something of a trainer that is decided when it is made.
  case fixed(String, trainer: String, kind: String)

  var diagnostic: Diagnostic {
    switch self {
    case .noData(let name):
      Diagnostic(.value, Text("\(name) needs data to train on", zh: "\(name) 需要训练数据"))
    case .otherPart(let trainer, let part, let variable, let made):
      Diagnostic(
        .state,
        Text(
          "\(variable) is no longer the \(part) of \(trainer): its step function would use the new one, while "
            + "undo, goto and save keep the old",
          zh: "\(variable) 已不是 \(trainer) 的 \(part)：步函数会使用新的，而 undo、goto 与 save 仍保留旧的"),
        help: [
          .init(code: "\(variable) = \(trainer).\(part)", Text("puts the old one back", zh: "换回旧的")),
          .init(code: "\(trainer) = \(made)", Text("a new trainer, with the new one", zh: "用新的另建训练器")),
        ])
    case .wrongKind(let found, let needed):
      Diagnostic(
        .type, Text("this needs a \(needed), not a \(found)", zh: "这里需要 \(needed)，不能是 \(found)"),
        labels: [.init(.position(0), Text(found, zh: found))])
    case .nothingToResume(let name):
      Diagnostic(
        .state, Text("\(name) was not paused, so nothing is left to do", zh: "\(name) 没有被暂停，没有剩余的步数"),
        help: [.init(code: "step \(name) 100")])
    case .amount(let name, let value, let needs):
      Diagnostic(
        .value, Text("\(name) is \(value), needs \(needs(.english))", zh: "\(name) 是 \(value)，需要\(needs(.chinese))"),
        labels: [.init(.argument(name), Text(value, zh: value))])
    case .noLabels(let name, let kind):
      Diagnostic(
        .value,
        Text("\(name) has no labels to give: it was made with cond=False", zh: "\(name) 给不出标签：创建时 cond=False"),
        labels: [.init(.position(0))],
        help: (kind == "VAE"
          ? [.init(code: "synth(\(name), 100, around=\(name).data)", Text("around labelled images", zh: "在带标签的图像周围"))]
          : [])
          + [
            .init(
              Text(
                "\(name) = \(kind)(data, cond=True), or let a classifier label them: synth(\(name), 100, labels=clf)",
                zh: "\(name) = \(kind)(data, cond=True)，或让分类器来标注：synth(\(name), 100, labels=clf)"))
          ])
    case .noAverage(let name):
      Diagnostic(
        .value, Text("\(name) keeps no average of G's weights", zh: "\(name) 没有保存 G 权重的平均"),
        labels: [.init(.position(0))],
        help: [.init(code: "\(name).ema = 0.999", Text("keeps one from now on", zh: "从现在起保存平均"))])
    case .noPast(let name):
      Diagnostic(
        .state, Text("\(name) has taken no step to look back at", zh: "\(name) 尚未训练过，没有可回看的步"),
        labels: [.init(.position(0))], help: [.init(code: "step \(name) 100")])
    case .noPictures(let name):
      Diagnostic(
        .value, Text("\(name) makes points, and a film shows pictures", zh: "\(name) 生成的是点，影片只能显示图像"),
        labels: [.init(.position(0))],
        help: [.init(code: "goto \(name) 100; scatter(samples(\(name), 256))", Text("points at one step", zh: "某一步的点"))]
      )
    case .nothingToUnfold(let type):
      Diagnostic(
        .value, Text("a \(type) has nothing written out to show", zh: "\(type) 没有可展开的代码"),
        labels: [.init(.position(0), Text(type, zh: type))],
        help: [
          .init(
            code: "unfold gan",
            Text("or a VAE, a classifier, Generator, kl_normal", zh: "或 VAE、分类器、Generator、kl_normal"))
        ])
    case .unnamed(let type):
      Diagnostic(
        .value,
        Text("the panel of a \(type) needs a variable to name in its commands", zh: "\(type) 的面板需要一个变量名，以便写出命令"),
        labels: [.init(.position(0))], help: [.init(code: "gan = GAN(data); panel gan")])
    case .gridInTwo(let trainer, let rows, let columns):
      Diagnostic(
        .type, Text("samples(z) wants codes, not a number", zh: "samples 的参数 z 需要编码张量，不是一个数"),
        labels: [.init(.argument("z"))],
        help: [
          .init(code: "samples(\(trainer), \(rows)x\(columns))", Text("rows x columns are one size", zh: "行x列 是一个尺寸"))
        ])
    case .boundOutsideTrainer(let name):
      Diagnostic(
        .value,
        Text(
          "max_norm belongs to a trainer's optimizer; a loop of your own clips by itself",
          zh: "max_norm 属于训练器的优化器；自写循环请自行裁剪"),
        help: [.init(code: "clip_grads(\(name).params, 1)", Text("before \(name).step()", zh: "在 \(name).step() 之前"))])
    case .singleTransform(let name):
      Diagnostic(
        .type, Text("augment wants an Augment, not one Transform", zh: "augment 需要 Augment，而不是单个 Transform"),
        help: [.init(code: "\(name).augment = Augment(…)", Text("with the change in it", zh: "把该变换放进去"))])
    case .fixed(let setting, let trainer, let kind):
      Diagnostic(
        .value,
        Text("\(setting) is decided when a \(kind) is made", zh: "\(setting) 在创建 \(kind) 时确定"),
        help: [
          .init(code: "\(trainer)2 = \(kind)(\(trainer).data, \(setting)=…)", Text("another trainer", zh: "另建一个训练器"))
        ])
    case .stepResult(let type):
      Diagnostic(
        .type,
        Text("the step function must return its figures as a record, not \(type)", zh: "步函数必须以记录返回各指标，不能是 \(type)"),
        help: [.init(code: "(errD=errD, errG=errG)", Text("as the last line of the function", zh: "作为函数的最后一行"))])
    }
  }
}
