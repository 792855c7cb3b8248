// SPDX-License-Identifier: Apache-2.0

/// What the engine says an argument needs, in Chinese: phrases with `%` where a value stands.
enum Needs {
  static let phrases: [(english: String, chinese: String)] = [
    ("0 … % (class \"%\" has %)", "0 … %（类别 \"%\" 有 % 个）"), ("0 to %", "0 到 %"), ("1 to %", "1 到 %"),
    ("0 … %", "0 … %"), ("2 … %", "2 … %"),
    ("0 up to the stride less 1", "0 到步幅减 1"), ("0 ≤ % < 1", "0 ≤ % < 1"),
    ("[batch, channel, height, width]", "[批, 通道, 高, 宽]"),
    ("[batch, channel] or [batch, channel, height, width]", "[批, 通道] 或 [批, 通道, 高, 宽]"),
    ("a bound of at least 1", "至少为 1 的上界"), ("a finite number from 0", "不小于 0 的有限数"),
    ("a layer with a weight matrix", "带权重矩阵的层"), ("a lower bound not above %", "不大于 % 的下界"),
    ("a padding of at least 0", "不小于 0 的补零宽度"),
    ("a power of at least 0 for whole numbers", "整数的指数须不小于 0"), ("a probability from 0 to 1", "0 到 1 的概率"),
    ("a share from 0 to 1", "0 到 1 的比例"), ("a size of at least 1", "至少为 1 的大小"), ("a step other than 0", "非零的间隔"),
    ("a stride of at least 1", "至少为 1 的步幅"), ("a table [n, d]", "形状为 [n, d] 的表"),
    ("a weight [out, in]", "形状为 [out, in] 的权重"), ("a weight of four axes", "四个轴的权重"),
    ("a whole number from 1", "不小于 1 的整数"), ("at least 1", "至少为 1"), ("at least one axis", "至少一个轴"),
    ("at least one tensor", "至少一个张量"), ("between 0 and 1", "在 0 与 1 之间"),
    ("each axis at most once", "每个轴至多一次"), ("each of the % axes once", "% 个轴各一次"), ("f32", "f32"),
    ("bool", "bool"), ("i64", "i64"), ("finite ends and a step other than 0", "有限的端点和非零的间隔"),
    ("i64 labels", "i64 标签"), ("i64 positions", "i64 下标"), ("images of at least % with padding", "补零后至少 % 的图像"),
    ("images of at least %", "至少 % 的图像"), ("logits [batch, classes]", "形状为 [批, 类别] 的得分"),
    ("maps that leave something after padding is cut off", "去掉补零后仍有剩余的特征图"), ("one of %", "以下之一：%"),
    ("probabilities from 0 to 1", "0 到 1 的概率"), ("size 1 at axis %", "第 % 轴大小为 1"), ("a finite number", "有限数"),
    ("a rate, or a rate for each of %", "一个学习率，或 % 各一个"), ("one rate", "一个学习率"),
    ("a change of images that this version knows", "此版本认识的图像变换"),
    ("cosine(%, steps)", "cosine(%, steps)"), ("a finite number other than 0", "非零的有限数"), ("0 or more", "不小于 0"),
    ("1 or more", "不小于 1"),
    ("images of 1 or 3 channels", "1 或 3 个通道的图像"), ("sizes whose product is %", "乘积为 % 的各轴大小"),
    ("at most %, the number of examples", "至多 %（样本数）"), ("\"train\" or \"test\"", "\"train\" 或 \"test\""),
    ("% holds a function of the user's, which cannot be copied", "% 含有用户的函数，无法复制"),
    ("% once held a function of the user's, which cannot be copied", "% 曾含有用户的函数，无法复制"),
    ("% was made without labels", "% 创建时没有使用标签"), ("it has no data", "它没有数据"),
    (
      "a step function holds on to its own nets; make a second trainer from a second set of parts",
      "步函数持有自己的网络；请用另一组部件再建一个训练器"
    ), ("this trainer deals no data; count in steps", "这个训练器没有数据；请按步数计"), ("this trainer has none", "这个训练器没有"),
    ("binary cross-entropy takes pixels as probabilities", "二元交叉熵把像素当作概率"),
    ("no state is kept from which this step could be reached", "没有可由之到达该步的状态"),
    ("0 or more, within memory", "不小于 0，且内存容得下"), ("above 0, at most %", "大于 0，至多 %"),

    ("images [count, channel, height, width]", "形状为 [数量, 通道, 高, 宽] 的图像"),
    ("images, channel × height × width", "图像，通道 × 高 × 宽"), ("a class, 0 … %", "类别编号，0 … %"),
    ("a known kind of layer", "已知种类的层"), ("a number above 0", "大于 0 的数"), ("a number from 0", "不小于 0 的数"),
    ("a number", "一个数"), ("a whole number from % to %", "% 到 % 的整数"), ("a whole number from %", "不小于 % 的整数"),
    ("at least one label", "至少一个标签"), ("another input", "换一个输入"),
    ("the shape of one example", "单个样例的形状"), ("layers that an ONNX file can hold", "ONNX 文件能容纳的层"),
    ("a word or a list of words of %", "一个词或词的列表，可用 %"), ("an Augment, or None", "Augment，或 None"),
    ("only the step function knows what its nets are given: activations net x", "只有步函数知道其网络的输入：activations net x"),
    (
      "the step function updates by itself: clip_grads(net, %) goes before its step",
      "步函数自行更新：在其 step 之前加 clip_grads(net, %)"
    ),
    ("recon=\"gaussian\" needs a sigma where k is above 1", "k 大于 1 时 recon=\"gaussian\" 需要给定 sigma"),
    ("what D says is not finite; alarms tells where that comes from", "D 的输出不是有限数；alarms 可查出原因"),
    ("% holds no images", "% 不含图像"),
  ]

