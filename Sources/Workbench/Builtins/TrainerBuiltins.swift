// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import Layers
import Tensors

// Making trainers.

extension Builtin {
  static let gan = Builtin(
    "GAN", .constructor, in: .training,
    Text("A generator and a discriminator that train against each other.", zh: "相互对抗训练的生成器与判别器。"), datasetParameter,
    Parameter<Int>("z", Text("The length of the noise.", zh: "噪声维数。"), default: 100),
    Parameter<ModuleObject?>("G", Text("A generator of your own.", zh: "自定义生成器。"), default: .nothing),
    Parameter<ModuleObject?>("D", Text("A discriminator of your own.", zh: "自定义判别器。"), default: .nothing),
    Parameter<RatesArgument>(
      "lr", Text("The learning rate, or a pair for G and D.", zh: "学习率，或 G、D 各一个。"), default: 0.0002),
    Parameter<BetasArgument>("betas", Text("Adam's betas.", zh: "Adam 的 betas。"), default: .tuple([0.5, 0.999])),
    Parameter<Int>("batch", Text("How many images a step sees.", zh: "每步的图像数。"), default: 64),
    Parameter<String>(
      "loss", Text("The game.", zh: "对抗损失。"), default: "bce",
      among: .words(["bce"] + AdversarialLoss.allCases.map(\.rawValue))),
    Parameter<Int>("k", Text("Discriminator updates a step.", zh: "每步判别器更新次数。"), default: 1),
    Parameter<ConditioningArgument>(
      "cond", Text("Whether labels are used, and how; True is projection.", zh: "是否使用标签以及方式；True 即 projection。"),
      default: false, among: .words(Conditioning.allCases.map(\.rawValue))),
    Parameter<Int?>("seed", Text("What its random numbers follow from.", zh: "随机数种子。"), default: .nothing),
    Parameter<String>(
      "arch", Text("The kind of nets.", zh: "网络类型。"), default: "mlp",
      among: .words(GANArchitecture.allCases.map(\.rawValue))),
    Parameter<Double>("smoothing", Text("How much less than 1 real images should score.", zh: "真实标签的平滑量。"), default: 0),
    Parameter<Double?>("clip", Text("The bound of D's weights (WGAN).", zh: "判别器权重的截断界（WGAN）。"), default: .nothing),
    Parameter<Double?>("penalty", Text("The weight of the gradient penalty.", zh: "梯度惩罚的权重。"), default: .nothing),
    Parameter<Double?>("ema", Text("The decay of the average of G's weights.", zh: "生成器权重滑动平均的系数。"), default: .nothing),
    Parameter<DifferentiableArgument>(
      "diffaug",
      Text("Done to all that D sees: a word or a list of words.", zh: "对判别器输入的可微增强：一个词或词的列表。"),
      default: .list([]), among: .words(DifferentiableAugmentation.words.map(\.name))),
    Parameter<Bool>(
      "spectral", Text("Divides D's weights by their largest singular value.", zh: "判别器谱归一化。"), default: false),
    Parameter<Bool>(
      "minibatch", Text("Tells D how much the images of a batch differ.", zh: "把批内差异告诉判别器。"), default: false),
    examples: [
      Example("gan = GAN(dataset(\"digits\", limit=200), z=16)", shows: "GAN on digits (200 × 28×28)")
    ], seeAlso: ["step", "samples", "grads", "VAE"]
  ) {
    call, data, latent, generator, discriminator, rates, betas, batch, loss, k, cond, seed, arch, smoothing, clip,
    penalty,
    average, augmentation, isSpectral, seesBatch in
    var options = GANOptions()
    options.latent = latent
    options.generator = generator?.layer
    options.discriminator = discriminator?.layer
    (options.generatorRate, options.discriminatorRate) = rates.pair
    options.betas = betas.pair
    options.batch = batch
    options.loss = AdversarialLoss(name: loss) ?? .nonsaturating
    options.discriminatorSteps = k
    options.conditioning = cond.conditioning
    options.architecture = GANArchitecture(rawValue: arch) ?? .mlp
    options.seed = call.state.trainerSeed(seed)
    options.labelSmoothing = smoothing
    options.weightClip = clip
    options.gradientPenalty = penalty
    options.averageDecay = average
    options.augmentation = augmentation.operations
    options.usesSpectralNorm = isSpectral
    options.usesMinibatchDeviation = seesBatch
    let trainer = try GANTrainer(data.data, options)
    call.noteUnusedSettings(of: trainer)
    call.noteLastLayer(of: trainer)
    if let advice = rangeAdvice(data.data, options) { call.emit(.note(advice(call.language))) }
    return call.state.object(trainer)
  }

