// SPDX-License-Identifier: Apache-2.0
import Language
import Layers
import Tensors

// Layers put together, and what is done with whole nets.

extension Builtin {
  static let sequential = Builtin(
    "Sequential", .constructor, in: .layers,
    Text("Layers one after the other; plain functions are layers too.", zh: "依次连接的层；普通函数也可以当层。"),
    Parameter<Rest<LayerArgument>>("layers", Text("Layers or functions, in order.", zh: "按顺序给出的层或函数。")),
    examples: [
      Example("Sequential(Flatten(), Linear(784, 128), relu, Linear(128, 10))", shows: "Linear(784 → 128)"),
      Example("net = Sequential(Linear(2, 3), relu); net[0] = Linear(2, 5); net(ones(1, 2)).shape", shows: "[1, 5]"),
    ]
  ) { call, layers in ModuleObject(Sequential(layers.elements.map { $0.layer(in: call) })) }

  static let heads = Builtin(
    "Heads", .constructor, in: .layers,
    Text("Several layers on one input; gives a record of their outputs.", zh: "同一输入上的多个层；输出为记录。"),
    Parameter<NamedRest<LayerArgument>>("modules", Text("Layers by name.", zh: "带名字的层。")),
    examples: [
      Example("mu, logvar = Heads(mu=Linear(8, 2), logvar=Linear(8, 2))(zeros(1, 8)); mu.shape", shows: "[1, 2]")
    ]
  ) { call, modules in ModuleObject(Heads(modules.elements.map { ($0.name, $0.value.layer(in: call)) })) }

  static let module = Builtin(
    "Module", .constructor, in: .layers,
    Text("A net with a forward pass of your own; it gets the net and the inputs.", zh: "自定义前向计算的网络；函数接收网络本身和输入。"),
    Parameter<FunctionArgument>("forward", Text("As in (m, x) -> x + m.f(x).", zh: "例如 (m, x) -> x + m.f(x)。")),
    Parameter<NamedRest<Value>>("children", Text("Layers, or tensors to train, by name.", zh: "带名字的层，或要训练的张量。")),
    examples: [Example("Module((m, x) -> x + m.f(x), f=Linear(8, 8))(zeros(2, 8)).shape", shows: "[2, 8]")]
  ) { call, forward, parts in
    var children: [(name: String, layer: any Layer)] = []
    var weights: [(name: String, parameter: Weight)] = []
    for (name, value) in parts.elements {
      if let layer = LayerArgument.convert(value) {
        children.append((name, layer.layer(in: call)))
      } else if let tensor = Tensor.convert(value) {
        weights.append((name, try Weight(name, tensor)))
      } else {
        throw ModuleFault.notLayer(name: name, type: value.typeName)
      }
    }
    return ModuleObject(
      FunctionLayer("Module", children: children, parameters: weights) { layer, inputs, context in
        try call.state.withContext(context) {
          let arguments = [.host(ModuleObject(layer))] + inputs.map(\.value)
          return try LayerOutput(call.apply(forward.callee, to: Arguments(arguments)))
        }
      })
  }

  static let generator = Builtin(
    "Generator", .constructor, in: .layers,
    Text("The article's generator: noise to images, ending in tanh.", zh: "文章中的生成器：由噪声生成图像，以 tanh 结尾。"),
    Parameter<Int>("z", Text("The size of the noise.", zh: "噪声维数。"), default: 100),
    Parameter<[Int]>("hidden", Text("The widths of the hidden layers.", zh: "隐藏层宽度。"), default: [128, 256]),
    Parameter<Shape>("out", Text("The shape of an image.", zh: "图像形状。"), default: .tuple([1, 28, 28])),
    examples: [Example("Generator(z=100)(randn(64, 100)).shape", shows: "[64, 1, 28, 28]")],
    unfolds: """
      def Generator(z=100) = Sequential(
        Linear(z, 128), LeakyReLU(0.2), Linear(128, 256), LeakyReLU(0.2), Linear(256, 784), tanh, Reshape(1, 28, 28))
      """
  ) { call, latent, hidden, shape in
    ModuleObject(
      try Sequential.generator(latent: latent, hidden: hidden, shape: shape, random: call.state.newInitialStream()))
  }

  static let discriminator = Builtin(
    "Discriminator", .constructor, in: .layers,
    Text("The article's discriminator: images to the probability of being real.", zh: "文章中的判别器：给出图像为真的概率。"),
    Parameter<[Int]>("hidden", Text("The widths of the hidden layers.", zh: "隐藏层宽度。"), default: [128]),
    Parameter<Shape>("shape", Text("The shape of an image.", zh: "图像形状。"), default: .tuple([1, 28, 28])),
    examples: [Example("Discriminator()(zeros(64, 1, 28, 28)).shape", shows: "[64, 1]")],
    unfolds: """
      def Discriminator() = Sequential(Flatten(), Linear(784, 128), LeakyReLU(0.2), Linear(128, 1), sigmoid)
      """
  ) { call, hidden, shape in
    ModuleObject(try Sequential.discriminator(hidden: hidden, shape: shape, random: call.state.newInitialStream()))
  }

