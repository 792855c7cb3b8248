// SPDX-License-Identifier: Apache-2.0
public import Datasets
public import Layers
import Tensors

/// Training of an encoder and a decoder by the evidence lower bound, one step at a time.
///
/// A step draws images x [batch, channel, height, width] and, from the trainer's own stream, ε [batch, latent]:
///
///     mu, logvar = E(x);  z = mu + exp(½ logvar) · ε;  x̂ = D(z)
///     loss = recon(x̂, x) + β · KL(N(mu, e^logvar) ‖ N(0, 1))
///
/// The gradient is that of the sum over the batch, as in the article; what is reported is per image, so that batches
/// of different sizes compare. Kingma and Welling 2013, arXiv:1312.6114; β: Higgins et al. 2017.
public final class VAETrainer: Trainer {
  /// Streams, loader, history, snapshots.
  public let state: TrainingState
  /// From images (and labels, if conditional) to `mu` and `logvar`, each [batch, latent].
  public private(set) var encoder: any Layer
  /// From codes [batch, latent] (and labels, if conditional) to images.
  public private(set) var decoder: any Layer
  /// Updates both nets.
  public private(set) var optimizer: any Optimizer
  /// The length of the code z.
  public let latent: Int
  /// Whether encoder and decoder are given the label.
  public let isConditional: Bool
  /// How reconstructions are compared with originals.
  public private(set) var reconstruction: Reconstruction
  /// σ of the Gaussian reconstruction, or nil for the batch's best.
  public private(set) var deviation: Double?
  /// The weight of the divergence.
  public private(set) var beta: Double
  /// Over how many steps the weight rises from 0.
  public private(set) var warmup: Int
  /// Nats that each code unit may carry before the divergence counts.
  public private(set) var freeBits: Double
  /// The deviation of noise on the encoder's input.
  public private(set) var inputNoise: Double
  /// How many codes are drawn for each image; above 1 the importance-weighted bound is trained.
  public private(set) var codes: Int
  let options: VAEOptions

  /// A trainer at step 0.
  ///
  /// - Parameters:
  ///   - data: Images or points; labelled if conditional.
  ///   - options: How to train.
  /// - Throws: `TrainerError`: an option out of range, a net that does not fit, values that the loss cannot take.
  public init(_ data: Dataset, _ options: VAEOptions = VAEOptions()) throws(TrainerError) {
    var options = options
    guard options.latent >= 1, options.latent <= 1 << 20 else {
      throw .setting(name: "z", value: "\(options.latent)", needs: "a whole number from 1")
    }
    if options.isConditional, !data.isLabelled { throw .data(.unlabelled(name: data.name)) }
    try Self.check(options.reconstruction, fits: data)
    state = try TrainingState(data: data, batch: options.batch, seed: options.seed)
    let nets = try VAENets(data, options, random: state.streams.weights)
    (encoder, decoder) = (nets.encoder, nets.decoder)
    (options.encoder, options.decoder) = (nets.encoder, nets.decoder)
    let parameters = encoder.allParameters + decoder.allParameters
    optimizer = try raising {
      try Adam(parameters, learningRate: options.rate, betas: options.betas)
    }
    latent = options.latent
    isConditional = options.isConditional
    reconstruction = options.reconstruction
    (beta, warmup, freeBits, inputNoise, codes) = (1, 0, 0, 0, 1)
    self.options = options
    try setOwn("beta", to: .number(options.beta))
    try setOwn("warmup", to: .count(options.warmup))
    try setOwn("free_bits", to: .number(options.freeBits))
    try setOwn("noise", to: .number(options.inputNoise))
    try setOwn("k", to: .count(options.codes))
    try setOwn("sigma", to: options.deviation.map(SettingValue.number) ?? .none)
    try nets.check(against: data, latent: latent)
    keepMadeWeights()
  }

  /// `VAE`.
  public var typeName: String { "VAE" }

  /// `E` and `D`.
  public var nets: [(name: String, net: any Layer)] { [("E", encoder), ("D", decoder)] }

  /// `opt`.
  public var optimizers: [(name: String, optimizer: any Optimizer)] { [("opt", optimizer)] }

  /// `E` and `D`: the other net is held fixed for the step.
  public var separateParts: [String] { ["E", "D"] }

  /// Throws when the loss takes pixels as probabilities and they are none.
  private static func check(_ reconstruction: Reconstruction, fits data: Dataset) throws(TrainerError) {
    guard reconstruction == .crossEntropy, !ValueRange.unit.contains(data.valueRange) else { return }
    throw .valueRange(
      found: data.valueRange, needed: .unit, why: "binary cross-entropy takes pixels as probabilities")
  }

  /// `recon`, `sigma`, `beta`, `warmup`, `free_bits`, `noise`, `k`.
  public var ownSettings: [NamedSetting] {
    [
      NamedSetting("recon", .text(reconstruction.rawValue)),
      NamedSetting("sigma", deviation.map(SettingValue.number) ?? .none), NamedSetting("beta", .number(beta)),
      NamedSetting("warmup", .count(warmup)),
      NamedSetting("free_bits", .number(freeBits)), NamedSetting("noise", .number(inputNoise)),
      NamedSetting("k", .count(codes)),
    ]
  }