  /// `需要` and the phrase, with a blank before what is not Chinese.
  static func wanted(_ english: String) -> String {
    let phrase = chinese(english)
    return phrase.first?.isASCII ?? true ? "需要 \(phrase)" : "需要\(phrase)"
  }

  /// The Chinese of a phrase; the English when there is none.
  static func chinese(_ english: String) -> String { translation(of: english) ?? english }

  /// The Chinese of a phrase, with the values that it holds; nil when no pattern is like it.
  static func translation(of english: String) -> String? {
    if let found = phrases.first(where: { $0.english == english }) { return found.chinese }
    for (pattern, translation) in phrases {
      if let values = values(of: english, in: pattern) { return filled(translation, values) }
    }
    return nil
  }

  /// What stands for each `%` when a phrase follows a pattern.
  private static func values(of phrase: String, in pattern: String) -> [Substring]? {
    let parts = pattern.split(separator: "%", omittingEmptySubsequences: false)
    guard parts.count > 1, phrase.hasPrefix(parts[0]) else { return nil }
    var rest = phrase.dropFirst(parts[0].count)
    var values: [Substring] = []
    for (index, part) in parts.enumerated().dropFirst() {
      let end = index == parts.count - 1 ? tail(of: rest, part) : rest.firstRange(of: part)?.lowerBound
      guard let end, end > rest.startIndex else { return nil }
      values.append(rest[..<end])
      rest = rest[end...].dropFirst(part.count)
    }
    return values
  }

  /// Where a text ends but for what it must end with.
  private static func tail(of text: Substring, _ ending: Substring) -> Substring.Index? {
    text.hasSuffix(ending) ? text.index(text.endIndex, offsetBy: -ending.count) : nil
  }

  private static func filled(_ pattern: String, _ values: [Substring]) -> String {
    let parts = pattern.split(separator: "%", omittingEmptySubsequences: false)
    return zip(parts, values + [""]).map { $0 + $1 }.joined()
  }
}
