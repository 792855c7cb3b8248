// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors
import Testing

@testable import Generative

@Suite struct InspectionTests {
  @Test("What the report shows is what the optimizer used: Adam's first moment gives it back, bit for bit")
  func appliedGradient() throws {
    let gan = try tinyGAN()
    try gan.takeStep()
    for ((name, net), (_, optimizer)) in zip(gan.nets, gan.optimizers) {
      let report = try gan.gradients().rows(of: name)
      for (index, (path, parameter)) in net.namedParameters.enumerated() {
        let gradient = try #require(parameter.gradient)
        let moment = try #require(optimizer.state.tensors.first { $0.name == "state.\(index).exp_avg" }?.tensor)
        // After the first step m = 0.5 · g, and halving is exact.
        #expect(moment.scalars() == gradient.scalars().map { $0 * 0.5 }, "\(name).\(path)")
        let row = try #require(report.first { $0.name == path })
        let norm = gradient.scalars().reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        #expect(row.norm == norm)
        #expect(row.histogram.reduce(0, +) == gradient.count)
      }
    }
  }

  @Test("The update that is shown is the one that was made")
  func updates() throws {
    for trainer in try everyTrainer() {
      try trainer.run(3)
      let before = trainer.nets.map { $0.net.allParameters.map { $0.value.scalars() } }
      try trainer.takeStep()
      let rows = try trainer.gradients().rows
      var index = 0
      for (net, old) in zip(trainer.nets, before) {
        for (parameter, weights) in zip(net.net.allParameters, old) {
          let moved = zip(parameter.value.scalars(), weights).reduce(0.0) {
            $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
          }.squareRoot()
          let shown = try #require(rows[index].updateRatio) * rows[index].weightNorm
          if trainer.typeName != "GAN" || (trainer as? GANTrainer)?.discriminatorSteps == 1 {
            #expect(abs(shown - moved) <= 2e-3 * moved + 1e-7, "\(trainer.typeName) \(rows[index].name)")
          }
          index += 1
        }
      }
    }
  }

  @Test("Provenance tells D's loss from G's; before any step there is no gradient")
  func provenance() throws {
    let gan = try tinyGAN()
    #expect(try gan.gradients().rows.allSatisfy { $0.norm == nil && $0.flags == [.missing] })
    try gan.takeStep()
    let report = try gan.gradients()
    #expect(report.provenance(of: "G") == ["errG"])
    #expect(report.provenance(of: "D") == ["errD"])
    #expect(report.norm(of: "G") > 0)
  }

  @Test("Without detach D's loss reaches G, and the report says so")
  func missingDetach() throws {
    let gan = try tinyGAN()
    let context = gan.trainingContext(recording: true)
    let fake = try gan.generator(Tensor.zeros([8, 6]), in: context)
    let scores = try gan.discriminator(fake, in: context)
    try backward(binaryCrossEntropy(scores, Tensor.zeros([8, 1])), label: "errD")
    let rows = try gradientRows(of: gan.generator, named: "G")
    #expect(rows.allSatisfy { $0.provenance == ["errD"] })
    #expect(rows.contains { ($0.norm ?? 0) > 0 })
  }

  @Test("Flags: dead, vanishing, large, exploding, frozen, missing, not finite")
  func flags() throws {
    let random = RandomStream(seed: 2)
    let net = Sequential(
      try Linear(4, 4, random: random), try Linear(4, 4, random: random), try Linear(4, 4, random: random),
      try Linear(4, 4, random: random), try Linear(4, 4, random: random), try Linear(4, 4, random: random))
    let gradients: [Float] = [1e-9, 100, 3, .nan, 0, 0]
    for (index, value) in gradients.enumerated().prefix(5) {
      try (net.layers[index] as? Linear)?.weight.value.replaceGradient(
        with: Tensor([Float](repeating: value, count: 16), shape: [4, 4]))
    }
    (net.layers[5] as? Linear)?.weight.isFrozen = true
    let rows = try gradientRows(of: net, named: "N").filter { !$0.isBias }
    #expect(rows.map(\.flags) == [[.vanishing], [.exploding], [.large], [.notFinite], [.dead, .vanishing], [.frozen]])
  }

  @Test("Activations: a layer that is zero for all examples is dead, one at its ends is saturated")
  func activationFigures() throws {
    let random = RandomStream(seed: 2)
    let first = try Linear(2, 3, random: random)
    try first.weight.set(Tensor([1, 0, 0, 1, 0, 0], shape: [3, 2]))
    try first.bias?.set(Tensor([0, 0, -5], shape: [3]))
    let net = Sequential(first, ActivationLayer(.relu), ActivationLayer(.tanh))
    let rows = try activations(of: net, for: [Tensor([9, 1, 9, 2], shape: [2, 2])], random: random)
    #expect(rows.map(\.name) == ["0", "1", "2"])
    #expect(rows[1].deadShare == 1.0 / 3)
    #expect(rows[2].saturatedShare == 2.0 / 6)
    #expect(rows[1].mean == 21.0 / 6)
    #expect(net.layers.allSatisfy { $0.notes.hooks.isEmpty })
  }

