// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Layers
import Tensors

/// One fixed thing to time: a step of training, or of sampling, whose sizes never change.
public struct Workload: Sendable {
  /// A workload that is ready to run.
  public struct Prepared {
    /// Takes so many steps.
    let run: () throws -> Void
    let stepsOfRun: Int
    /// What a step cannot do without.
    let cost: WorkloadCost

    /// Something that takes several steps each time it is run.
    public init(cost: WorkloadCost, stepsOfRun: Int = 1, run: @escaping () throws -> Void) {
      self.cost = cost
      self.stepsOfRun = stepsOfRun
      self.run = run
    }
  }

  /// The name on the command line.
  public let name: String
  /// How many images a step works on.
  public let batch: Int
  /// Builds the nets and the data.
  let prepare: @Sendable () throws -> Prepared

  /// A workload that is built when it is timed.
  public init(name: String, batch: Int, prepare: @escaping @Sendable () throws -> Prepared) {
    self.name = name
    self.batch = batch
    self.prepare = prepare
  }

  /// Every workload of trainers and nets, in the order of the tables.
  public static let all: [Workload] =
    [
      Workload(name: "gan-mlp", batch: 64) {
        try adversarial(.denseGenerator(), .denseDiscriminator(), (.denseGenerator, .denseDiscriminator))
      },
      Workload(name: "gan-mlp-bn", batch: 64) {
        try adversarial(
          .denseGenerator(isNormalized: true), .denseDiscriminator(), (.denseGenerator, .denseDiscriminator))
      },
      Workload(name: "vae-mlp", batch: 64) {
        try variational(.denseEncoder(), .denseDecoder(), batch: 64, .denseVAE)
      },
      Workload(name: "vae-mlp-128", batch: 128) {
        try variational(.denseEncoder(), .denseDecoder(), batch: 128, .denseVAE)
      },
      Workload(name: "dcgan", batch: 64) {
        try adversarial(
          .convolutionalGenerator(), .convolutionalDiscriminator(),
          (.convolutionalGenerator, .convolutionalDiscriminator))
      },
      Workload(name: "vae-conv", batch: 64) {
        try variational(.convolutionalEncoder(), .convolutionalDecoder(), batch: 64, .convolutionalVAE)
      },
      Workload(name: "cnn", batch: 64) { try classification() },
      Workload(name: "sample-mlp", batch: 64) { try sampling(.denseGenerator(), .denseGenerator, count: 64) },
      Workload(name: "sample-mlp-1", batch: 1) { try sampling(.denseGenerator(), .denseGenerator, count: 1) },
      Workload(name: "sample-dcgan", batch: 64) {
        try sampling(.convolutionalGenerator(), .convolutionalGenerator, count: 64)
      },
      Workload(name: "sample-dcgan-1", batch: 1) {
        try sampling(.convolutionalGenerator(), .convolutionalGenerator, count: 1)
      },
    ] + figures

  /// What a step of `gan-mlp` cannot do without, however it is written.
  public static let costOfDenseGAN = WorkloadCost.adversarial(
    .denseGenerator, .denseDiscriminator, parameters: 2_019_601)

  private static func data() throws -> Dataset {
    try DrawnDigits.dataset().prefix(1024).normalized(mean: 0.5, deviation: 0.5)
  }

  private static func parameters(of nets: any Layer...) -> Int {
    nets.flatMap(\.allParameters).reduce(0) { $0 + $1.value.count }
  }

  private static func adversarial(
    _ generator: Sequential, _ discriminator: Sequential, _ cost: (WorkloadCost.Layers, WorkloadCost.Layers)
  ) throws -> Prepared {
    var options = GANOptions()
    options.generator = generator
    options.discriminator = discriminator
    let trainer = try GANTrainer(data(), options)
    let count = parameters(of: generator, discriminator)
    return Prepared(cost: .adversarial(cost.0, cost.1, parameters: count)) { try trainer.takeStep(only: nil) }
  }

  private static func variational(
    _ encoder: Sequential, _ decoder: Sequential, batch: Int, _ cost: WorkloadCost.Layers
  ) throws -> Prepared {
    var options = VAEOptions()
    options.latent = 20
    options.batch = batch
    options.encoder = encoder
    options.decoder = decoder
    let trainer = try VAETrainer(data(), options)
    let count = parameters(of: encoder, decoder)
    return Prepared(cost: .training(cost, parameters: count)) { try trainer.takeStep(only: nil) }
  }

  private static func classification() throws -> Prepared {
    var options = ClassifierOptions()
    let net = try Sequential.convolutionalClassifier()
    options.net = net
    let trainer = try ClassifierTrainer(data(), options)
    return Prepared(cost: .training(.convolutionalClassifier, parameters: parameters(of: net))) {
      try trainer.takeStep(only: nil)
    }
  }

  private static func sampling(
    _ generator: Sequential, _ cost: WorkloadCost.Layers, count: Int
  ) throws -> Prepared {
    let random = RandomStream(seed: 7)
    let context = ForwardContext(isTraining: false, random: random, recordsGradients: false)
    return Prepared(cost: .sampling(cost)) { _ = try generator(random.normal([count, 100]), in: context) }
  }
}
