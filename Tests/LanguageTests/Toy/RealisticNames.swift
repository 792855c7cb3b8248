// SPDX-License-Identifier: Apache-2.0
import Language

/// The names of the whole workbench, without what they do: what a newcomer's typos are measured against.
enum RealisticNames {
  static let verbs = words(
    """
    graph datasets sheet preview step train resume reset snapshot restore undo goto fork diff unfold record seed walk
    latent evaluate confusion coverage elbo show print plot hist scatter heat grads flow summary save help why
    """)

  static let functions = words(
    """
    tensor zeros ones rand randn full randint arange linspace eye zeros_like ones_like randn_like one_hot cat stack split
    reshape view flatten squeeze unsqueeze transpose permute where clip size len item list float int bool str copy range
    enumerate zip map sort topk exp log sqrt abs sign sin cos round floor pow tanh sigmoid relu leaky_relu softplus
    softmax log_softmax maximum minimum sum mean var std min max prod norm any all argmax argmin dot cumsum quantile
    requires_grad detach backward grad zero_grad no_grad check_grad params parameters count init eval_mode frozen bce
    bce_logits mse l1 cross_entropy kl_normal clip_grads cosine dataset next take per_class only normalize denormalize
    augment synth samples recon encode decode accuracy frechet precision_recall nearest duplicates psnr ssim grid pairs
    side load input clear_output
    """)

  static let constructors = words(
    """
    Linear Conv2d ConvTranspose2d BatchNorm Dropout Flatten Reshape LeakyReLU MaxPool Upsample Embedding Sequential Heads
    Module Generator Discriminator Encoder Decoder SGD Adam RMSprop Dataset Loader Augment RandomRotate RandomShift
    RandomScale RandomFlip RandomErase RandomNoise Elastic Mixup CutMix GAN VAE Classifier Trainer Table
    """)

  private static func words(_ text: String) -> [String] {
    text.split { $0 == " " || $0 == "\n" }.map(String.init)
  }

  private static let group = Group("names", Text("Names", zh: "名字"))
  private static let text = Text("A name.", zh: "名字。")

  /// A table in which every name takes anything, with the arguments of the trainers' verbs spelled out.
  static let table = BuiltinTable(
    verbs.map { builtin($0, .verb) } + functions.map { builtin($0, .function) }
      + constructors.map { builtin($0, .constructor) } + [step, loader, adam, gan],
    hostTypes: [Vector.self, Machine.self])

  private static let special: Set<String> = ["step", "Loader", "Adam", "GAN", "print", "show", "help", "why"]

  private static func builtin(_ name: String, _ form: Builtin.Form) -> Builtin {
    Builtin(
      special.contains(name) ? name + "_" : name, special.contains(name) ? .function : form, in: group, text,
      Parameter<Rest<Value>>("x", text), Parameter<NamedRest<Value>>("options", text), examples: [Example("1")]
    ) { _, x, _ in x.elements.first ?? .nothing }
  }

  private static let any = Parameter<Value>("x", text)

  private static let step = Builtin(
    "step", .verb, in: group, text, Parameter<Value>("t", text), Parameter<Int>("n", text, default: 1),
    Parameter<Int?>("epochs", text, default: .nothing), Parameter<Double?>("seconds", text, default: .nothing),
    Parameter<LazyArgument?>("until", text, default: .nothing),
    Parameter<String?>("only", text, default: .nothing, among: .words(["D", "G"])),
    Parameter<Int?>("every", text, default: .nothing), Parameter<BlockArgument?>("do", text, default: .nothing),
    Parameter<Bool>("slow", text, default: false), examples: [Example("1")]
  ) { _, t, _, _, _, _, _, _, _, _ in t }

  private static let loader = Builtin(
    "Loader", .constructor, in: group, text, any, Parameter<Int>("batch", text, default: 64),
    Parameter<Bool>("shuffle", text, default: true), examples: [Example("1")]
  ) { _, x, _, _ in x }

  private static let adam = Builtin(
    "Adam", .constructor, in: group, text, any, Parameter<Double>("lr", text, default: 0.001),
    Parameter<Value>("betas", text, default: .nothing), Parameter<Double>("eps", text, default: 1e-8),
    examples: [Example("1")]
  ) { _, x, _, _, _ in x }

  private static let gan = Builtin(
    "GAN", .constructor, in: group, text, any, Parameter<Int>("z", text, default: 100),
    Parameter<Double>("lr", text, default: 2e-4), Parameter<Int>("batch", text, default: 64),
    Parameter<String>(
      "loss", text, default: "bce", among: .words(["bce", "nonsaturating", "minimax", "ls", "hinge", "wasserstein"])),
    Parameter<Bool>("cond", text, default: false), Parameter<Int?>("seed", text, default: .nothing),
    examples: [Example("1")]
  ) { _, x, _, _, _, _, _, _ in x }
}
