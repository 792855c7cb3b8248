// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import Layers
import Tensors

// A loop of one's own as a trainer, and what a step of it reports.

extension Builtin {
  static let customTrainer = Builtin(
    "Trainer", .constructor, in: .training,
    Text(
      "Your own loop body with progress, history, snapshots and until.", zh: "把自己的循环体变成训练器：有进度、历史、快照与 until。"),
    Parameter<FunctionArgument>(
      "step_fn",
      Text(
        "One step, gives a record of figures; takes nothing, or with data (x) or (x, y): images and their labels.",
        zh: "一步的函数，返回指标记录；不带参数，或在给出 data 时为 (x) 或 (x, y)：图像及其标签。")),
    Parameter<Record>("parts", Text("Nets and optimizers by name.", zh: "带名字的网络与优化器。")),
    Parameter<BatchSourceArgument?>("data", Text("A loader or a data set.", zh: "加载器或数据集。"), default: .nothing),
    Parameter<Int?>("seed", Text("What its random numbers follow from.", zh: "随机数种子。"), default: .nothing),
    examples: [
      Example(
        "step mine 3", shows: "loss",
        given: """
          net = Linear(2, 1); opt = SGD(net, 0.1)
          def one_step() { opt.zero_grad(); loss = mse(net(ones(4, 2)), zeros(4, 1)); loss.backward(); opt.step(); (loss=loss) }
          mine = Trainer(one_step, parts=(net=net, opt=opt));
          """),
      Example(
        "mine = Trainer(learn, parts=(net=net, opt=opt), data=dataset(\"digits\", limit=64)); step mine 2",
        shows: "loss",
        given: """
          net = Sequential(Flatten(), Linear(784, 10)); opt = Adam(net)
          def learn(x, y) { opt.zero_grad(); loss = cross_entropy(net(x), y); loss.backward(); opt.step(); (loss=loss) }

          """),
    ], seeAlso: ["record", "step", "unfold"]
  ) { call, function, parts, data, seed in
    let (nets, optimizers) = try CustomParts.sorted(parts)
    let loader = try data?.loader(call.state)
    let seed = call.state.trainerSeed(seed)
    // The streams that the trainer has, so that taking a step again draws the same numbers.
    let streams = StreamsBox()
    let variables = PartVariables(of: function, parts, call)
    let trainer = CustomTrainer(nets: nets, optimizers: optimizers, loader: loader, seed: seed) { batch in
      try variables.check(for: streams.trainer?.state.name)
      guard let own = streams.own else { return try CustomParts.figures(of: function, batch, call) }
      return try call.state.drawing(noise: own.noise, dropout: own.dropout) {
        try CustomParts.figures(of: function, batch, call)
      }
    }
    streams.own = trainer.state.streams
    streams.trainer = trainer
    return call.state.object(trainer)
  }

  static let record = Builtin(
    "record", .verb, in: .training, Text("Figures by name, for a step function to return.", zh: "带名字的指标，供步函数返回。"),
    Parameter<NamedRest<Value>>("values", Text("The figures.", zh: "各指标。")),
    examples: [Example("record(errD=0.5).errD", shows: "0.5")]
  ) { _, values in Record(values.elements.map { ($0.name, $0.value) }) }

  static let customTrainers: [Builtin] = [customTrainer, record]
}

/// A trainer that is still being made, and its streams.
private final class StreamsBox {
  var own: TrainingStreams?
  weak var trainer: CustomTrainer?
}

/// The parts and figures of a trainer around a function of the language.
private enum CustomParts {
  typealias Nets = [(name: String, net: any Layer)]
  typealias Optimizers = [(name: String, optimizer: any Optimizer)]

  static func sorted(_ parts: Record) throws -> (Nets, Optimizers) {
    var nets: Nets = []
    var optimizers: Optimizers = []
    for (name, value) in zip(parts.names, parts.values) {
      if let module = ModuleObject.convert(value) {
        nets.append((name, module.layer))
      } else if let object = OptimizerObject.convert(value) {
        optimizers.append((name, object.optimizer))
      } else {
        throw OptionFault(name: name, type: value.typeName)
      }
    }
    return (nets, optimizers)
  }

  /// Calls the step function with the examples, or with examples and labels, as many as it takes.
  static func figures(of function: FunctionArgument, _ batch: Batch?, _ call: Call) throws -> [NamedValue] {
    var arguments: [Value] = []
    if let batch {
      arguments.append(batch.x.value)
      if case .function(let callee) = function.callee, callee.parameterNames.count > 1 {
        arguments.append(batch.y.value)
      }
    }
    let result = try call.apply(function.callee, to: Arguments(arguments))
    guard case .record(let record) = result else { throw TrainingFault.stepResult(result.typeName) }
    return try zip(record.names, record.values).map { name, value throws -> NamedValue in
      if let number = Double.convert(value) { return NamedValue(name, number) }
      guard let tensor = Tensor.convert(value), tensor.count == 1 else {
        throw TrainingFault.stepResult(value.typeName)
      }
      return NamedValue(name, try tensor.item())
    }
  }
}

/// What deals batches: a loader, or a data set from which one is made.
struct BatchSourceArgument: ValueConvertible {
  let value: Value

  static var typeName: String { "Loader or Dataset" }

  static func convert(_ value: Value) -> BatchSourceArgument? {
    LoaderObject.convert(value) != nil || DatasetObject.convert(value) != nil
      ? BatchSourceArgument(value: value) : nil
  }

  func loader(_ state: WorkbenchState) throws -> Loader? {
    if let object = LoaderObject.convert(value) { return object.loader }
    guard let data = DatasetObject.convert(value)?.data else { return nil }
    let stream = RandomStream(seed: state.seed, stream: state.newNumber() << 4 | StreamPurpose.order.rawValue)
    return try Loader(data, random: stream)
  }
}
