// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors
import Testing

@testable import Generative

/// A printed loss is worth nothing unless it is the loss: each is computed again, in double precision, from the scores
/// of a fork that draws the same batch and noise.
@Suite struct GANLossTests {
  struct Variant: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout GANOptions) -> Void
  }

  static let variants: [Variant] = [
    Variant(testDescription: "non-saturating") { _ in },
    Variant(testDescription: "minimax") { $0.loss = .minimax },
    Variant(testDescription: "least squares") { $0.loss = .leastSquares },
    Variant(testDescription: "hinge") { $0.loss = .hinge },
    Variant(testDescription: "hinge, spectral norm") {
      $0.loss = .hinge; $0.usesSpectralNorm = true
    },
    Variant(testDescription: "wasserstein, clipped") {
      $0.loss = .wasserstein; $0.weightClip = 0.01
    },
    Variant(testDescription: "label smoothing") { $0.labelSmoothing = 0.1 },
    Variant(testDescription: "average of weights") { $0.averageDecay = 0.9 },
    Variant(testDescription: "minibatch deviation") { $0.usesMinibatchDeviation = true },
    Variant(testDescription: "conditional, concatenated") { $0.conditioning = .concatenation },
    Variant(testDescription: "conditional, projection") { $0.conditioning = .projection },
    Variant(testDescription: "dcgan") { $0.architecture = .dcgan },
  ]

  @Test("The printed losses are the losses of the printed scores", arguments: variants)
  func recomputed(variant: Variant) throws {
    let gan = try tinyGAN(variant.change)
    try gan.run(3)
    let twin = try #require(try gan.fork() as? GANTrainer)
    let report = try gan.takeStep()

    let real = try twin.nextBatch()
    let fake = try twin.generate(like: real, recording: false)
    let labels = twin.conditioning == nil ? nil : real.y
    let onReal = try scores(twin, twin.discriminator, real.x, labels)
    let onFake = try scores(twin, twin.discriminator, fake.examples, fake.labels)
    let errD = errorOfD(gan.loss, onReal, onFake, target: 1 - gan.labelSmoothing)
    expectNear(report["errD"], errD)

    // G was judged by the discriminator as it was after its update, before G changed.
    let judged = try scores(twin, gan.discriminator, fake.examples, fake.labels)
    // A spectral norm is followed by one more iteration in each pass, so there the scores agree less closely.
    let tolerance = gan.options.usesSpectralNorm ? 2e-3 : 2e-5
    expectNear(report["errG"], errorOfG(gan.loss, judged), within: tolerance)
    let reading = gan.loss.usesProbabilities ? onReal.map(sigmoid) : onReal
    expectNear(report["D(x)"], reading.reduce(0, +) / Double(reading.count))
  }

  @Test("The gradient penalty is the squared distance of the critic's slopes from one, by finite differences")
  func gradientPenalty() throws {
    let gan = try tinyGAN {
      $0.loss = .wasserstein
      $0.gradientPenalty = 10
    }
    try gan.run(2)
    let twin = try #require(try gan.fork() as? GANTrainer)
    let report = try gan.takeStep()

    let real = try twin.nextBatch()
    let fake = try twin.generate(like: real, recording: false)
    let share = try twin.state.streams.noise.uniform([8, 1, 1, 1])
    let between = try real.x * share + fake.examples * (1 - share)
    let slopes = try slopeLengths(twin, between)
    let penalty = slopes.map { ($0 - 1) * ($0 - 1) }.reduce(0, +) / 8
    expectNear(report["penalty"], penalty, within: 2e-2)
    let onReal = try scores(twin, twin.discriminator, real.x, nil)
    let onFake = try scores(twin, twin.discriminator, fake.examples, nil)
    let printed = try #require(report["penalty"])
    expectNear(report["errD"], errorOfD(.wasserstein, onReal, onFake, target: 1) + 10 * printed)
  }

  @Test("The auxiliary classifier's loss is in errD and errG, from logits and not from probabilities")
  func auxiliary() throws {
    let gan = try tinyGAN { $0.conditioning = .auxiliary }
    try gan.run(2)
    let twin = try #require(try gan.fork() as? GANTrainer)
    let report = try gan.takeStep()
    let real = try twin.nextBatch()
    let fake = try twin.generate(like: real, recording: false)
    let context = twin.lookingContext()
    let onReal = try twin.discriminator.output(of: [real.x], in: context)
    let onFake = try twin.discriminator.output(of: [fake.examples], in: context)
    let labels = try #require(real.y).integers().map { Int($0) }
    let classes =
      try (crossEntropy(rows(onReal["classes"]), labels) + crossEntropy(rows(onFake["classes"]), labels)) / 2
    let scores = try errorOfD(.nonsaturating, doubles(onReal["score"]), doubles(onFake["score"]), target: 1)
    expectNear(report["errC"], classes)
    expectNear(report["errD"], scores + classes)
  }

  @Test("What is shifted in or cut out is the data's darkest value, whatever the examples hold")
  func background() throws {
    let grey = try Tensor.full([4, 1, 12, 12], 0.25)
    for operation in [DifferentiableAugmentation.translation(pixels: 3), .cutout(size: 4)] {
      let seen = try operation.applied(to: grey, random: RandomStream(seed: 1), background: -1)
      #expect(Set(seen.scalars()) == [0.25, -1])
    }
  }

  @Test("The gradient flows back through an augmentation to the pixels that were seen")
  func gradientThroughAugmentation() throws {
    let operations: [DifferentiableAugmentation] = [
      .translation(pixels: 3), .cutout(size: 4), .brightness(0.5), .contrast(0.5),
    ]
    for operation in operations {
      let x = try RandomStream(seed: 2).normal([3, 1, 6, 6])
      let weights = try RandomStream(seed: 3).normal([3, 1, 6, 6])
      func value(_ x: Tensor) throws -> Tensor {
        try sum(operation.applied(to: x, random: RandomStream(seed: 4), background: -1) * weights)
      }
      let leaf = try x.requiringGradient()
      let found = try gradient(of: value(leaf), withRespectTo: [leaf])[0].scalars()
      for place in [0, 7, 20, 35, 36, 50, 71, 72, 90, 107] {
        var (up, down) = (x.scalars(), x.scalars())
        up[place] += 0.5
        down[place] -= 0.5
        let rise = try value(Tensor(up, shape: x.shape)).item() - value(Tensor(down, shape: x.shape)).item()
        expectNear(Double(found[place]), rise, within: 1e-4)
      }
    }
  }

  @Test("What D sees is augmented before it is scored, real and generated alike")
  func augmented() throws {
    let gan = try tinyGAN { $0.augmentation = [.translation(pixels: 3), .cutout(size: 8), .brightness(0.5)] }
    try gan.run(2)
    let twin = try #require(try gan.fork() as? GANTrainer)
    let report = try gan.takeStep()
    let real = try twin.nextBatch()
    let fake = try twin.generate(like: real, recording: false)
    func seen(_ x: Tensor) throws -> Tensor { try twin.augmented(x.detached()) }
    let onReal = try scores(twin, twin.discriminator, seen(real.x), nil)
    let onFake = try scores(twin, twin.discriminator, seen(fake.examples), nil)
    expectNear(report["errD"], errorOfD(.nonsaturating, onReal, onFake, target: 1))
    expectNear(report["errG"], errorOfG(.nonsaturating, try scores(twin, gan.discriminator, seen(fake.examples), nil)))
  }

  @Test("Stepping D alone leaves G alone: no gradient, no change, no other statistics", arguments: variants)
  func onlyD(variant: Variant) throws {
    let gan = try tinyGAN(variant.change)
    try gan.run(2)
    for parameter in gan.generator.allParameters { parameter.clearGradient() }
    let before = gan.generator.allParameters.map { $0.value.scalars() }
    let moments = gan.generatorOptimizer.stepsTaken
    try gan.takeStep(only: "D")
    #expect(gan.generator.allParameters.map { $0.value.scalars() } == before)
    #expect(gan.generator.allParameters.allSatisfy { $0.gradient == nil && $0.provenance.isEmpty })
    #expect(gan.generatorOptimizer.stepsTaken == moments)
  }

  @Test("Stepping G alone leaves D alone", arguments: variants)
  func onlyG(variant: Variant) throws {
    let gan = try tinyGAN(variant.change)
    try gan.run(2)
    for parameter in gan.discriminator.allParameters { parameter.clearGradient() }
    let before = gan.discriminator.allParameters.map { $0.value.scalars() }
    let report = try gan.takeStep(only: "G")
    #expect(gan.discriminator.allParameters.map { $0.value.scalars() } == before)
    #expect(gan.discriminator.allParameters.allSatisfy { $0.gradient == nil && $0.provenance.isEmpty })
    #expect(report["errG"] != nil && report["errD"] == nil)
    #expect(gan.state.loader?.position.taken == 16)
  }

  @Test("After a step each net holds the gradient of its own loss and of no other", arguments: variants)
  func provenance(variant: Variant) throws {
    let gan = try tinyGAN(variant.change)
    try gan.takeStep()
    #expect(gan.generator.allParameters.allSatisfy { $0.provenance == ["errG"] })
    #expect(gan.discriminator.allParameters.allSatisfy { $0.provenance == ["errD"] })
  }

  // MARK: The losses once more, in double precision

  private func scores(
    _ trainer: GANTrainer, _ net: any Layer, _ x: Tensor, _ labels: Tensor?
  ) throws -> [Double] {
    let context = ForwardContext(
      isTraining: true, random: RandomStream(seed: 0), recordsGradients: false, updatesStatistics: true)
    let inputs = [x.detached()] + (trainer.conditioning == nil ? [] : [labels].compactMap { $0 })
    guard case .logits(let logits) = try score(of: net, inputs, in: context) else { return [] }
    return logits.scalars().map(Double.init)
  }

  private func slopeLengths(_ trainer: GANTrainer, _ x: Tensor) throws -> [Double] {
    let leaf = try x.requiringGradient()
    guard case .logits(let logits) = try score(of: trainer.discriminator, [leaf], in: trainer.lookingContext()) else {
      return []
    }
    let slopes = try gradient(of: sum(logits), withRespectTo: [leaf])[0].scalars()
    return (0..<8).map { image in
      slopes[image * 784..<(image + 1) * 784].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
  }
}
