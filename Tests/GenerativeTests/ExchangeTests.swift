// SPDX-License-Identifier: Apache-2.0
import Datasets
import FoundationEssentials
import Layers
import Tensors
import Testing

@testable import Generative

/// Nets, layers and optimizers exchanged between two steps.
@Suite struct ExchangeTests {
  private let random = RandomStream(seed: 77)

  private func path() -> String {
    FileManager.default.temporaryDirectory.path + "easel-\(UInt64.random(in: 0 ... .max)).safetensors"
  }

  /// A layer like the first linear one in a net, and where it is.
  private func replacement(in net: any Layer) throws -> (container: Sequential, index: Int, layer: any Layer) {
    let sequence = try #require(net as? Sequential)
    let index = try #require(sequence.layers.firstIndex { $0 is Linear || $0 is Conv2d })
    let copy = try copiedNet(sequence.layers[index])
    for parameter in copy.allParameters { try parameter.set(parameter.value.detached() * 0.5) }
    return (sequence, index, copy)
  }

  private func put(_ layer: any Layer, in container: Sequential, at index: Int, of trainer: any Trainer) throws {
    var layers = container.layers
    layers[index] = layer
    try exchange(layers, in: container, of: [trainer])
  }

  @Test("A layer exchanged between steps: the way back, forward, and saved goes on to the bit", arguments: 0..<7)
  func layer(kind: Int) throws {
    let trainer = try everyTrainer()[kind]
    try trainer.run(3)
    let before = trainer.weightsFingerprint
    let (container, index, layer) = try replacement(in: trainer.nets[0].net)
    let old = container.layers[index]
    try put(layer, in: container, at: index, of: trainer)
    #expect(
      trainer.state.history.notes.map(\.text) == ["\(trainer.nets[0].name).\(index) \(old.summary) → \(layer.summary)"])
    let exchanged = trainer.weightsFingerprint
    #expect(exchanged != before)
    let reports = try trainer.run(4)
    let end = trainer.weightsFingerprint
    try trainer.goTo(step: 3)
    #expect(container.layers[index] === old)
    #expect(trainer.weightsFingerprint == before)
    try trainer.goTo(step: 7)
    #expect(container.layers[index] === layer)
    #expect(trainer.weightsFingerprint == end)
    try trainer.goTo(step: 5)
    #expect(try trainer.run(2) == Array(reports[2...]))
    #expect(trainer.weightsFingerprint == end)
    try trainer.reset()
    #expect(container.layers[index] === old)
    try trainer.goTo(step: 7)
    #expect(trainer.weightsFingerprint == end)
  }

  @Test("Without memory for snapshots, an exchange is done again on the way: the same bits", arguments: 0..<7)
  func replayed(kind: Int) throws {
    let trainer = try everyTrainer()[kind]
    trainer.state.timeline.byteLimit = 0
    try trainer.run(2)
    let (container, index, layer) = try replacement(in: trainer.nets[0].net)
    layer.allParameters[0].isFrozen = true
    try put(layer, in: container, at: index, of: trainer)
    try trainer.run(2)
    let (slot, _) = trainer.optimizers[0]
    let parameters = (trainer.netsTrained(by: slot) ?? []).compactMap { trainer.net($0) }.flatMap { $0.allParameters }
    try trainer.exchangeOptimizer(slot, for: RMSprop(parameters, learningRate: 1e-4))
    try trainer.run(2)
    try trainer.exchangeNet(trainer.nets[0].name, for: copiedNet(trainer.nets[0].net))
    try trainer.run(2)
    let (end, history, settings) = (trainer.weightsFingerprint, trainer.state.history, trainer.settings)
    let averages = trainer.averages.map { $0.average.averages.map { $0.scalars() } }
    #expect(trainer.state.timeline.whole.allSatisfy { $0.step == 0 || $0.step == 8 })
    let copy = try trainer.fork()
    try trainer.goTo(step: 1)
    try trainer.goTo(step: 5)
    try trainer.goTo(step: 8)
    try copy.goTo(step: 7)
    try copy.goTo(step: 8)
    for one in [trainer, copy] {
      #expect(one.weightsFingerprint == end)
      #expect(one.state.history == history && one.settings == settings)
      #expect(one.averages.map { $0.average.averages.map { $0.scalars() } } == averages)
    }
    #expect(try copy.run(2) == trainer.run(2))
  }

  @Test("Undo takes an exchange back by itself, with what the optimizer remembered", arguments: 0..<7)
  func undo(kind: Int) throws {
    let (one, two) = (try everyTrainer()[kind], try everyTrainer()[kind])
    let reports = try one.run(6)
    try two.run(3)
    let (container, index, layer) = try replacement(in: two.nets[0].net)
    try put(layer, in: container, at: index, of: two)
    try two.undo()
    #expect(two.state.step == 3 && two.state.history.notes.isEmpty)
    #expect(try two.run(3) == Array(reports[3...]))
    #expect(one.weightsFingerprint == two.weightsFingerprint)
  }

  @Test("A fork has layers of its own in every configuration", arguments: 0..<7)
  func fork(kind: Int) throws {
    let trainer = try everyTrainer()[kind]
    try trainer.run(3)
    let three = trainer.weightsFingerprint
    let (container, index, layer) = try replacement(in: trainer.nets[0].net)
    try put(layer, in: container, at: index, of: trainer)
    try trainer.run(2)
    let five = trainer.weightsFingerprint
    let copy = try trainer.fork()
    #expect(copy.weightsFingerprint == five)
    let mine = Set(trainer.nets.flatMap { $0.net.allParameters }.map { ObjectIdentifier($0) })
    #expect(copy.nets.flatMap { $0.net.allParameters }.allSatisfy { !mine.contains(ObjectIdentifier($0)) })
    try copy.goTo(step: 3)
    #expect(copy.weightsFingerprint == three)
    #expect(trainer.weightsFingerprint == five)
    try copy.goTo(step: 5)
    #expect(try copy.run(3) == trainer.run(3))
    #expect(copy.weightsFingerprint == trainer.weightsFingerprint)
  }

  @Test("An exchanged net and optimizer are saved and loaded: the same bits go on", arguments: 0..<7)
  func saved(kind: Int) throws {
    let trainer = try everyTrainer()[kind]
    let file = path()
    defer { try? FileManager.default.removeItem(atPath: file) }
    try trainer.run(2)
    let name = trainer.nets[0].name
    try trainer.exchangeNet(name, for: copiedNet(trainer.nets[0].net))
    let (slot, _) = trainer.optimizers[0]
    let parameters = (trainer.netsTrained(by: slot) ?? []).compactMap { trainer.net($0) }.flatMap { $0.allParameters }
    try trainer.exchangeOptimizer(slot, for: SGD(parameters, learningRate: 1e-3, momentum: 0.9, nesterov: true))
    #expect(trainer.state.history.notes.contains { $0.text == "\(slot) Adam → SGD" })
    try trainer.run(2)
    try trainer.save(to: file)
    let back = try Checkpoint(contentsOf: file).trainer(on: try #require(trainer.state.loader?.data))
    #expect(back.optimizers[0].optimizer.typeName == "SGD")
    #expect(back.settings == trainer.settings)
    #expect(back.weightsFingerprint == trainer.weightsFingerprint)
    let other = try everyTrainer()[kind]
    try other.run(1)
    try Checkpoint(contentsOf: file).load(into: other)
    let reports = try trainer.run(3)
    #expect(try back.run(3) == reports)
    #expect(try other.run(3) == reports)
    #expect(back.weightsFingerprint == trainer.weightsFingerprint)
    try trainer.goTo(step: 1)
    #expect(trainer.optimizers[0].optimizer.typeName == "Adam")
    try trainer.goTo(step: 7)
    #expect(back.weightsFingerprint == trainer.weightsFingerprint)
  }

  @Test("What does not fit is refused and leaves everything as it was", arguments: 0..<7)
  func refused(kind: Int) throws {
    let (one, two) = (try everyTrainer()[kind], try everyTrainer()[kind])
    let reports = try one.run(6)
    try two.run(3)
    let undos = two.undoCount
    let name = two.nets[0].name
    #expect(throws: TrainerError.self) { try two.exchangeNet(name, for: Linear(3, 4, random: random)) }
    #expect(throws: TrainerError.self) { try two.exchangeNet("Q", for: Flatten()) }
    let (container, index, _) = try replacement(in: two.nets[0].net)
    #expect(throws: TrainerError.self) {
      try put(Linear(3, 4, random: random), in: container, at: index, of: two)
    }
    let slot = two.optimizers[0].name
    #expect {
      try two.exchangeOptimizer(slot, for: SGD([Parameter("w", .zeros([2]))], learningRate: 0.1))
    } throws: { error in
      if case TrainerError.otherParameters(optimizer: slot, nets: _) = error { true } else { false }
    }
    #expect(two.undoCount == undos && two.state.history.notes.isEmpty)
    #expect(try two.run(3) == Array(reports[3...]))
    #expect(one.weightsFingerprint == two.weightsFingerprint)
  }

  @Test("What an optimizer remembers of layers that stay is kept; averages too")
  func memory() throws {
    let gan = try tinyGAN { $0.averageDecay = 0.9 }
    try gan.run(4)
    let (container, index, layer) = try replacement(in: gan.generator)
    let average = try #require(gan.average)
    let kept = average.averages.map { $0.scalars() }
    let moments = gan.generatorOptimizer.state.tensors
    try put(layer, in: container, at: index, of: gan)
    let after = gan.generatorOptimizer.state.tensors
    #expect(after.count == moments.count - 6)
    #expect(
      after.first { $0.name == "state.2.exp_avg" }?.tensor.scalars()
        == moments.first { $0.name == "state.2.exp_avg" }?.tensor.scalars())
    #expect(average.averages[0].scalars() == layer.allParameters[0].value.scalars())
    #expect(average.averages[2].scalars() == kept[2])
    try gan.run(1)
    let steps = Dictionary(gan.generatorOptimizer.state.tensors.map { ($0.name, $0.tensor.scalars()) }) { $1 }
    #expect(steps["state.0.step"] == [1] && steps["state.2.step"] == [5])
  }

  @Test("A layer exchanged past the trainer is noticed at its next step")
  func noticed() throws {
    let vae = try tinyVAE()
    try vae.run(3)
    let (container, index, layer) = try replacement(in: vae.decoder)
    var layers = container.layers
    layers[index] = layer
    container.exchange(layers)
    try vae.run(2)
    #expect(vae.state.history.notes.map(\.step) == [3])
    #expect(areSame(vae.optimizer.parameters, vae.encoder.allParameters + vae.decoder.allParameters))
    let end = vae.weightsFingerprint
    try vae.goTo(step: 1)
    try vae.goTo(step: 5)
    #expect(vae.weightsFingerprint == end)
    layers[index] = try Linear(5, 7, random: random)
    container.exchange(layers)
    #expect(throws: TrainerError.self) { try vae.run(1) }
    #expect(vae.state.step == 5)
  }

  @Test("A GAN with labels, projections and spectral norms exchanges what fits its frame")
  func framed() throws {
    let gan = try tinyGAN {
      $0.conditioning = .projection
      $0.usesSpectralNorm = true
    }
    try gan.run(2)
    let judge = try #require(gan.discriminator as? ProjectionDiscriminator)
    try exchange([judge.features, Linear(128, 1, random: random), judge.embedding], in: judge, of: [gan])
    #expect(gan.state.history.notes.map(\.text) == ["D.head SpectralNorm(Linear(128 → 1)) → Linear(128 → 1)"])
    try gan.run(2)
    let end = gan.weightsFingerprint
    let copy = try gan.fork()
    try copy.goTo(step: 1)
    try copy.goTo(step: 4)
    #expect(copy.weightsFingerprint == end)
    try gan.undo(2)
    #expect(judge.head is SpectralNorm)
    #expect(throws: TrainerError.self) {
      try gan.exchangeNet("G", for: Sequential(Linear(6, 784, random: random), Reshape([1, 28, 28])))
    }
  }

  /// A loop of one's own around a net whose layer it exchanges itself in a step, if asked to.
  private func ownLoop(exchangingAt place: Int? = nil) throws -> (trainer: CustomTrainer, net: Sequential) {
    let net = Sequential(
      Flatten(), try Linear(784, 8, random: RandomStream(seed: 5)), try Linear(8, 10, random: RandomStream(seed: 6)))
    let optimizer = try Adam(net.allParameters, learningRate: 1e-2)
    optimizer.sources = [.net(net)]
    let loader = try Loader(tinyDigits(), batch: 8, random: RandomStream(seed: 1))
    var steps = 0
    let stream = RandomStream(seed: 9)
    let trainer = CustomTrainer(nets: [("net", net)], optimizers: [("opt", optimizer)], loader: loader) { batch in
      steps += 1
      if steps == place { net.exchange([net.layers[0], try Linear(784, 8, random: stream), net.layers[2]]) }
      optimizer.followSources()
      optimizer.zeroGradients()
      guard let batch, let labels = batch.y else { return [] }
      let context = ForwardContext(isTraining: true, random: RandomStream(seed: 0))
      let loss = try crossEntropy(net(batch.x, in: context), labels)
      try backward(loss, label: "loss")
      try optimizer.step()
      return [NamedValue("loss", try loss.item())]
    }
    return (trainer, net)
  }

  @Test("In a loop of one's own, layers are exchanged in place; whole parts are not")
  func ownLoops() throws {
    let (trainer, net) = try ownLoop()
    try trainer.run(3)
    try exchange([net.layers[0], Linear(784, 8, random: random), net.layers[2]], in: net, of: [trainer])
    try trainer.run(3)
    let end = trainer.weightsFingerprint
    try trainer.goTo(step: 2)
    try trainer.goTo(step: 6)
    #expect(trainer.weightsFingerprint == end)
    #expect(areSame(trainer.optimizers[0].optimizer.parameters, net.allParameters))
    #expect {
      try trainer.exchangeNet("net", for: Flatten())
    } throws: { error in
      if case TrainerError.fixedPart(name: "net") = error { true } else { false }
    }
  }

  @Test("A step that exchanges a layer itself is gone back to and past as it was")
  func withinStep() throws {
    let (trainer, net) = try ownLoop(exchangingAt: 4)
    let reports = try trainer.run(8)
    let (grown, end) = (net.layers[1], trainer.weightsFingerprint)
    try trainer.goTo(step: 3)
    #expect(net.layers[1] !== grown)
    try trainer.goTo(step: 4)
    #expect(net.layers[1] === grown)
    #expect(try trainer.run(4) == Array(reports[4...]))
    #expect(trainer.weightsFingerprint == end)
  }

  @Test("Weights set by hand right after going back, forking or loading are noticed")
  func edits() throws {
    let gan = try tinyGAN()
    try gan.run(5)
    try gan.goTo(step: 3)
    let parameter = gan.generator.namedParameters[0].parameter
    try parameter.set(.zeros(parameter.value.shape))
    try gan.run(3)
    let end = gan.weightsFingerprint
    #expect(gan.state.history.notes.map(\.text) == ["weights changed by hand"])
    try gan.goTo(step: 1)
    try gan.goTo(step: 6)
    #expect(gan.weightsFingerprint == end)
  }

  @Test("Going to the furthest step keeps what was set there by hand; to an earlier one it is as it was")
  func furthest() throws {
    let gan = try tinyGAN()
    try gan.run(5)
    try gan.set("lr", to: .number(1e-3))
    try gan.goTo(step: 5)
    #expect(gan.generatorOptimizer.learningRate == 1e-3)
    try gan.run(2)
    try gan.goTo(step: 5)
    #expect(gan.generatorOptimizer.learningRate == 2e-4)
    try gan.goTo(step: 7)
    #expect(gan.generatorOptimizer.learningRate == 1e-3)
  }

  @Test("What is left of a paused command is carried over by forking, saving and loading")
  func unfinished() throws {
    let vae = try tinyVAE()
    let file = path()
    defer { try? FileManager.default.removeItem(atPath: file) }
    for amount in [TrainingAmount.steps(10), .epochs(2), .seconds(1e6), .unlimited] {
      let run = try TrainingRun(vae, amount, only: "D")
      for _ in 0..<3 { _ = try run.next() }
      run.pause()
      let left = try #require(vae.state.unfinished)
      #expect(try vae.fork().state.unfinished == left)
      try vae.save(to: file)
      let back = try Checkpoint(contentsOf: file).trainer(on: try #require(vae.state.loader?.data))
      #expect(back.state.unfinished == left)
    }
  }
}