  /// Perceptrons that play for pixels 0 … 1 soon make one image for all noise, in PyTorch as here: D tells sparse images
  /// from the grey of an untrained sigmoid at once.
  private static func rangeAdvice(_ data: Dataset, _ options: GANOptions) -> Text? {
    guard data.exampleShape.count == 3, data.valueRange == .unit, options.generator == nil,
      options.architecture != .dcgan
    else { return nil }
    return Text(
      "these nets tend to collapse on pixels 0 … 1; GAN(data |> normalize(0.5, 0.5)) gives them −1 … 1",
      zh: "像素为 0 … 1 时这种网络容易崩溃；GAN(data |> normalize(0.5, 0.5)) 使像素为 −1 … 1")
  }

  static let vae = Builtin(
    "VAE", .constructor, in: .training,
    Text("An encoder and a decoder that train together.", zh: "一起训练的编码器与解码器（变分自编码器）。"), datasetParameter,
    Parameter<Int>("z", Text("The length of the code.", zh: "编码维数。"), default: 16),
    Parameter<ModuleObject?>("E", Text("An encoder of your own.", zh: "自定义编码器。"), default: .nothing),
    Parameter<ModuleObject?>("D", Text("A decoder of your own.", zh: "自定义解码器。"), default: .nothing),
    Parameter<Double>("lr", Text("The learning rate.", zh: "学习率。"), default: 0.001),
    Parameter<Int>("batch", Text("How many images a step sees.", zh: "每步的图像数。"), default: 64),
    Parameter<String>(
      "recon", Text("How reconstructions are compared.", zh: "重建损失。"), default: "mse",
      among: .words(Reconstruction.allCases.map(\.rawValue))),
    Parameter<Double>("beta", Text("The weight of the divergence.", zh: "KL 项的权重。"), default: 1),
    Parameter<Bool>("cond", Text("Whether labels are used.", zh: "是否使用标签。"), default: false),
    Parameter<Int?>("seed", Text("What its random numbers follow from.", zh: "随机数种子。"), default: .nothing),
    Parameter<String>(
      "arch", Text("The kind of nets.", zh: "网络类型。"), default: "mlp",
      among: .words(VAEArchitecture.allCases.map(\.rawValue))),
    Parameter<Int>("hidden", Text("The width of the hidden layers.", zh: "隐藏层宽度。"), default: 256),
    Parameter<Int>("warmup", Text("Over how many steps beta rises from 0.", zh: "beta 从 0 升起的步数。"), default: 0),
    Parameter<Double>(
      "free_bits", Text("Nats a code unit may carry for nothing.", zh: "每个编码单元免计 KL 的奈特数。"), default: 0),
    Parameter<Double>("noise", Text("Noise on the encoder's input, for denoising.", zh: "编码器输入噪声（去噪）。"), default: 0),
    Parameter<Double?>("sigma", Text("σ of recon=\"gaussian\".", zh: "recon=\"gaussian\" 的 σ。"), default: .nothing),
    Parameter<Int>(
      "k",
      Text("Codes an image; above 1 the importance-weighted bound is trained.", zh: "每幅图像的编码数；大于 1 时训练重要性加权下界（IWAE）。"),
      default: 1),
    examples: [
      Example("vae = VAE(dataset(\"digits\", limit=200), z=8)", shows: "VAE on digits (200 × 28×28)")
    ], seeAlso: ["train", "recon", "walk", "elbo", "GAN"]
  ) {
    call, data, latent, encoder, decoder, rate, batch, recon, beta, cond, seed, arch, hidden, warmup, freeBits, noise,
    sigma, codes in
    var options = VAEOptions()
    options.latent = latent
    options.encoder = encoder?.layer
    options.decoder = decoder?.layer
    options.rate = rate
    options.batch = batch
    options.reconstruction = Reconstruction(rawValue: recon) ?? .squaredError
    options.beta = beta
    options.isConditional = cond
    options.architecture = VAEArchitecture(rawValue: arch) ?? .mlp
    options.seed = call.state.trainerSeed(seed)
    options.hidden = hidden
    options.warmup = warmup
    options.freeBits = freeBits
    options.inputNoise = noise
    options.deviation = sigma
    options.codes = codes
    let trainer = try VAETrainer(data.data, options)
    call.noteUnusedSettings(of: trainer)
    call.noteLastLayer(of: trainer)
    return call.state.object(trainer)
  }

