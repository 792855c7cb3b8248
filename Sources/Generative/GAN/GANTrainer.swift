// SPDX-License-Identifier: Apache-2.0
public import Datasets
public import Layers

/// Adversarial training of a generator and a discriminator, one step at a time.
///
/// A step draws images `x` [batch, channel, height, width] from the loader and noise `z` [batch, latent] from the
/// trainer's own stream, then updates the discriminator `discriminatorSteps` times and the generator once:
///
///     errD = bce(D(x), 1) + bce(D(G(z)), 0)       # G(z) detached: no gradient reaches G
///     errG = bce(D(G(z)), 1)                      # the same G(z), D's weights held fixed
///
/// Losses are computed from the scores before D's sigmoid. Looking at samples never advances the training streams.
///
/// Goodfellow et al. 2014, arXiv:1406.2661, algorithm 1.
public final class GANTrainer: Trainer {
  /// Streams, loader, history, snapshots.
  public let state: TrainingState
  /// From noise [batch, latent] (and labels [batch], if conditional) to examples.
  public private(set) var generator: any Layer
  /// From examples (and labels, if conditional) to scores [batch, 1].
  public private(set) var discriminator: any Layer
  /// Updates the generator.
  public private(set) var generatorOptimizer: any Optimizer
  /// Updates the discriminator.
  public private(set) var discriminatorOptimizer: any Optimizer
  /// The moving average of the generator's weights, if kept; samples are then drawn with it.
  public private(set) var average: AverageOfWeights?
  /// The length of the noise z.
  public let latent: Int
  /// How labels enter, or nil.
  public let conditioning: Conditioning?
  /// The game; may be changed between steps.
  public var loss: AdversarialLoss
  /// Discriminator updates a step.
  public private(set) var discriminatorSteps: Int
  /// How much less than 1 real examples should score.
  public private(set) var labelSmoothing: Double
  /// The bound of the discriminator's weights, or nil.
  public private(set) var weightClip: Double?
  /// The weight of the gradient penalty, or nil.
  public private(set) var gradientPenalty: Double?
  /// What is done to everything the discriminator sees.
  public private(set) var augmentation: [DifferentiableAugmentation]
  let options: GANOptions

  /// A trainer at step 0.
  ///
  /// - Parameters:
  ///   - data: Images or points; labelled if conditional.
  ///   - options: How to train.
  /// - Throws: `TrainerError`: an option out of range, a net that does not fit the data.
  public init(_ data: Dataset, _ options: GANOptions = GANOptions()) throws(TrainerError) {
    var options = options
    guard options.latent >= 1, options.latent <= 1 << 20 else {
      throw .setting(name: "z", value: "\(options.latent)", needs: "a whole number from 1")
    }
    if options.conditioning != nil, !data.isLabelled { throw .data(.unlabelled(name: data.name)) }
    state = try TrainingState(data: data, batch: options.batch, seed: options.seed)
    let nets = try GANNets(data, options, random: state.streams.weights)
    (generator, discriminator) = (nets.generator, nets.discriminator)
    (options.generator, options.discriminator) = (nets.generator, nets.discriminator)
    generatorOptimizer = try Self.adam(nets.generator, rate: options.generatorRate, options)
    discriminatorOptimizer = try Self.adam(nets.discriminator, rate: options.discriminatorRate, options)
    latent = options.latent
    conditioning = options.conditioning
    augmentation = options.augmentation
    loss = options.loss
    discriminatorSteps = 1
    labelSmoothing = 0
    self.options = options
    try setOwn("k", to: .count(options.discriminatorSteps))
    try setOwn("smoothing", to: .number(options.labelSmoothing))
    try setOwn("clip", to: options.weightClip.map(SettingValue.number) ?? .none)
    try setOwn("penalty", to: options.gradientPenalty.map(SettingValue.number) ?? .none)
    try setOwn("ema", to: options.averageDecay.map(SettingValue.number) ?? .none)
    try nets.check(against: data, latent: latent)
    keepMadeWeights()
  }

  private static func adam(
    _ net: any Layer, rate: Double, _ options: GANOptions
  ) throws(TrainerError) -> any Optimizer {
    try raising { try Adam(net.allParameters, learningRate: rate, betas: options.betas) }
  }

