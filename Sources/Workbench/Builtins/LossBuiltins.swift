// SPDX-License-Identifier: Apache-2.0
import Generative
import Language
import Tensors

// Losses. None of them broadcasts.

extension Builtin {
  static let bce = loss(
    "bce",
    Text("Binary cross-entropy of probabilities against targets in 0 … 1.", zh: "概率与 0 … 1 目标的二元交叉熵。"),
    Example("bce(full([2], 0.5), 1)", shows: "0.6931")
  ) { input, target, reduction in
    try TargetRangeFault.check(target, of: "bce")
    return try binaryCrossEntropy(input, target, reduction: reduction)
  }

  static let bceLogits = loss(
    "bce_logits",
    Text(
      "Binary cross-entropy of scores before the sigmoid; safer than bce(sigmoid(x), …).",
      zh: "对 sigmoid 之前的得分求二元交叉熵，比 bce(sigmoid(x), …) 更稳定。"),
    Example("bce_logits(zeros(2), ones(2))", shows: "0.6931")
  ) { input, target, reduction in
    try TargetRangeFault.check(target, of: "bce_logits")
    return try binaryCrossEntropyFromLogits(input, target, reduction: reduction)
  }

  static let mse = loss(
    "mse", Text("The squared difference.", zh: "均方误差。"), Example("mse(zeros(2), full([2], 3.0))", shows: "9")
  ) { input, target, reduction in
    try meanSquaredError(input, target, reduction: reduction)
  }

  static let l1 = loss(
    "l1", Text("The absolute difference.", zh: "平均绝对误差。"), Example("l1(zeros(2), full([2], 3.0))", shows: "3")
  ) { input, target, reduction in
    try meanAbsoluteError(input, target, reduction: reduction)
  }

  private static func loss(
    _ name: String, _ text: Text, _ example: Example,
    _ function: @escaping @Sendable (Tensor, Tensor, LossReduction) throws -> Tensor
  ) -> Builtin {
    Builtin(
      name, .function, in: .layers, text,
      Parameter<Tensor>("input", Text("What the net gives.", zh: "网络的输出。")),
      Parameter<TensorOperand>(
        "target", Text("What it should give: one number for all, or the same shape.", zh: "目标：同一个数，或形状相同的张量。")),
      reductionParameter("mean"), examples: [example]
    ) { call, input, given, reduction in
      let target = given.isNumber ? try Tensor.full(input.shape, given.tensor.item()) : given.tensor
      guard input.shape == target.shape else { throw LossFault(name, input, target, call) }
      return try function(input, target, LossReduction(named: reduction))
    }
  }

  private static func reductionParameter(_ value: Literal) -> Parameter<String> {
    Parameter<String>(
      "reduction", Text("What becomes of the elements.", zh: "如何汇总各元素。"), default: value,
      among: .words(["mean", "sum", "none"]))
  }

  static let crossEntropyLoss = Builtin(
    "cross_entropy", .function, in: .layers,
    Text("Cross-entropy of scores [batch, classes] against whole-number labels.", zh: "得分 [批, 类别] 与整数标签的交叉熵。"),
    Parameter<Tensor>("logits", Text("Scores before the softmax.", zh: "softmax 之前的得分。")),
    Parameter<Tensor>("labels", Text("Labels [batch].", zh: "标签 [批]。")),
    examples: [Example("cross_entropy(zeros(2, 10), tensor([3, 7]))", shows: "2.303")]
  ) { _, logits, labels in try crossEntropy(logits, labels) }

  static let klNormal = Builtin(
    "kl_normal", .function, in: .layers,
    Text("KL divergence of N(mu, exp(logvar)) from N(0, 1).", zh: "N(mu, exp(logvar)) 相对 N(0, 1) 的 KL 散度。"),
    Parameter<Tensor>("mu", Text("The means.", zh: "均值。")),
    Parameter<Tensor>("logvar", Text("The logarithms of the variances.", zh: "对数方差。")),
    reductionParameter("sum"),
    examples: [Example("kl_normal(ones(2), zeros(2))", shows: "1")],
    unfolds: "def kl_normal(mu, logvar) = -0.5 * sum(1 + logvar - mu.pow(2) - logvar.exp())"
  ) { _, mean, logVariance, reduction in
    try normalDivergence(mean: mean, logVariance: logVariance, reduction: LossReduction(named: reduction))
  }

  static let gaussianLoss = Builtin(
    "gaussian_nll", .function, in: .layers,
    Text(
      "−log of a normal density around the output, summed; without sigma the best one.",
      zh: "以输出为均值的正态负对数似然之和；省略 sigma 则取最优值。"),
    Parameter<Tensor>("input", Text("What the net gives.", zh: "网络的输出。")),
    Parameter<Tensor>("target", Text("What it should give, in the same shape.", zh: "目标，形状相同。")),
    Parameter<Double?>("sigma", Text("The standard deviation.", zh: "标准差。"), default: .nothing),
    examples: [Example("gaussian_nll(zeros(2), zeros(2), sigma=1.0)", shows: "1.838")]
  ) { call, input, target, deviation in
    guard input.shape == target.shape else { throw LossFault("gaussian_nll", input, target, call) }
    return try Reconstruction.gaussian.sum(.logits(input), target, deviation: deviation)
  }

  static let losses: [Builtin] = [bce, bceLogits, mse, l1, crossEntropyLoss, klNormal, gaussianLoss]
}

extension LossReduction {
  /// The reduction of a name; the names are checked before the body runs.
  init(named name: String) {
    self = name == "sum" ? .sum : name == "none" ? .none : .mean
  }
}
