// SPDX-License-Identifier: Apache-2.0
public import Datasets
public import Layers
import Tensors

/// How a classifier is set up.
public struct ClassifierOptions {
  /// How many images a step sees.
  public var batch = 64
  /// Adam's step size.
  public var rate = 1e-3
  /// Adam's betas.
  public var betas = (0.9, 0.999)
  /// How strongly weights are pulled to zero.
  public var weightDecay = 0.0
  /// How much of each label is spread over all classes.
  public var labelSmoothing = 0.0
  /// Over how many steps the rate falls to zero along half a cosine; 0 for a steady rate.
  public var cosineSteps = 0
  /// What is done to each image when it is dealt, or nil.
  public var augmentation: Augmentation?
  /// How many channels the first convolution of a net that is made has.
  public var width = 16
  /// What decides all random choices.
  public var seed: UInt64 = 0
  /// The net; made if nil.
  public var net: (any Layer)?

  /// A small convolutional net, Adam at 0.001.
  public init() {}
}

/// Training of a classifier by cross-entropy, one step at a time.
///
/// A step draws images [batch, channel, height, width] with labels [batch]; the net gives logits [batch, classes].
public final class ClassifierTrainer: ClassPredictor {
  /// Streams, loader, history, snapshots.
  public let state: TrainingState
  /// From images to logits.
  public private(set) var classifier: any Layer
  /// Updates the net.
  public private(set) var optimizer: any Optimizer
  /// The names of the classes, in the order of the logits.
  public let classes: [String]
  /// How much of each label is spread over all classes.
  public private(set) var labelSmoothing: Double
  /// Over how many steps the rate falls to zero; 0 for a steady rate.
  public private(set) var cosineSteps: Int
  let options: ClassifierOptions
  private let startingRate: Double

  /// A trainer at step 0.
  ///
  /// - Parameters:
  ///   - data: Labelled images or points.
  ///   - options: How to train.
  /// - Throws: `TrainerError`: data without labels, an option out of range, a net that does not fit.
  public init(_ data: Dataset, _ options: ClassifierOptions = ClassifierOptions()) throws(TrainerError) {
    guard data.isLabelled else { throw .data(.unlabelled(name: data.name)) }
    state = try TrainingState(data: data, batch: options.batch, seed: options.seed)
    let streams = state.streams
    let net = try raising {
      try options.net
        ?? ClassifierNets.suiting(
          Shape(data.exampleShape), classes: data.classes.count, width: options.width, random: streams.weights)
    }
    if net.notes.label == nil { net.notes.label = "net" }
    classifier = net
    classes = data.classes
    optimizer = try raising {
      try Adam(
        net.allParameters, learningRate: options.rate, betas: options.betas, weightDecay: options.weightDecay)
    }
    startingRate = options.rate
    (labelSmoothing, cosineSteps) = (0, 0)
    var kept = options
    kept.net = net
    self.options = kept
    try setOwn("smoothing", to: .number(options.labelSmoothing))
    try setOwn("cosine", to: .count(options.cosineSteps))
    state.loader?.augmentation = options.augmentation
    state.loader?.augmentationSeed = state.seed
    try check(against: data)
    keepMadeWeights()
  }

  private func check(against data: Dataset) throws(TrainerError) {
    let expected: Shape = [2, classes.count]
    let output: LayerOutput = try raising {
      try classifier.output(of: [.zeros(Shape([2] + data.exampleShape))], in: .checking)
    }
    guard output.tensor?.shape == expected else {
      throw .outputShape(net: "net", expected: expected, found: output.shape.description)
    }
  }

  /// `Classifier`.
  public var typeName: String { "Classifier" }

  /// `net`.
  public var nets: [(name: String, net: any Layer)] { [("net", classifier)] }

  /// `opt`.
  public var optimizers: [(name: String, optimizer: any Optimizer)] { [("opt", optimizer)] }

  /// Labels must be among the classes.
  public func checkData(_ data: Dataset) throws(TrainerError) {
    try checkLabels(of: data, classes)
  }

  /// None.
  public var separateParts: [String] { [] }

  /// `smoothing`, `cosine`, `augment`.
  public var ownSettings: [NamedSetting] {
    [
      NamedSetting("smoothing", .number(labelSmoothing)), NamedSetting("cosine", .count(cosineSteps)),
      NamedSetting("augment", state.loader?.augmentation.map { .text($0.code) } ?? .none),
    ]
  }

