// SPDX-License-Identifier: Apache-2.0
import Language
import Layers
import Tensors

// Derivatives.

extension Builtin {
  static let requiresGrad = Builtin(
    "requires_grad", .function, in: .autograd,
    Text("The tensor as one whose gradient is gathered; off, without history.", zh: "使张量累积梯度；on=False 则去掉历史。"),
    Parameter<GradientTarget>("x", Text("A tensor, a parameter or a net.", zh: "张量、参数或网络。")),
    Parameter<Bool>("on", Text("False freezes a parameter or a net.", zh: "False 冻结参数或网络。"), default: true),
    aliases: ["requires_grad_"],
    examples: [Example("x = requires_grad(ones(2)); x.requires_grad", shows: "True")]
  ) { _, target, isOn -> Value in
    switch target {
    case .tensor(let tensor): return try (isOn ? tensor.requiringGradient() : tensor.detached()).value
    case .weights(let argument):
      for weight in argument.weights { weight.isFrozen = !isOn }
      return argument.value
    }
  }

  static let detach = Builtin(
    "detach", .function, in: .autograd,
    Text("The same numbers without history: no gradient flows back through them.", zh: "数值相同但去掉历史：梯度不再回传。"),
    tensorParameter, examples: [Example("requires_grad(ones(2)).detach().requires_grad", shows: "False")],
    seeAlso: ["no_grad", "requires_grad"]
  ) { _, x in x.detached() }

  static let backward = Builtin(
    "backward", .function, in: .autograd,
    Text("Adds the gradients of a loss to everything it was computed from.", zh: "把损失的梯度累加到它所依赖的各参数上。"),
    Parameter<Tensor>("loss", Text("One number.", zh: "单个数的张量。")),
    Parameter<Bool>("retain", Text("Keeps the graph for another backward.", zh: "保留计算图以便再次 backward。"), default: false),
    examples: [Example("x = requires_grad(ones(2)); loss = sum(x * 3); loss.backward(); x.grad", shows: "[3, 3]")],
    seeAlso: ["grad", "zero_grad", "graph"]
  ) { call, loss, retain in
    do {
      try Tensors.backward(loss, retainingGraph: retain, label: lossLabel(call))
    } catch TensorError.interrupted {
      throw call.state.takeHookFailure() ?? TensorError.interrupted
    } catch TensorError.graphAlreadyUsed {
      throw GradientFault.graphAlreadyUsed(input: call.state.lastBackward, loss: lossLabel(call))
    }
    call.state.lastBackward = call.state.input
    return Nothing()
  }

  /// The name under which the loss was given, for the column that tells whose gradient a weight carries.
  private static func lossLabel(_ call: Call) -> String {
    guard let text = call.argumentText(0), let first = text.first, first.isLetter || first == "_",
      text.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
    else { return "loss" }
    return text
  }

  static let grad = Builtin(
    "grad", .function, in: .autograd,
    Text(
      "The derivative of a number with respect to a tensor; what x.grad holds stays as it is.",
      zh: "标量对张量的导数；不改动 x.grad。"),
    Parameter<Tensor>("y", Text("One number.", zh: "单个数的张量。")),
    Parameter<Tensor>("x", Text("What y was computed from.", zh: "y 所依赖的张量。")),
    Parameter<Bool>(
      "create_graph", Text("Makes the gradient itself differentiable.", zh: "使梯度本身可再求导。"), default: false),
    examples: [Example("x = requires_grad(tensor([2.0])); grad(sum(x * x), x)", shows: "[4]")]
  ) { _, y, x, createGraph in
    do {
      return try gradient(of: y, withRespectTo: [x], createGraph: createGraph, retainingGraph: true)[0]
    } catch TensorError.notConnected {
      throw GradientFault.notConnected
    } catch TensorError.notRecorded {
      throw GradientFault.notConnected
    }
  }

  static let zeroGrad = Builtin(
    "zero_grad", .function, in: .autograd,
    Text("Forgets the gathered gradients.", zh: "清除累积的梯度。"),
    Parameter<WeightsArgument>("x", Text("An optimizer, a net or a list of parameters.", zh: "优化器、网络或参数列表。")),
    examples: [
      Example(
        "net = Linear(2, 1); sum(net(ones(1, 2))).backward(); net.zero_grad(); net.weight.grad == None", shows: "True")
    ]
  ) { _, argument in
    for weight in argument.weights { weight.clearGradient() }
    return Nothing()
  }

  static let noGrad = Builtin(
    "no_grad", .function, in: .autograd,
    Text("With it, nothing is recorded: cheaper, and without gradients.", zh: "其中的运算不记录：更省，也没有梯度。"),
    examples: [Example("x = requires_grad(ones(2)); with no_grad() { y = x * 2 }; y.requires_grad", shows: "False")]
  ) { _ in
    var before = true
    return ScopeObject(
      "no_grad()",
      enter: { _ in
        before = GradientRecording.isOn
        GradientRecording.isOn = false
      },
      leave: { _ in GradientRecording.isOn = before })
  }

  static let checkGrad = Builtin(
    "check_grad", .function, in: .autograd,
    Text("Compares a derivative with finite differences, element by element.", zh: "把自动求导与数值差分逐元素比较。"),
    Parameter<FunctionArgument>("f", Text("Takes the tensor, gives one number.", zh: "输入张量、输出单个数的函数。")),
    Parameter<Tensor>("x", Text("Where.", zh: "在哪一点。")),
    examples: [Example("check_grad(w -> mse(w * 3, ones(4)), randn(4))", shows: "4 of 4 agree")]
  ) { call, function, x in try GradientComparison.table(of: function, at: x, call) }

  static let autograd: [Builtin] = [requiresGrad, detach, backward, grad, zeroGrad, noGrad, checkGrad]
}

/// What `requires_grad` acts on.
enum GradientTarget: ValueConvertible {
  case tensor(Tensor)
  case weights(WeightsArgument)

  static var typeName: String { "Tensor" }

  static func convert(_ value: Value) -> GradientTarget? {
    if let weights = WeightsArgument.convert(value) { return .weights(weights) }
    return Tensor.convert(value).map(GradientTarget.tensor)
  }

  var value: Value {
    switch self {
    case .tensor(let tensor): tensor.value
    case .weights(let argument): argument.value
    }
  }
}
