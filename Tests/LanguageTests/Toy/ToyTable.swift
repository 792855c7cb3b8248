// SPDX-License-Identifier: Apache-2.0
import Language

extension BuiltinTable {
  /// The core and a few toys that behave like tensors and trainers.
  static let toys = BuiltinTable(Toys.all, hostTypes: [Vector.self, Machine.self, Scope.self]) { error, call in
    guard case ToyError.lengths(let left, let right) = error else { return nil }
    let name = call.name
    return Diagnostic(
      .shape, Text("\(name) needs equal lengths", zh: "\(name) 需要相同的长度"),
      labels: [
        .init(.position(0), Text("[\(left)]", zh: "[\(left)]")),
        .init(.position(1), Text("[\(right)]", zh: "[\(right)]")),
      ])
  }
}

private enum Toys {
  static let all: [Builtin] = [
    vector, sum, mean, machine, step, stepNumber, scope, record, plot, randn, backward, loss, train, fails, seed,
  ]

  static let group = Group("toys", Text("Toys", zh: "玩具"))

  static let vector = Builtin(
    "vector", .function, in: group, Text("A vector.", zh: "向量。"),
    Parameter<[Double]>("xs", Text("Numbers.", zh: "数字。")),
    examples: [Example("vector([1, 2])")]
  ) { _, xs in Vector(xs) }

  static let sum = Builtin(
    "sum", .function, in: group, Text("The sum.", zh: "和。"), Parameter<Vector>("x", Text("A vector.", zh: "向量。")),
    examples: [Example("sum(vector([1, 2]))")]
  ) { _, x in Vector([x.scalars.reduce(0, +)]) }

  static let mean = Builtin(
    "mean", .function, in: group, Text("The mean.", zh: "平均。"), Parameter<Vector>("x", Text("A vector.", zh: "向量。")),
    Parameter<Int?>("dim", Text("The axis.", zh: "轴。"), default: .nothing), examples: [Example("mean(vector([1, 2]))")]
  ) { _, x, _ in x.scalars.reduce(0, +) / Double(max(x.scalars.count, 1)) }

  static let machine = Builtin(
    "Machine", .constructor, in: group, Text("A machine.", zh: "机器。"), examples: [Example("Machine()")]
  ) { _ in Machine() }

  static let step = Builtin(
    "step", .verb, in: group, Text("Takes steps.", zh: "走若干步。"),
    Parameter<Machine>("machine", Text("What.", zh: "机器。")),
    Parameter<Int>("n", Text("How many.", zh: "步数。"), default: 1),
    Parameter<LazyArgument?>("until", Text("When to stop.", zh: "停止条件。"), default: .nothing),
    Parameter<String?>("only", Text("A part.", zh: "部分。"), default: .nothing, among: .words(["D", "G"])),
    Parameter<Int?>("every", Text("How often.", zh: "间隔。"), default: .nothing),
    Parameter<BlockArgument?>("do", Text("What to do.", zh: "要执行的语句。"), default: .nothing),
    examples: [Example("step m 2", shows: "step 2", given: "m = Machine()")]
  ) { call, machine, n, until, _, every, block in
    for _ in 0..<n {
      try call.checkInterruption()
      machine.step()
      let metrics: [(String, Value)] = [("errD", .float(machine.losses.last ?? 0)), ("steps", .int(machine.steps))]
      if let every, machine.steps % every == 0 { try block?.run(with: metrics, in: call) }
      if try until?.isTrue(with: metrics, in: call) ?? false { break }
    }
    return "step \(machine.steps)"
  }

  static let stepNumber = Builtin(
    "step", .verb, in: group, Text("Counts on.", zh: "加一。"), Parameter<Int>("number", Text("A number.", zh: "数字。")),
    examples: [Example("step(1)")]
  ) { _, number in number &+ 1 }

  static let scope = Builtin(
    "scope", .function, in: group, Text("A scope.", zh: "范围。"), Parameter<String>("name", Text("A name.", zh: "名字。")),
    examples: [Example("with scope(\"a\") { }")]
  ) { _, name in Scope(name) }

  static let record = Builtin(
    "record", .verb, in: group, Text("A record.", zh: "记录。"),
    Parameter<NamedRest<Value>>("values", Text("Values.", zh: "值。")), examples: [Example("record a=1")]
  ) { _, values in values.value }

  static let plot = Builtin(
    "plot", .verb, in: group, Text("Plots.", zh: "绘图。"), Parameter<Rest<Value>>("ys", Text("Curves.", zh: "曲线。")),
    Parameter<String>("title", Text("A title.", zh: "标题。"), default: ""), examples: [Example("plot [1, 2]")]
  ) { _, ys, title in "plot of \(ys.elements.count) \(title)" }

  static let randn = Builtin(
    "randn", .function, in: group, Text("Zeros.", zh: "零。"), Parameter<Rest<Int>>("shape", Text("Lengths.", zh: "长度。")),
    examples: [Example("randn(2, 3)")]
  ) { _, shape in Vector(Array(repeating: 0, count: min(shape.elements.reduce(1, { $0 &* $1 }), 1000))) }

  static let backward = Builtin(
    "backward", .function, in: group, Text("Goes back.", zh: "反向传播。"),
    Parameter<Vector>("loss", Text("The loss.", zh: "损失。")),
    Parameter<Bool>("retain", Text("Keeps the graph.", zh: "保留计算图。"), default: false),
    examples: [Example("loss.backward()", given: "loss = vector([1])")]
  ) { _, _, _ in Nothing() }

  static let loss = Builtin(
    "bce", .function, in: group, Text("A loss.", zh: "损失。"), Parameter<Vector>("input", Text("Guess.", zh: "预测。")),
    Parameter<Vector>("target", Text("Truth.", zh: "目标。")), examples: [Example("bce(vector([1]), vector([1]))")]
  ) { call, input, target in
    guard input.scalars.count == target.scalars.count else {
      throw Diagnostic(
        .shape, Text("bce(input, target) needs equal shapes", zh: "bce(input, target) 需要相同的形状"),
        labels: [
          .init(.argument("input"), Text("input \(input.brief)", zh: "input \(input.brief)")),
          .init(.argument("target"), Text("target \(target.brief)", zh: "target \(target.brief)")),
        ],
        notes: [Text("bce compares element by element and never broadcasts", zh: "bce 逐元素比较，从不广播")],
        help: [.init(code: "bce(x, x)", Text("both alike", zh: "两者相同"))])
    }
    return 0.5
  }

  static let train = Builtin(
    "train", .verb, in: group, Text("Trains.", zh: "训练。"), Parameter<Machine>("machine", Text("What.", zh: "机器。")),
    Parameter<Int>("epochs", Text("How long.", zh: "轮数。"), default: 1),
    examples: [Example("train m", given: "m = Machine()")]
  ) { _, machine, epochs in machine }

  static let fails = Builtin(
    "apply", .function, in: group, Text("Calls a function.", zh: "调用函数。"),
    Parameter<FunctionArgument>("f", Text("What to call.", zh: "函数。")),
    Parameter<Value>("x", Text("With what.", zh: "参数。")), examples: [Example("apply(x -> x, 1)")]
  ) { call, f, x in try f(x, in: call) }

  static let seed = Builtin(
    "seed", .verb, in: group, Text("Seeds.", zh: "设种子。"), Parameter<Int>("n", Text("The seed.", zh: "种子。")),
    examples: [Example("seed 42")]
  ) { _, n in Scope("seed \(n)") }
}
