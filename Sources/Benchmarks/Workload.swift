// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Layers
import Tensors

/// One fixed thing to time: a step of training, or of sampling, whose sizes never change.
public struct Workload: Sendable {
  /// The name on the command line.
  public let name: String
  /// How many images a step works on.
  public let batch: Int
  /// Builds the nets and the data; what comes back takes one step.
  let prepare: @Sendable () throws -> () throws -> Void

  /// Every workload, in the order of the tables.
  public static let all: [Workload] = [
    Workload(name: "gan-mlp", batch: 64) { try adversarial(.denseGenerator(), .denseDiscriminator()) },
    Workload(name: "gan-mlp-bn", batch: 64) {
      try adversarial(.denseGenerator(isNormalized: true), .denseDiscriminator())
    },
    Workload(name: "vae-mlp", batch: 64) { try variational(.denseEncoder(), .denseDecoder(), batch: 64) },
    Workload(name: "vae-mlp-128", batch: 128) { try variational(.denseEncoder(), .denseDecoder(), batch: 128) },
    Workload(name: "dcgan", batch: 64) { try adversarial(.convolutionalGenerator(), .convolutionalDiscriminator()) },
    Workload(name: "vae-conv", batch: 64) {
      try variational(.convolutionalEncoder(), .convolutionalDecoder(), batch: 64)
    },
    Workload(name: "cnn", batch: 64) { try classification() },
    Workload(name: "sample-mlp", batch: 64) { try sampling(count: 64) },
    Workload(name: "sample-mlp-1", batch: 1) { try sampling(count: 1) },
  ]

  private static func data() throws -> Dataset {
    try DrawnDigits.dataset().prefix(1024).normalized(mean: 0.5, deviation: 0.5)
  }

  private static func adversarial(_ generator: Sequential, _ discriminator: Sequential) throws -> () throws -> Void {
    var options = GANOptions()
    options.generator = generator
    options.discriminator = discriminator
    let trainer = try GANTrainer(data(), options)
    return { try trainer.takeStep(only: nil) }
  }

  private static func variational(
    _ encoder: Sequential, _ decoder: Sequential, batch: Int
  ) throws -> () throws -> Void {
    var options = VAEOptions()
    options.latent = 20
    options.batch = batch
    options.encoder = encoder
    options.decoder = decoder
    let trainer = try VAETrainer(data(), options)
    return { try trainer.takeStep(only: nil) }
  }

  private static func classification() throws -> () throws -> Void {
    var options = ClassifierOptions()
    options.net = try Sequential.convolutionalClassifier()
    let trainer = try ClassifierTrainer(data(), options)
    return { try trainer.takeStep(only: nil) }
  }

  private static func sampling(count: Int) throws -> () throws -> Void {
    let generator = try Sequential.denseGenerator()
    let random = RandomStream(seed: 7)
    let context = ForwardContext(isTraining: false, random: random, recordsGradients: false)
    return { _ = try generator(random.normal([count, 100]), in: context) }
  }
}
