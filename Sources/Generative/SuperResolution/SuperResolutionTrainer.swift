// SPDX-License-Identifier: Apache-2.0
public import Datasets
public import Layers
import Tensors

/// Adversarial training of a generator that doubles the sides of images, one step at a time.
///
/// A step draws images x [batch, channel, height, width] and halves them, each pixel the mean of four:
///
///     small = pool(x);  fake = G(small)
///     errD = the game's loss for D(x) and D(fake)          # fake detached
///     content = mse(fake, x)
///     errG = content + weight · the game's loss for D(fake)
///
/// The squared error alone gives blurred edges, the mean of all that may have been; the game asks for edges like real
/// ones. Ledig et al. 2016, arXiv:1609.04802, with pixels where they compare features of a large net.
public final class SuperResolutionTrainer: Trainer {
  /// Streams, loader, history, snapshots.
  public let state: TrainingState
  /// From images to images of twice the height and width.
  public private(set) var generator: any Layer
  /// From images of full size to scores [batch, 1].
  public private(set) var discriminator: any Layer
  /// Updates the generator.
  public private(set) var generatorOptimizer: any Optimizer
  /// Updates the discriminator.
  public private(set) var discriminatorOptimizer: any Optimizer
  /// The game.
  public let loss: AdversarialLoss
  /// The weight of the game beside the squared error.
  public private(set) var adversarialWeight: Double
  let options: SuperResolutionOptions

  /// A trainer at step 0.
  ///
  /// - Parameters:
  ///   - data: Images whose sides are divisible by four.
  ///   - options: How to train.
  /// - Throws: `TrainerError`: points instead of images, an option out of range, a net that does not fit.
  public init(_ data: Dataset, _ options: SuperResolutionOptions = SuperResolutionOptions()) throws(TrainerError) {
    var options = options
    guard data.exampleShape.count == 3 else {
      throw .unsupported(what: "SRGAN", reason: "\(data.name) holds no images")
    }
    state = try TrainingState(data: data, batch: options.batch, seed: options.seed)
    let nets = try SuperResolutionNets(data, options, random: state.streams.weights)
    (generator, discriminator) = (nets.generator, nets.discriminator)
    (options.generator, options.discriminator) = (nets.generator, nets.discriminator)
    let betas = options.betas
    let rates = (options.generatorRate, options.discriminatorRate)
    (generatorOptimizer, discriminatorOptimizer) = try raising {
      (
        try Adam(nets.generator.allParameters, learningRate: rates.0, betas: betas),
        try Adam(nets.discriminator.allParameters, learningRate: rates.1, betas: betas)
      )
    }
    loss = options.loss
    adversarialWeight = 0
    self.options = options
    try setOwn("weight", to: .number(options.adversarialWeight))
    try nets.check(against: data)
    keepMadeWeights()
  }

  /// `SRGAN`.
  public var typeName: String { "SRGAN" }

  /// `G` and `D`.
  public var nets: [(name: String, net: any Layer)] { [("G", generator), ("D", discriminator)] }

  /// `opt_G` and `opt_D`.
  public var optimizers: [(name: String, optimizer: any Optimizer)] {
    [("opt_G", generatorOptimizer), ("opt_D", discriminatorOptimizer)]
  }

  /// `D` and `G`.
  public var separateParts: [String] { ["D", "G"] }

  /// `weight`.
  public var ownSettings: [NamedSetting] { [NamedSetting("weight", .number(adversarialWeight))] }

  /// Changes `weight`.
  public func setOwn(_ name: String, to value: SettingValue) throws(TrainerError) {
    guard name == "weight" else { throw .unknownSetting(name: name, known: ownSettings.map(\.name)) }
    adversarialWeight = try value.number(for: name, needs: "a number from 0") { $0 >= 0 }
  }

  /// What each optimizer trains.
  public func netsTrained(by optimizer: String) -> [String]? { ["opt_G": ["G"], "opt_D": ["D"]][optimizer] }

  /// Puts other nets and optimizers in place of its own.
  public func install(_ nets: [any Layer], _ optimizers: [any Optimizer]) {
    guard nets.count == 2, optimizers.count == 2 else { return }
    generator = nets[0]
    discriminator = nets[1]
    generatorOptimizer = optimizers[0]
    discriminatorOptimizer = optimizers[1]
  }

  /// Makes sure that the nets take and give what a step needs.
  public func checkParts() throws(TrainerError) {
    guard let data = state.loader?.data else { return }
    try SuperResolutionNets(generator: generator, discriminator: discriminator).check(against: data)
  }

  /// A trainer on the same data with nets of the same make.
  ///
  /// - Returns: The other trainer, at step 0.
  /// - Throws: `TrainerError.layer` if a net cannot be copied.
  public func duplicate() throws(TrainerError) -> any Trainer {
    guard let data = state.timeline.data.first else { throw .unsupported(what: "fork", reason: "it has no data") }
    var options = options
    (options.generator, options.discriminator) = try raising {
      (try copiedNet(generator), try copiedNet(discriminator))
    }
    return try SuperResolutionTrainer(data, options)
  }
}
