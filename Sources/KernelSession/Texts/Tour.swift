// SPDX-License-Identifier: Apache-2.0
import Language

/// The three-minute tour: lines to type, and what they show.
enum Tour {
  /// One stop.
  struct Step: Sendable {
    /// What comes, before the line.
    let before: Text
    /// The line to type.
    let line: String
    /// What the result means.
    let after: Text
  }

  static let steps: [Step] = [
    Step(
      before: Text(
        "Data first. These digits are drawn on the spot, so nothing has to be downloaded.",
        zh: "先看数据。这些数字图像是现场绘制的，不需要下载。"),
      line: "data = dataset(\"digits\", limit=2000)",
      after: Text(
        "Every value tells its shape, its range and where it came from, in one line.", zh: "每个值都用一行说明自己的形状、取值范围和来源。")),
    Step(
      before: Text(
        "A trainer is a live object: two networks, two optimizers, the data and a history.",
        zh: "训练器是一个活的对象：两个网络、两个优化器、数据和历史记录。"),
      line: "gan = GAN(data, seed=1)",
      after: Text("Nothing has been trained yet: it is at step 0.", zh: "还没有开始训练：它停在第 0 步。")),
    Step(
      before: Text(
        "A statement may start with a verb. This one trains 100 steps; Ctrl-C would pause it.",
        zh: "语句可以用动词开头。这一句训练 100 步；按 Ctrl-C 可以暂停。"),
      line: "step gan 100",
      after: Text(
        "errD and errG are the two losses; D(x) and D(G(z)) say what D believes.",
        zh: "errD 与 errG 是两个损失；D(x) 与 D(G(z)) 表示判别器的判断。")),
    Step(
      before: Text(
        "Look at what it makes. The noise stays the same, so grids can be compared.", zh: "看看它生成了什么。噪声固定不变，因此前后的图可以比较。"),
      line: "show samples(gan, 2x8)",
      after: Text(
        "Looking never changes the training: the next step gives the same bits either way.",
        zh: "查看从不影响训练：无论看与不看，下一步的结果逐位相同。")),
    Step(
      before: Text("Look inside: the gradients that the last step used, layer by layer.", zh: "看看内部：上一步所用的梯度，逐层列出。"),
      line: "grads gan",
      after: Text("The heading names the loss that put each gradient there.", zh: "表头写明每组梯度来自哪个损失。")),
    Step(
      before: Text("Go back in time.", zh: "回到过去。"),
      line: "undo gan",
      after: Text(
        "The trainer is as it was before the last step command; goto and fork go further.",
        zh: "训练器回到上一条训练命令之前的状态；goto 与 fork 还能做更多。")),
    Step(
      before: Text(
        "Mistakes are explained where they happen. This one mixes up two shapes.", zh: "错误会在发生的地方得到解释。这一句混淆了两种形状。"),
      line: "bce(ones(64), ones(64, 1))",
      after: Text(
        "The carets show the culprits; why explains at length; help can be typed as it stands.",
        zh: "插入符指出问题所在；why 给出详细解释；help 后面的内容可以直接输入。")),
    Step(
      before: Text("Everything has a page.", zh: "每样东西都有一页说明。"),
      line: "?step",
      after: Text(
        "That was the tour. Next: ?help, %article gan, datasets.", zh: "导览到此结束。接下来可以试试：?help、%article gan、datasets。")),
  ]
}
