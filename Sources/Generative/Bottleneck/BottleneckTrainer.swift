// SPDX-License-Identifier: Apache-2.0
public import Datasets
public import Layers
import Tensors

/// Training of a classifier that may look at its input only through a noisy code: the deep variational information
/// bottleneck.
///
/// A step draws examples x with labels y [batch] and, from the trainer's own stream, ε [batch, latent]:
///
///     mu, logvar = E(x);  z = mu + exp(½ logvar) · ε
///     ce = mean −log softmax(D(z))[y];  kl = mean KL(N(mu, e^logvar) ‖ N(0, 1))
///     loss = ce + β · kl
///
/// The two terms bound two informations: I(Z; Y) ≥ H(Y) − ce and I(Z; X) ≤ kl. Their path over training is the
/// information plane. Alemi, Fischer, Dillon and Murphy 2016, arXiv:1612.00410.
public final class BottleneckTrainer: ClassPredictor {
  /// Streams, loader, history, snapshots.
  public let state: TrainingState
  /// From examples to `mu` and `logvar`, each [batch, latent].
  public private(set) var encoder: any Layer
  /// From codes [batch, latent] to logits [batch, classes].
  public private(set) var decoder: any Layer
  /// Updates both nets.
  public private(set) var optimizer: any Optimizer
  /// The names of the classes, in the order of the logits.
  public let classes: [String]
  /// The length of the code z.
  public let latent: Int
  /// What a nat of information on the input costs.
  public private(set) var beta: Double
  let options: BottleneckOptions

  /// A trainer at step 0.
  ///
  /// - Parameters:
  ///   - data: Labelled images or points.
  ///   - options: How to train.
  /// - Throws: `TrainerError`: data without labels, an option out of range, a net that does not fit.
  public init(_ data: Dataset, _ options: BottleneckOptions = BottleneckOptions()) throws(TrainerError) {
    var options = options
    for (name, size) in [("z", options.latent), ("hidden", options.hidden)] where size < 1 || size > 1 << 20 {
      throw .setting(name: name, value: "\(size)", needs: "a whole number from 1")
    }
    guard data.isLabelled else { throw .data(.unlabelled(name: data.name)) }
    state = try TrainingState(data: data, batch: options.batch, seed: options.seed)
    let nets = try BottleneckNets(data, options, random: state.streams.weights)
    (encoder, decoder) = (nets.encoder, nets.decoder)
    (options.encoder, options.decoder) = (nets.encoder, nets.decoder)
    let parameters = encoder.allParameters + decoder.allParameters
    optimizer = try raising { try Adam(parameters, learningRate: options.rate, betas: options.betas) }
    classes = data.classes
    latent = options.latent
    beta = 0
    self.options = options
    try setOwn("beta", to: .number(options.beta))
    try nets.check(against: data, latent: latent)
    keepMadeWeights()
  }

  /// `VIB`.
  public var typeName: String { "VIB" }

  /// `E` and `D`.
  public var nets: [(name: String, net: any Layer)] { [("E", encoder), ("D", decoder)] }

  /// `opt`.
  public var optimizers: [(name: String, optimizer: any Optimizer)] { [("opt", optimizer)] }

  /// Labels must be among the classes.
  public func checkData(_ data: Dataset) throws(TrainerError) {
    try checkLabels(of: data, classes)
  }

  /// None.
  public var separateParts: [String] { [] }

  /// `beta`.
  public var ownSettings: [NamedSetting] { [NamedSetting("beta", .number(beta))] }

  /// Changes `beta`.
  public func setOwn(_ name: String, to value: SettingValue) throws(TrainerError) {
    guard name == "beta" else { throw .unknownSetting(name: name, known: ownSettings.map(\.name)) }
    beta = try value.number(for: name, needs: "a number from 0") { $0 >= 0 }
  }

  /// Draws examples and ε, and updates both nets once; reports `loss`, `ce`, `kl` and `accuracy` on them.
  public func performStep(only: String?) throws(TrainerError) -> StepOutcome {
    let batch = try nextBatch()
    optimizer.zeroGradients()
    let terms = try self.terms(of: batch)
    let loss = try raising { try terms.crossEntropy + terms.divergence * beta }
    let value = try finite(loss, "loss", after: terms.passes)
    let (error, divergence) = try raising { (try terms.crossEntropy.item(), try terms.divergence.item()) }
    try tell {
      StepPhase(
        "E", .loss,
        figures: [
          NamedValue("loss", value), NamedValue("ce", error), NamedValue("kl", divergence), NamedValue("beta", beta),
        ])
    }
    try propagate(loss, "loss")
    for (name, net) in nets { try guardGradients(of: net, named: name, loss: "loss") }
    let accuracy = try share(ofRight: terms.logits, terms.labels)
    try move(nets, by: optimizer, part: "E")
    return StepOutcome(
      examples: batch.count,
      values: [
        NamedValue("loss", value), NamedValue("ce", error), NamedValue("kl", divergence),
        NamedValue("accuracy", accuracy),
      ])
  }

  func nextBatch() throws(TrainerError) -> Batch {
    guard let loader = state.loader else { throw .unsupported(what: "VIB", reason: "it has no data") }
    return try raising { try loader.next() }
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
    try BottleneckNets(encoder: encoder, decoder: decoder).check(against: data, latent: latent)
  }

  /// A trainer on the same data with nets of the same make.
  ///
  /// - Returns: The other trainer, at step 0.
  /// - Throws: `TrainerError.layer` if a net cannot be copied.
  public func duplicate() throws(TrainerError) -> any Trainer {
    guard let data = state.timeline.data.first else { throw .unsupported(what: "fork", reason: "it has no data") }
    var options = options
    (options.encoder, options.decoder) = try raising { (try copiedNet(encoder), try copiedNet(decoder)) }
    return try BottleneckTrainer(data, options)
  }
}