  @Test("A NaN stops the step before the update and names where it came from; nothing has changed")
  func notFinite() throws {
    for part in ["G", "D"] {
      let gan = try tinyGAN()
      try gan.run(3)
      let net = try #require(gan.net(part))
      let parameter = net.namedParameters[2].parameter
      let sound = parameter.value.detached()
      var broken = sound.scalars()
      broken[5] = .nan
      try parameter.set(Tensor(broken, shape: sound.shape))
      let history = gan.state.history
      #expect {
        try gan.takeStep()
      } throws: { error in
        guard case TrainerError.notFinite(let finding) = error else { return false }
        return finding.origin == .weights("\(part).\(net.namedParameters[2].name)") && finding.step == 4
          && finding.tensor == "errD" && finding.kind == "NaN"
      }
      #expect(gan.state.history.steps == history.steps)
      #expect(gan.state.history.notes.map(\.text) == ["weights changed by hand"])
      #expect(gan.state.loader?.position.taken == 24)
      try parameter.set(sound)
      #expect(try gan.takeStep().values == tinyGAN().run(4).last?.values)
    }
  }

  @Test("An infinite gradient stops before the update even when the loss is finite")
  func infiniteGradient() throws {
    let vae = try tinyVAE()
    try vae.run(2)
    let before = vae.weightsFingerprint
    _ = vae.decoder.notes.addHook { output in
      output.observingGradient { (gradient) throws(TensorError) in try gradient * Double.infinity }
    }
    #expect {
      try vae.takeStep()
    } throws: { error in
      guard case TrainerError.notFinite(let finding) = error else { return false }
      return finding.tensor.hasPrefix("gradient of") && finding.origin == .backward(loss: "loss", operation: "observe")
    }
    #expect(vae.weightsFingerprint == before)
    #expect(vae.state.step == 2)
  }

  @Test("A step that fails after D was updated is repaired to the bit")
  func repaired() throws {
    let (gan, twin) = (try tinyGAN(), try tinyGAN())
    try gan.run(5)
    try twin.run(5)
    // Only errG's gradient flows back through G, and that is after D's update.
    var isArmed = true
    let id = gan.generator.notes.addHook { output in
      output.observingGradient { (gradient) throws(TensorError) in
        guard isArmed else { return nil }
        isArmed = false
        throw TensorError.interrupted
      }
    }
    #expect {
      try gan.takeStep()
    } throws: { error in
      (error as? TrainerError)?.isInterruption ?? false
    }
    #expect(!isArmed)
    gan.generator.notes.removeHook(id)
    #expect(gan.weightsFingerprint == twin.weightsFingerprint)
    #expect(try gan.run(3) == twin.run(3))
  }

  @Test("The bound on data: both terms, each unit, the same every time; importance sampling lies below it")
  func bound() throws {
    let vae = try tinyVAE { $0.reconstruction = .crossEntropy }
    try vae.run(30)
    let data = try tinyDigits(25).unscaled
    let report = try vae.evaluate(data, batch: 10)
    #expect(try vae.evaluate(data, batch: 10) == report)
    #expect(abs(report.unitDivergences.reduce(0, +) - report.divergence) < 1e-9)
    #expect(report.unitDivergences.count == 3)
    let one = try vae.importanceBound(data, samples: 1).nats
    let many = try vae.importanceBound(data, samples: 50).nats
    #expect(abs(one - report.total) < 0.05 * report.total)
    #expect(many < one)
    #expect(throws: TrainerError.self) { try tinyVAE().importanceBound(data) }
  }

  @Test("A classifier's report counts what it gets right")
  func classifier() throws {
    let classifier = try tinyClassifier()
    let start = try classifier.evaluate(tinyDigits())
    try classifier.run(250)
    let report = try classifier.evaluate(tinyDigits(), batch: 7)
    #expect(report.confusion.flatMap { $0 }.reduce(0, +) == 60)
    #expect(report.accuracy > 0.9 && report.accuracy > start.accuracy, "\(report.accuracy) after \(start.accuracy)")
    #expect(report.loss < start.loss)
    #expect(throws: TrainerError.self) { try classifier.evaluate(tinyDigits().withoutLabels) }
  }
}
