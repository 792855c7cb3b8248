// SPDX-License-Identifier: Apache-2.0
import Generative
import Language
import Layers
import Tensors

extension Builtin {
  static let sgd = Builtin(
    "SGD", .constructor, in: .optimizers, Text("Gradient descent, with momentum if asked for.", zh: "梯度下降，可带动量。"),
    weightsParameter,
    Parameter<Double>("lr", Text("The learning rate.", zh: "学习率。")),
    Parameter<Double>("momentum", Text("How much of the last step is taken again.", zh: "动量系数。"), default: 0),
    Parameter<Double>("weight_decay", Text("How strongly weights are pulled to zero.", zh: "权重衰减。"), default: 0),
    examples: [Example("SGD(Linear(2, 1), lr=0.1)", shows: "SGD  lr 0.1")]
  ) { _, weights, rate, momentum, decay in
    weights.object(try SGD(weights.weights, learningRate: rate, momentum: momentum, weightDecay: decay))
  }

  static let adam = Builtin(
    "Adam", .constructor, in: .optimizers,
    Text("Steps scaled by running means of the gradient and of its square.", zh: "用梯度及其平方的滑动平均来调节步长。"),
    weightsParameter,
    rateParameter, betasParameter, epsilonParameter,
    Parameter<Double>("weight_decay", Text("How strongly weights are pulled to zero.", zh: "权重衰减。"), default: 0),
    examples: [Example("Adam(Linear(2, 1), lr=0.0002, betas=(0.5, 0.999))", shows: "lr 0.0002  betas 0.5, 0.999")]
  ) { _, weights, rate, betas, epsilon, decay in
    weights.object(
      try Adam(
        weights.weights, learningRate: rate, betas: betas.pair, epsilon: epsilon, weightDecay: decay))
  }

  static let adamW = Builtin(
    "AdamW", .constructor, in: .optimizers,
    Text("Adam whose weight decay acts on the weights themselves.", zh: "权重衰减直接作用于权重的 Adam。"), weightsParameter,
    rateParameter, betasParameter, epsilonParameter,
    Parameter<Double>("weight_decay", Text("How strongly weights are pulled to zero.", zh: "权重衰减。"), default: 0.01),
    examples: [Example("AdamW(Linear(2, 1))", shows: "weight_decay 0.01")]
  ) { _, weights, rate, betas, epsilon, decay in
    weights.object(
      try Adam(
        weights.weights, learningRate: rate, betas: betas.pair, epsilon: epsilon, weightDecay: decay,
        decoupled: true))
  }

  static let rmsprop = Builtin(
    "RMSprop", .constructor, in: .optimizers,
    Text("Steps scaled by a running mean of the gradient's square.", zh: "用梯度平方的滑动平均来调节步长。"), weightsParameter,
    Parameter<Double>("lr", Text("The learning rate.", zh: "学习率。"), default: 0.01),
    Parameter<Double>("alpha", Text("How slowly the mean moves.", zh: "滑动平均系数。"), default: 0.99), epsilonParameter,
    examples: [Example("RMSprop(Linear(2, 1), lr=5e-5)", shows: "RMSprop  lr 5e-05")]
  ) { _, weights, rate, alpha, epsilon in
    weights.object(try RMSprop(weights.weights, learningRate: rate, alpha: alpha, epsilon: epsilon))
  }

  static let stepOptimizer = Builtin(
    "step", .verb, in: .optimizers, Text("Applies the gradients once, as in PyTorch.", zh: "按梯度更新一次参数，同 PyTorch。"),
    Parameter<OptimizerObject>("optimizer", Text("The optimizer.", zh: "优化器。")),
    examples: [
      Example(
        "opt.step(); opt.steps", shows: "1",
        given: "net = Linear(2, 1); opt = SGD(net, 0.1); sum(net(ones(1, 2))).backward()")
    ]
  ) { _, optimizer in
    try optimizer.step()
    return Nothing()
  }

  static let clipGrads = Builtin(
    "clip_grads", .function, in: .optimizers,
    Text("Shortens long gradients to a norm; gives the norm before.", zh: "把过长的梯度裁剪到给定范数；返回裁剪前的范数。"), weightsParameter,
    Parameter<Double>("max_norm", Text("The longest allowed.", zh: "允许的最大范数。")),
    examples: [
      Example("net = Linear(2, 1); sum(net(full([1, 2], 30.0))).backward(); clip_grads(net, 1.0) > 1", shows: "True")
    ]
  ) { _, weights, maximum in try clipGradients(of: weights.weights, toNorm: maximum) }

  static let clipWeights = Builtin(
    "clip_weights", .function, in: .optimizers,
    Text("Cuts every weight to −bound … bound, as the first Wasserstein GAN does.", zh: "把权重截断到 −bound … bound（WGAN）。"),
    weightsParameter,
    Parameter<Double>("bound", Text("The largest size allowed.", zh: "允许的最大绝对值。")),
    examples: [
      Example("net = Linear(2, 1); clip_weights(net, 0.01); abs(net.weight).max().item() <= 0.01", shows: "True")
    ]
  ) { _, weights, bound in
    try Layers.clipWeights(of: weights.weights, to: bound)
    return Nothing()
  }

  static let cosine = Builtin(
    "cosine", .function, in: .optimizers,
    Text("Lets the learning rate fall along half a cosine in so many steps.", zh: "让学习率在给定步数内按半个余弦下降。"),
    Parameter<OptimizerObject>("optimizer", Text("The optimizer.", zh: "优化器。")),
    Parameter<Int>("steps", Text("How many steps until the end.", zh: "总步数。")),
    Parameter<Double>("minimum", Text("What share of the rate is left.", zh: "最后保留的学习率比例。"), default: 0),
    examples: [Example("opt = Adam(Linear(2, 1)); cosine(opt, 1000)", shows: "lr 0.001")]
  ) { call, optimizer, steps, minimum in
    if let (trainer, part) = call.state.place(of: optimizer.optimizer) {
      try trainer.letRateFall(of: part, steps: steps, minimum: minimum)
    } else {
      try optimizer.fall(inSteps: steps, minimum: minimum)
    }
    return optimizer
  }

  static let optimizers: [Builtin] = [sgd, adam, adamW, rmsprop, stepOptimizer, clipGrads, clipWeights, cosine]

  private static let weightsParameter = Parameter<WeightsArgument>(
    "params", Text("A net, or a list of nets or parameters.", zh: "网络，或网络、参数的列表。"))
  private static let rateParameter = Parameter<Double>(
    "lr", Text("The learning rate.", zh: "学习率。"), default: 0.001)
  private static let betasParameter = Parameter<BetasArgument>(
    "betas", Text("How slowly the two means move.", zh: "两个滑动平均的系数。"), default: .tuple([0.9, 0.999]))
  private static let epsilonParameter = Parameter<Double>(
    "eps", Text("Added to the root of the mean square.", zh: "加在均方根上的小量。"), default: 1e-8)
}

/// The two settings of Adam, given as a pair.
struct BetasArgument: ValueConvertible {
  let pair: (Double, Double)

  static var typeName: String { "pair of Floats" }

  static func convert(_ value: Value) -> BetasArgument? {
    guard let numbers = [Double].convert(value), numbers.count == 2 else { return nil }
    return BetasArgument(pair: (numbers[0], numbers[1]))
  }

  var value: Value { .tuple([.float(pair.0), .float(pair.1)]) }
}
