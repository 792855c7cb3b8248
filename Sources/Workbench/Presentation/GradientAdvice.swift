// SPDX-License-Identifier: Apache-2.0
import Generative
import Language
import Layers

/// What the flags of gradients are called, and what usually helps.
enum GradientAdvice {
  /// The word beside a row.
  static func word(_ flag: GradientFlag) -> Text {
    switch flag {
    case .missing: Text("no grad", zh: "无梯度")
    case .frozen: Text("frozen", zh: "已冻结")
    case .notFinite: Text("NaN", zh: "NaN")
    case .vanishing: Text("vanishing", zh: "消失")
    case .large: Text("large", zh: "偏大")
    case .exploding: Text("exploding", zh: "爆炸")
    case .dead: Text("dead", zh: "坏死")
    }
  }

  /// One sentence for each kind of flag that occurs; `absence` is said where no parameter at all has a gradient.
  static func sentences(_ rows: [GradientRow], absence: Text? = nil) -> [Text] {
    let found = Set(rows.flatMap(\.flags))
    let isEmpty = rows.allSatisfy { $0.norm == nil }
    return GradientFlag.allCases.filter(found.contains).compactMap { flag in
      if flag == .missing, isEmpty, let absence { absence } else { advice(flag) }
    }
  }

  /// Why the nets of a trainer have no gradients, when no step was taken from the state it is in; nil when any has one.
  static func absence(in trainer: any Trainer, typed name: String) -> Text? {
    guard trainer.state.lastReport == nil,
      trainer.nets.allSatisfy({ $0.net.allParameters.allSatisfy { $0.gradient == nil } })
    else { return nil }
    return Text(
      "no grad: no step was taken from this state, and goto, undo and restore do not bring gradients along; step \(name) 1 makes them",
      zh: "无梯度：尚未从该状态训练过，goto、undo、restore 不会带回梯度；step \(name) 1 即可得到")
  }

  private static func advice(_ flag: GradientFlag) -> Text? {
    switch flag {
    case .frozen: nil
    case .missing:
      Text(
        "no grad: no loss reached this parameter; was backward() called, or something detached on the way?",
        zh: "无梯度：没有损失传到该参数；是否调用了 backward()，途中是否有 detach？")
    case .notFinite:
      Text("NaN: a smaller learning rate, or goto a step before it appeared", zh: "NaN：减小学习率，或用 goto 回到出现之前的一步")
    case .vanishing:
      Text(
        "vanishing: the loss hardly reaches this layer; in a GAN, D may be too strong (lower its lr, smooth labels)",
        zh: "消失：损失几乎传不到该层；GAN 中可能是 D 太强（降低其学习率或平滑标签）")
    case .large:
      Text(
        "large: one step moves the weight far; usual in a young last layer, otherwise lower the learning rate",
        zh: "偏大：一步就使权重变化很大；在刚开始的末层很常见，否则应降低学习率")
    case .exploding:
      Text(
        "exploding: lower the learning rate or clip gradients (clip_grads); a loss that is a sum over the batch, as a VAE's, is this large by itself, and Adam bears it",
        zh: "爆炸：降低学习率，或用 clip_grads 裁剪梯度；按批求和的损失（如 VAE）本身就这样大，Adam 可以承受")
    case .dead:
      Text(
        "dead: nearly all zeros; relu units that never fire: try leaky_relu or a smaller learning rate",
        zh: "坏死：几乎全为零，多因 relu 单元从不激活：可用 leaky_relu 或更小的学习率")
    }
  }
}