  static let encoder = Builtin(
    "Encoder", .constructor, in: .layers,
    Text("The article's encoder: images to mean and log-variance of a code.", zh: "文章中的编码器：给出编码的均值与对数方差。"),
    Parameter<Int>("z", Text("The size of the code.", zh: "编码维数。"), default: 16),
    Parameter<Int>("hidden", Text("The width of the hidden layer.", zh: "隐藏层宽度。"), default: 256),
    Parameter<Shape>("shape", Text("The shape of an image.", zh: "图像形状。"), default: .tuple([1, 28, 28])),
    examples: [Example("mu, logvar = Encoder(z=16)(zeros(2, 1, 28, 28)); mu.shape", shows: "[2, 16]")],
    unfolds: """
      def Encoder(z=16) = Sequential(
        Flatten(), Linear(784, 256), relu, Heads(mu=Linear(256, z), logvar=Linear(256, z)))
      """
  ) { call, latent, hidden, shape in
    ModuleObject(
      try Sequential.encoder(latent: latent, hidden: [hidden], shape: shape, random: call.state.newInitialStream()))
  }

  static let decoder = Builtin(
    "Decoder", .constructor, in: .layers,
    Text("The article's decoder: codes to images, ending in tanh.", zh: "文章中的解码器：由编码还原图像，以 tanh 结尾。"),
    Parameter<Int>("z", Text("The size of the code.", zh: "编码维数。"), default: 16),
    Parameter<Int>("hidden", Text("The width of the hidden layer.", zh: "隐藏层宽度。"), default: 256),
    Parameter<Shape>("out", Text("The shape of an image.", zh: "图像形状。"), default: .tuple([1, 28, 28])),
    examples: [Example("Decoder(z=16)(randn(2, 16)).shape", shows: "[2, 1, 28, 28]")],
    unfolds: """
      def Decoder(z=16) = Sequential(Linear(z, 256), relu, Linear(256, 784), tanh, Reshape(1, 28, 28))
      """
  ) { call, latent, hidden, shape in
    ModuleObject(
      try Sequential.decoder(latent: latent, hidden: [hidden], shape: shape, random: call.state.newInitialStream()))
  }

  static let params = Builtin(
    "params", .function, in: .layers, Text("All parameters of a net, as a list.", zh: "网络的全部参数（列表）。"), moduleParameter,
    aliases: ["parameters"],
    examples: [Example("len(params(Linear(3, 2)))", shows: "2")]
  ) { _, module in
    let owner = module.layer.notes.label ?? module.layer.summary
    return module.layer.namedParameters.map {
      ParameterObject($0.parameter, name: $0.name, owner: owner, of: module.layer)
    }
  }

  static let count = Builtin(
    "count", .function, in: .layers, Text("How many numbers a net trains.", zh: "网络可训练的数的个数。"), moduleParameter,
    examples: [Example("count(Linear(784, 128))", shows: "100480")]
  ) { _, module in module.layer.parameterCount }

  static let initialize = Builtin(
    "init", .function, in: .layers, Text("Draws new starting weights.", zh: "重新抽取初始权重。"), moduleParameter,
    Parameter<String>(
      "scheme", Text("How they are drawn.", zh: "初始化方式。"), default: "default",
      among: .words(Initialization.allCases.map(\.rawValue))),
    examples: [Example("init(Generator(), \"dcgan\");")]
  ) { call, module, scheme in
    try module.layer.initialize(Initialization(rawValue: scheme) ?? .standard, random: call.state.newInitialStream())
    return module
  }

  static let evalMode = Builtin(
    "eval_mode", .function, in: .layers,
    Text("With it, a net behaves as in inference: fixed statistics, no dropout.", zh: "其中网络按推理方式工作：固定统计量、不丢弃。"),
    moduleParameter,
    examples: [Example("m = Dropout(0.5); with eval_mode(m) { y = m(ones(3)) }; y", shows: "[1, 1, 1]")]
  ) { _, module in
    var before = false
    return ScopeObject(
      "eval_mode(\(module.layer.notes.label ?? module.layer.typeName))",
      enter: { _ in
        before = module.layer.notes.isInference
        module.layer.notes.isInference = true
      },
      leave: { _ in module.layer.notes.isInference = before })
  }

  static let frozen = Builtin(
    "frozen", .function, in: .layers,
    Text("With it, the parameters of a net get no gradients and do not change.", zh: "其中网络的参数不求梯度、不更新。"),
    moduleParameter,
    examples: [
      Example("m = Linear(2, 1); with frozen(m) { flag = m.weight.requires_grad }; flag", shows: "False")
    ]
  ) { _, module in
    var thawed: [Weight] = []
    return ScopeObject(
      "frozen(\(module.layer.notes.label ?? module.layer.typeName))",
      enter: { _ in
        thawed = module.layer.allParameters.filter { !$0.isFrozen }
        for weight in thawed { weight.isFrozen = true }
      },
      leave: { _ in for weight in thawed { weight.isFrozen = false } })
  }

  static let moduleParameter = Parameter<ModuleObject>("m", Text("A net or a layer.", zh: "网络或层。"))

  static let nets: [Builtin] = [
    sequential, heads, module, generator, discriminator, encoder, decoder, params, count, initialize, evalMode,
    frozen,
  ]
}
