// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
public import Tensors

/// Examples a generator made in a step.
struct Generated {
  /// The noise, [count, latent].
  let noise: Tensor
  /// The labels asked for, [count], or nil.
  let labels: Tensor?
  /// The examples, [count] followed by the shape of one; part of the graph if they were recorded.
  let examples: Tensor

  var count: Int { examples.shape[0] }
}

extension GANTrainer {
  func nextBatch() throws(TrainerError) -> Batch {
    guard let loader = state.loader else { throw .unsupported(what: "GAN", reason: "it has no data") }
    return try raising { try loader.next() }
  }

  /// As many examples as a real batch has, with its labels.
  func generate(like real: Batch, recording: Bool) throws(TrainerError) -> Generated {
    try generate(count: real.count, labels: conditioning == nil ? nil : real.y, recording: recording)
  }

  /// Examples from the training stream; labels are drawn too if they are needed and not given.
  func generate(count: Int, labels: Tensor?, recording: Bool) throws(TrainerError) -> Generated {
    try raising {
      let noise = try state.streams.noise.normal([count, latent])
      var labels = labels
      if conditioning != nil, labels == nil {
        labels = try state.streams.noise.integers(below: classCount, [count])
      }
      let context = trainingContext(recording: recording)
      let made = try generator.output(of: [noise] + (labels.map { [$0] } ?? []), in: context)
      guard let examples = made.tensor else {
        throw LayerError(.manyOutputs([]), in: generator, input: noise.shape)
      }
      return Generated(noise: noise, labels: labels, examples: examples)
    }
  }

  var classCount: Int { max(state.loader?.data.classes.count ?? 1, 1) }

  /// Layers behave as in training; with `recording` their parameters gather gradients.
  func trainingContext(recording: Bool) -> ForwardContext {
    ForwardContext(isTraining: true, random: state.streams.dropout, recordsGradients: recording)
  }

  /// Examples as D gets to see them: changed at random, the same way for real and generated ones.
  ///
  /// Draws from the trainer's own stream, as a step does.
  ///
  /// - Parameter examples: Real or generated examples, [batch, channel, height, width].
  /// - Returns: Examples of the same shape.
  /// - Throws: `TensorError` if memory is short.
  public func augmented(_ examples: Tensor) throws(TensorError) -> Tensor {
    let background = Double(state.loader?.data.valueRange.lower ?? 0)
    var seen = examples
    for operation in augmentation {
      seen = try operation.applied(to: seen, random: state.streams.augmentation, background: background)
    }
    return seen
  }

  /// Scores examples, after augmentation; `isWatched` says whether D's parameters gather gradients.
  func judge(_ examples: Tensor, _ labels: Tensor?, isWatched: Bool) throws(TrainerError) -> Judgement {
    try raising {
      let seen = try augmented(examples)
      let context = trainingContext(recording: isWatched)
      let inputs = [seen] + (discriminatorTakesLabels ? [labels].compactMap { $0 } : [])
      guard conditioning == .auxiliary else {
        return Judgement(inputs: inputs, score: try score(of: discriminator, inputs, in: context), classes: nil)
      }
      let output = try discriminator.output(of: inputs, in: context)
      guard let score = output["score"], let classes = output["classes"] else {
        throw TrainerError.outputShape(net: "D", expected: [seen.shape[0], 1], found: output.shape.description)
      }
      return Judgement(inputs: inputs, score: .logits(score), classes: classes)
    }
  }

  /// One update of D; returns `errD`, `D(x)`, `D(G(z))` and what else enters errD.
  func updateDiscriminator(_ real: Batch, _ fake: Generated) throws(TrainerError) -> [NamedValue] {
    discriminatorOptimizer.zeroGradients()
    try tell {
      StepPhase("D", .sample, values: [("real", real.x), ("fake = G(z)", fake.examples)], examples: fake.examples)
    }
    let labels = conditioning == nil ? nil : real.y
    let onReal = try judge(real.x, labels, isWatched: true)
    let onFake = try judge(fake.examples.detached(), fake.labels, isWatched: true)
    try tell {
      let said = (try loss.said(onReal.score), try loss.said(onFake.score))
      return StepPhase("D", .classify, figures: spreadFigures("D(x)", said.0) + spreadFigures("D(G(z))", said.1))
    }
    let terms = try raising {
      try loss.discriminator(real: onReal.score, fake: onFake.score, realTarget: 1 - labelSmoothing)
    }
    var error = try raising { try terms.real + terms.fake }
    var extras: [NamedValue] = []
    if let classes = try classLoss(onReal, real.y, onFake, fake.labels) {
      error = try raising { try error + classes }
      extras.append(NamedValue("errC", try raising { try classes.item() }))
    }
    if let weight = gradientPenalty {
      let penalty = try interpolationPenalty(real: real.x, fake: fake.examples.detached(), labels: labels)
      error = try raising { try error + penalty * weight }
      extras.append(NamedValue("penalty", try raising { try penalty.item() }))
    }
    let passes = [
      ForwardPass(name: "D", net: discriminator, inputs: onReal.inputs),
      ForwardPass(name: "G", net: generator, inputs: [fake.noise] + [fake.labels].compactMap { $0 }),
      ForwardPass(name: "D", net: discriminator, inputs: onFake.inputs),
    ]
    let value = try finite(error, "errD", after: passes)
    try tell {
      let parts = [NamedValue("real", try terms.real.item()), NamedValue("fake", try terms.fake.item())]
      return StepPhase("D", .loss, figures: [NamedValue("errD", value)] + parts + extras)
    }
    try propagate(error, "errD")
    try guardGradients(of: discriminator, named: "D", loss: "errD")
    try boundGradients(of: discriminatorOptimizer)
    try tell { StepPhase("D", .gradients, figures: try gradientNorms(of: [("D", discriminator)])) }
    let readings = try raising { (try loss.reading(of: onReal.score), try loss.reading(of: onFake.score)) }
    let before = state.phaseObserver == nil ? [] : discriminator.allParameters.map { $0.value.detached() }
    try raising {
      try discriminatorOptimizer.step()
      if let weightClip { try clipWeights(of: discriminator.allParameters, to: weightClip) }
    }
    try tell {
      let again = try loss.discriminator(
        real: look(real.x, labels, as: onReal.score), fake: look(fake.examples, fake.labels, as: onFake.score),
        realTarget: 1 - labelSmoothing)
      let moved = try distance(discriminator.allParameters, from: before)
      let after = try (again.real + again.fake).item()
      return StepPhase(
        "D", .update,
        figures: [
          NamedValue("lr", discriminatorOptimizer.learningRate), NamedValue("‖Δw‖", moved),
          // The other terms are not taken again: what is compared is named.
          NamedValue(extras.isEmpty ? "loss" : "real + fake", try (terms.real + terms.fake).item()),
          NamedValue("loss after", after),
        ])
    }
    return [NamedValue("errD", value), NamedValue("D(x)", readings.0), NamedValue("D(G(z))", readings.1)] + extras
  }