  static let classifier = Builtin(
    "Classifier", .constructor, in: .training,
    Text("A net that learns to name the class of an image.", zh: "学习识别图像类别的网络。"), datasetParameter,
    Parameter<ModuleObject?>("net", Text("A net of your own.", zh: "自定义网络。"), default: .nothing),
    Parameter<Double>("lr", Text("The learning rate.", zh: "学习率。"), default: 0.001),
    Parameter<Int>("batch", Text("How many images a step sees.", zh: "每步的图像数。"), default: 64),
    Parameter<AugmentationObject?>(
      "augment", Text("What is done to each image when it is dealt.", zh: "每次取图像时施加的增强。"), default: .nothing),
    Parameter<Int?>("seed", Text("What its random numbers follow from.", zh: "随机数种子。"), default: .nothing),
    examples: [Example("clf = Classifier(dataset(\"digits\", limit=200))", shows: "Classifier on digits")],
    seeAlso: ["evaluate", "accuracy", "confusion"]
  ) { call, data, net, rate, batch, augmentation, seed in
    var options = ClassifierOptions()
    options.net = net?.layer
    options.rate = rate
    options.batch = batch
    options.augmentation = augmentation?.augmentation
    options.seed = call.state.trainerSeed(seed)
    return call.state.object(try ClassifierTrainer(data.data, options))
  }

  static let unfold = Builtin(
    "unfold", .verb, in: .training,
    Text("One step of a trainer written out: it parses, and gives the same bits.", zh: "把训练器的一步写成代码：可直接运行，逐位相同。"),
    Parameter<Value>("x", Text("A trainer, or a function with a written-out form.", zh: "训练器，或有展开形式的函数。")),
    examples: [Example("unfold gan", shows: "errD.backward(); gan.opt_D.step()", given: givenGAN)],
    seeAlso: ["step", "Trainer"]
  ) { call, value in
    let text: String?
    switch value {
    case .function(let function as BuiltinFunction): text = function.variants.compactMap(\.unfolds).first
    default: text = TrainerObject.convert(value).flatMap { Unfolding($0).text }
    }
    guard let text else { throw TrainingFault.nothingToUnfold(value.typeName) }
    call.emit(.display(Display(text, parts: [MIMEPart("text/markdown", .text("```python\n\(text)\n```"))]), id: nil))
    return Nothing()
  }

  static let scoreOf = Builtin(
    "score", .function, in: .layers,
    Text(
      "What a net gives before the sigmoid it ends in, for losses that take logits.",
      zh: "网络在末尾 sigmoid 之前的输出，供接收 logits 的损失使用。"),
    moduleParameter, Parameter<Rest<Tensor>>("inputs", Text("What it is given.", zh: "输入。")),
    examples: [Example("D = Discriminator(); score(D, zeros(2, 1, 28, 28)).shape", shows: "[2, 1]")]
  ) { call, module, inputs in
    do throws(LayerError) {
      return try Generative.score(of: module.layer, inputs.elements, in: call.state.context).value
    } catch {
      throw LayerExplanation(error, call, net: module.layer, input: inputs.elements.first?.shape).diagnostic
    }
  }

  static let trainers: [Builtin] = [gan, vae, classifier, unfold, scoreOf]

  static let trainerParameter = Parameter<TrainerObject>("t", Text("A trainer.", zh: "训练器。"))
}

extension WorkbenchState {
  /// The seed of a new trainer: the one given, or one that follows from the session's and the order of creation.
  func trainerSeed(_ given: Int?) -> UInt64 {
    if let given { return UInt64(bitPattern: Int64(given)) }
    // Of six digits at most, because people read it in captions and type it again.
    return RandomStream(seed: seed, stream: newNumber() << 4 | StreamPurpose.initial.rawValue).next() % 1_000_000
  }
}