  /// `GAN`.
  public var typeName: String { "GAN" }

  /// `G` and `D`.
  public var nets: [(name: String, net: any Layer)] { [("G", generator), ("D", discriminator)] }

  /// `opt_G` and `opt_D`.
  public var optimizers: [(name: String, optimizer: any Optimizer)] {
    [("opt_G", generatorOptimizer), ("opt_D", discriminatorOptimizer)]
  }

  /// The generator's average, if kept.
  public var averages: [(name: String, average: AverageOfWeights)] { average.map { [("G", $0)] } ?? [] }

  /// `D` and `G`.
  public var separateParts: [String] { ["D", "G"] }

  /// `loss`, `k`, `smoothing`, `clip`, `penalty`, `ema`, `diffaug`.
  public var ownSettings: [NamedSetting] {
    [
      NamedSetting("loss", .text(loss.rawValue)), NamedSetting("k", .count(discriminatorSteps)),
      NamedSetting("smoothing", .number(labelSmoothing)),
      NamedSetting("clip", weightClip.map(SettingValue.number) ?? .none),
      NamedSetting("penalty", gradientPenalty.map(SettingValue.number) ?? .none),
      NamedSetting("ema", average.map { .number($0.decay) } ?? .none),
      NamedSetting("diffaug", augmentation.isEmpty ? .none : .text(augmentation.map(\.code).joined(separator: ","))),
    ]
  }

  /// Changes one of `ownSettings`; an average starts at the weights as they are.
  public func setOwn(_ name: String, to value: SettingValue) throws(TrainerError) {
    switch name {
    case "loss":
      loss = value == .text("bce") ? .nonsaturating : try value.word(for: name, of: AdversarialLoss.self)
    case "k": discriminatorSteps = try value.count(for: name, in: 1...1_000)
    case "smoothing":
      labelSmoothing = try value.number(for: name, needs: "0 ≤ smoothing < 1") { (0..<1).contains($0) }
    case "clip":
      weightClip = value == .none ? nil : try value.number(for: name, needs: "a number above 0") { $0 > 0 }
    case "penalty":
      gradientPenalty = value == .none ? nil : try value.number(for: name, needs: "a number from 0") { $0 >= 0 }
    case "ema": try keepAverage(decay: value)
    case "diffaug": augmentation = try DifferentiableAugmentation.list(value)
    default: throw .unknownSetting(name: name, known: ownSettings.map(\.name))
    }
  }

  private func keepAverage(decay value: SettingValue) throws(TrainerError) {
    guard value != .none else { return average = nil }
    let decay = try value.number(for: "ema", needs: "0 ≤ ema < 1") { (0..<1).contains($0) }
    if let average { return try raising { try average.setDecay(decay) } }
    average = try raising { try AverageOfWeights(of: generator.allParameters, decay: decay) }
  }

  /// Draws real examples and noise, updates D `discriminatorSteps` times, then G once.
  public func performStep(only: String?) throws(TrainerError) -> StepOutcome {
    var fake: Generated?
    var readings: [NamedValue] = []
    var examples = 0
    if only != "G" {
      for round in 1...discriminatorSteps {
        let real = try nextBatch()
        let isShared = only == nil && round == discriminatorSteps
        let made = try generate(like: real, recording: isShared)
        readings = try updateDiscriminator(real, made)
        examples += real.count
        fake = isShared ? made : nil
      }
    }
    if only != "D" {
      let made: Generated
      if let fake {
        made = fake
      } else {
        made = try generate(count: state.loader?.batchSize ?? 1, labels: nil, recording: true)
      }
      let (error, reading) = try updateGenerator(made)
      readings.insert(error, at: min(1, readings.count))
      if only == "G" {
        readings.append(reading)
        examples = made.count
      }
    }
    return StepOutcome(examples: examples, values: readings)
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
    try GANNets(generator: generator, discriminator: discriminator, conditioning: conditioning)
      .check(against: data, latent: latent)
  }

  /// Labels count if conditional.
  public func checkData(_ data: Dataset) throws(TrainerError) {
    if conditioning != nil { try checkLabels(of: data, firstClasses) }
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
    return try GANTrainer(data, options)
  }
}
