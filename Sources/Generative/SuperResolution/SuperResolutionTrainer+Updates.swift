// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors

/// Images of a step: whole, halved, and doubled again by the generator.
struct Enlargement {
  let real: Tensor
  let small: Tensor
  let fake: Tensor
}

extension SuperResolutionTrainer {
  /// Draws images, updates D, then G on the same images.
  public func performStep(only: String?) throws(TrainerError) -> StepOutcome {
    guard let loader = state.loader else { throw .unsupported(what: typeName, reason: "it has no data") }
    let batch = try raising { try loader.next() }
    let images = try enlarged(batch.x, recording: only != "D")
    var readings: [NamedValue] = []
    if only != "G" { readings = try updateDiscriminator(images) }
    if only != "D" {
      let (error, others) = try updateGenerator(images)
      readings.insert(error, at: min(1, readings.count))
      readings += others
    }
    return StepOutcome(examples: batch.count, values: readings)
  }

  func enlarged(_ real: Tensor, recording: Bool) throws(TrainerError) -> Enlargement {
    try raising {
      let small = try averagePool2d(real, size: 2)
      return Enlargement(real: real, small: small, fake: try generator(small, in: trainingContext(recording)))
    }
  }

  private func trainingContext(_ isRecording: Bool) -> ForwardContext {
    ForwardContext(isTraining: true, random: state.streams.dropout, recordsGradients: isRecording)
  }

  /// What D says of images; `isWatched` says whether its parameters gather gradients.
  func judge(_ images: Tensor, isWatched: Bool) throws(TrainerError) -> Score {
    try raising { try score(of: discriminator, [images], in: trainingContext(isWatched)) }
  }

  private func updateDiscriminator(_ images: Enlargement) throws(TrainerError) -> [NamedValue] {
    discriminatorOptimizer.zeroGradients()
    let fake = images.fake.detached()
    try tell {
      StepPhase("D", .sample, values: [("real", images.real), ("fake = G(small)", fake)], examples: fake)
    }
    let (onReal, onFake) = (try judge(images.real, isWatched: true), try judge(fake, isWatched: true))
    try tell {
      let said = (try loss.said(onReal), try loss.said(onFake))
      return StepPhase("D", .classify, figures: spreadFigures("D(x)", said.0) + spreadFigures("D(G(s))", said.1))
    }
    let error = try raising { () -> Tensor in
      let terms = try loss.discriminator(real: onReal, fake: onFake)
      return try terms.real + terms.fake
    }
    let value = try finite(
      error, "errD",
      after: [
        ForwardPass(name: "D", net: discriminator, inputs: [images.real]),
        ForwardPass(name: "G", net: generator, inputs: [images.small]),
        ForwardPass(name: "D", net: discriminator, inputs: [fake]),
      ])
    try tell { StepPhase("D", .loss, figures: [NamedValue("errD", value)]) }
    try propagate(error, "errD")
    try guardGradients(of: discriminator, named: "D", loss: "errD")
    let readings = try raising { (try loss.reading(of: onReal), try loss.reading(of: onFake)) }
    try move([("D", discriminator)], by: discriminatorOptimizer, part: "D")
    return [NamedValue("errD", value), NamedValue("D(x)", readings.0), NamedValue("D(G(s))", readings.1)]
  }

  /// One update of G through D, whose weights take no part; returns `errG`, then `content` and `psnr`.
  private func updateGenerator(_ images: Enlargement) throws(TrainerError) -> (NamedValue, [NamedValue]) {
    generatorOptimizer.zeroGradients()
    try tell { StepPhase("G", .sample, values: [("small", images.small), ("fake = G(small)", images.fake)]) }
    let onFake = try judge(images.fake, isWatched: false)
    try tell { StepPhase("G", .classify, figures: spreadFigures("D(G(s))", try loss.said(onFake))) }
    let content = try raising { try meanSquaredError(images.fake, images.real) }
    let error = try raising { try content + loss.generator(fake: onFake) * adversarialWeight }
    let value = try finite(
      error, "errG",
      after: [
        ForwardPass(name: "G", net: generator, inputs: [images.small]),
        ForwardPass(name: "D", net: discriminator, inputs: [images.fake]),
      ])
    let squares = try raising { try content.item() }
    try tell { StepPhase("G", .loss, figures: [NamedValue("errG", value), NamedValue("content", squares)]) }
    try propagate(error, "errG")
    try guardGradients(of: generator, named: "G", loss: "errG")
    try move([("G", generator)], by: generatorOptimizer, part: "G")
    let others = [NamedValue("content", squares), NamedValue("psnr", peakRatio(squares))]
    return (NamedValue("errG", value), others)
  }

  /// The peak signal-to-noise ratio of a mean squared error, decibels.
  func peakRatio(_ squares: Double) -> Double {
    let range = state.loader?.data.valueRange ?? .unit
    let height = Double(range.upper - range.lower)
    return 10 * scalarLog(height * height / max(squares, 1e-12)) / scalarLog(10)
  }
}