  /// Changes one of `ownSettings`.
  public func setOwn(_ name: String, to value: SettingValue) throws(TrainerError) {
    switch name {
    case "smoothing":
      labelSmoothing = try value.number(for: name, needs: "0 ≤ smoothing < 1") { (0..<1).contains($0) }
    case "cosine": cosineSteps = try value.count(for: name, in: 0...(1 << 40))
    case "augment": state.loader?.augmentation = try augmentation(value)
    default: throw .unknownSetting(name: name, known: ownSettings.map(\.name))
    }
  }

  private func augmentation(_ value: SettingValue) throws(TrainerError) -> Augmentation? {
    if value == .none { return nil }
    guard case .text(let code) = value, let changes = try? Augmentation(code: code) else {
      throw .setting(name: "augment", value: value.description, needs: "an Augment, or None")
    }
    return changes
  }

  /// Draws labelled images and updates the net once; reports `loss` and `accuracy` on them.
  public func performStep(only: String?) throws(TrainerError) -> StepOutcome {
    guard let loader = state.loader else { throw .unsupported(what: "Classifier", reason: "it has no data") }
    let batch = try raising { try loader.next() }
    guard let labels = batch.y else { throw .data(.unlabelled(name: loader.data.name)) }
    let rate = optimizer.learningRate
    if cosineSteps > 0 {
      optimizer.learningRate =
        rate * Schedule.cosine(steps: cosineSteps, minimum: 0).factor(at: state.step)
    }
    defer { optimizer.learningRate = rate }
    return try update(batch, labels)
  }

  private func update(_ batch: Batch, _ labels: Tensor) throws(TrainerError) -> StepOutcome {
    optimizer.zeroGradients()
    let logits = try raising {
      try classifier(batch.x, in: ForwardContext(isTraining: true, random: state.streams.dropout))
    }
    let loss = try raising { try crossEntropy(logits, try targets(labels)) }
    let value = try finite(
      loss, "loss", after: [ForwardPass(name: "net", net: classifier, inputs: [batch.x])])
    try tell { StepPhase("net", .sample, values: [("x", batch.x), ("y", labels)], examples: batch.x) }
    try tell { StepPhase("net", .classify, values: [("logits", logits)], figures: spreadFigures("logit", logits)) }
    try tell { StepPhase("net", .loss, figures: [NamedValue("loss", value)]) }
    try propagate(loss, "loss")
    try guardGradients(of: classifier, named: "net", loss: "loss")
    let accuracy = try share(ofRight: logits, labels)
    try move(nets, by: optimizer, part: "net")
    return StepOutcome(
      examples: batch.count, values: [NamedValue("loss", value), NamedValue("accuracy", accuracy)])
  }

  /// Labels, or with smoothing a probability for each class.
  private func targets(_ labels: Tensor) throws -> Tensor {
    guard labelSmoothing > 0 else { return labels }
    let spread = labelSmoothing / Double(classes.count)
    let hard = labels.rank == 2 ? labels : try oneHot(labels, classes: classes.count)
    return try hard * (1 - labelSmoothing) + spread
  }

  /// What each optimizer trains.
  public func netsTrained(by optimizer: String) -> [String]? { nets.map(\.name) }

  /// Puts other nets and optimizers in place of its own.
  public func install(_ nets: [any Layer], _ optimizers: [any Optimizer]) {
    guard nets.count == 1, optimizers.count == 1 else { return }
    classifier = nets[0]
    optimizer = optimizers[0]
  }

  /// Makes sure that the nets take and give what a step needs.
  public func checkParts() throws(TrainerError) {
    guard let data = state.loader?.data else { return }
    try check(against: data)
  }

  /// A trainer on the same data with nets of the same make.
  ///
  /// - Returns: The other trainer, at step 0.
  /// - Throws: `TrainerError.layer` if a net cannot be copied.
  public func duplicate() throws(TrainerError) -> any Trainer {
    guard let data = state.timeline.data.first else { throw .unsupported(what: "fork", reason: "it has no data") }
    var options = options
    options.net = try raising { try copiedNet(classifier) }
    return try ClassifierTrainer(data, options)
  }
}