  /// One update of G through D, whose weights take no part; returns `errG` and `D(G(z))`.
  func updateGenerator(_ fake: Generated) throws(TrainerError) -> (NamedValue, NamedValue) {
    generatorOptimizer.zeroGradients()
    try tell { StepPhase("G", .sample, values: [("z", fake.noise), ("fake = G(z)", fake.examples)]) }
    let onFake = try judge(fake.examples, fake.labels, isWatched: false)
    try tell { StepPhase("G", .classify, figures: spreadFigures("D(G(z))", try loss.said(onFake.score))) }
    var error = try raising { try loss.generator(fake: onFake.score) }
    if let classes = onFake.classes, let labels = fake.labels {
      error = try raising { try error + crossEntropy(classes, labels) }
    }
    let passes = [
      ForwardPass(name: "G", net: generator, inputs: [fake.noise] + [fake.labels].compactMap { $0 }),
      ForwardPass(name: "D", net: discriminator, inputs: onFake.inputs),
    ]
    let value = try finite(error, "errG", after: passes)
    try tell { StepPhase("G", .loss, figures: [NamedValue("errG", value)]) }
    try propagate(error, "errG")
    try guardGradients(of: generator, named: "G", loss: "errG")
    try boundGradients(of: generatorOptimizer)
    try tell { StepPhase("G", .gradients, figures: try gradientNorms(of: [("G", generator)])) }
    let before = state.phaseObserver == nil ? [] : generator.allParameters.map { $0.value.detached() }
    try raising {
      try generatorOptimizer.step()
      try updateAverage()
    }
    try tell {
      let again = try remade(fake)
      let after = try loss.generator(fake: look(again, fake.labels, as: onFake.score)).item()
      return StepPhase(
        "G", .update,
        figures: [
          NamedValue("lr", generatorOptimizer.learningRate),
          NamedValue("‖Δw‖", try distance(generator.allParameters, from: before)),
          NamedValue(
            onFake.classes == nil ? "loss" : "adversarial term", try loss.generator(fake: onFake.score).item()),
          NamedValue("loss after", after),
        ], examples: again)
    }
    let reading = try raising { try loss.reading(of: onFake.score) }
    return (NamedValue("errG", value), NamedValue("D(G(z))", reading))
  }

  /// Moves the average of the generator's weights, if one is kept; early on it looks back over few steps.
  ///
  /// - Throws: `TensorError` if memory is short.
  public func updateAverage() throws(TensorError) {
    try average?.update(afterSteps: generatorOptimizer.stepsTaken)
  }

  /// The class head's loss on real and generated examples, for an auxiliary classifier.
  func classLoss(
    _ real: Judgement, _ realLabels: Tensor?, _ fake: Judgement, _ fakeLabels: Tensor?
  ) throws(TrainerError) -> Tensor? {
    guard let onReal = real.classes, let onFake = fake.classes, let realLabels, let fakeLabels else { return nil }
    return try raising { try (crossEntropy(onReal, realLabels) + crossEntropy(onFake, fakeLabels)) * 0.5 }
  }

  /// D's scores in a pass that draws from no training stream and changes no statistics.
  private func look(_ examples: Tensor, _ labels: Tensor?, as earlier: Score) throws -> Score {
    let inputs = [examples.detached()] + (discriminatorTakesLabels ? [labels].compactMap { $0 } : [])
    let said = try score(of: discriminator, inputs, in: repeatContext)
    if case .probabilities = earlier { return .probabilities(said.value) }
    return said
  }

  /// What G makes of the same noise now.
  private func remade(_ fake: Generated) throws -> Tensor {
    let output = try generator.output(of: [fake.noise] + [fake.labels].compactMap { $0 }, in: repeatContext)
    return output.tensor ?? fake.examples
  }

  /// As in training, but drawing from a copy of the stream and leaving running statistics alone.
  private var repeatContext: ForwardContext {
    ForwardContext(
      isTraining: true, random: state.streams.dropout.copy(), recordsGradients: false, updatesStatistics: false)
  }
}

/// What D says of examples.
struct Judgement {
  /// What D was given.
  let inputs: [Tensor]
  /// Real or generated.
  let score: Score
  /// Logits of the classes, [count, classes], of a net that has such a head.
  let classes: Tensor?
}