  /// Changes one of `ownSettings`.
  public func setOwn(_ name: String, to value: SettingValue) throws(TrainerError) {
    switch name {
    case "recon":
      let chosen = try value.word(for: name, of: Reconstruction.self)
      if let data = state.loader?.data { try Self.check(chosen, fits: data) }
      reconstruction = chosen
    case "sigma": deviation = value == .none ? nil : try value.number(for: name, needs: "a number above 0") { $0 > 0 }
    case "beta": beta = try value.number(for: name, needs: "a number from 0") { $0 >= 0 }
    case "warmup": warmup = try value.count(for: name, in: 0...(1 << 40))
    case "free_bits": freeBits = try value.number(for: name, needs: "a number from 0") { $0 >= 0 }
    case "k": codes = try value.count(for: name, in: 1...10_000)
    case "noise": inputNoise = try value.number(for: name, needs: "a number from 0") { $0 >= 0 }
    default: throw .unknownSetting(name: name, known: ownSettings.map(\.name))
    }
  }

  /// The weight of the divergence in the next step: `beta`, or less during the warm-up.
  public var effectiveBeta: Double {
    warmup > 0 ? beta * min(1, Double(state.step) / Double(warmup)) : beta
  }

  /// Draws images and ε, and updates both nets once.
  public func performStep(only: String?) throws(TrainerError) -> StepOutcome {
    guard let loader = state.loader else { throw .unsupported(what: "VAE", reason: "it has no data") }
    let batch = try raising { try loader.next() }
    return try updatingOnly(only) { () throws(TrainerError) in try update(batch) }
  }

  private func update(_ batch: Batch) throws(TrainerError) -> StepOutcome {
    optimizer.zeroGradients()
    let bound = codes > 1 ? try importanceWeightedBound(of: batch) : try lowerBound(of: batch)
    let count = Double(batch.count)
    let loss = try raising { try bound.weighted ?? (bound.reconstruction + bound.divergence * effectiveBeta) }
    let value = try finite(loss, "loss", after: bound.passes)
    let terms = try raising { (try bound.reconstruction.item(), try bound.rawDivergence.item()) }
    try tell {
      StepPhase(
        "E", .loss,
        figures: [
          NamedValue("loss", value / count), NamedValue("recon", terms.0 / count), NamedValue("kl", terms.1 / count),
          NamedValue("beta", effectiveBeta),
        ])
    }
    try propagate(loss, "loss")
    try guardGradients(of: encoder, named: "E", loss: "loss")
    try guardGradients(of: decoder, named: "D", loss: "loss")
    try move(nets, by: optimizer, part: "E")
    var values = [
      NamedValue("loss", value / count), NamedValue("recon", terms.0 / count), NamedValue("kl", terms.1 / count),
    ]
    if effectiveBeta != beta { values.append(NamedValue("beta", effectiveBeta)) }
    return StepOutcome(examples: batch.count, values: values)
  }

  /// Holds the other net's weights while `body` runs.
  private func updatingOnly<Result>(
    _ part: String?, _ body: () throws(TrainerError) -> Result
  ) throws(TrainerError) -> Result {
    guard let part else { return try body() }
    let held = nets.filter { $0.name != part }.flatMap { $0.net.allParameters }.filter { !$0.isFrozen }
    for parameter in held { parameter.isFrozen = true }
    defer { for parameter in held { parameter.isFrozen = false } }
    return try body()
  }

  /// What each optimizer trains.
  public func netsTrained(by optimizer: String) -> [String]? { nets.map(\.name) }

  /// Puts other nets and optimizers in place of its own.
  public func install(_ nets: [any Layer], _ optimizers: [any Optimizer]) {
    guard nets.count == 2, optimizers.count == 1 else { return }
    encoder = nets[0]
    decoder = nets[1]
    optimizer = optimizers[0]
  }

  /// Makes sure that the nets take and give what a step needs.
  public func checkParts() throws(TrainerError) {
    guard let data = state.loader?.data else { return }
    try VAENets(encoder: encoder, decoder: decoder, isConditional: isConditional)
      .check(against: data, latent: latent)
  }

  /// The pixels must suit the loss; labels count if conditional.
  public func checkData(_ data: Dataset) throws(TrainerError) {
    try Self.check(reconstruction, fits: data)
    if isConditional { try checkLabels(of: data, firstClasses) }
  }

  /// A trainer on the same data with nets of the same make.
  ///
  /// - Returns: The other trainer, at step 0.
  /// - Throws: `TrainerError.layer` if a net cannot be copied.
  public func duplicate() throws(TrainerError) -> any Trainer {
    guard let data = state.timeline.data.first else { throw .unsupported(what: "fork", reason: "it has no data") }
    var options = options
    (options.encoder, options.decoder) = try raising { (try copiedNet(encoder), try copiedNet(decoder)) }
    return try VAETrainer(data, options)
  }
}
