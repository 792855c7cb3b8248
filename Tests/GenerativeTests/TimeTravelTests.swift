// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers
import Tensors
import Testing

@testable import Generative

@Suite struct TimeTravelTests {
  @Test("The same seed gives the same losses and weights, bit for bit", arguments: 0..<7)
  func sameSeed(kind: Int) throws {
    let (one, two) = (try everyTrainer()[kind], try everyTrainer()[kind])
    #expect(try one.run(12) == two.run(12))
    #expect(one.weightsFingerprint == two.weightsFingerprint)
  }

  @Test("Looking at everything between steps changes nothing", arguments: 0..<7)
  func looking(kind: Int) throws {
    let (quiet, watched) = (try everyTrainer()[kind], try everyTrainer()[kind])
    for _ in 0..<8 {
      #expect(try quiet.takeStep() == lookedAt(watched).takeStep())
    }
    #expect(quiet.weightsFingerprint == watched.weightsFingerprint)
  }

  private func lookedAt(_ trainer: any Trainer) throws -> any Trainer {
    if let sampler = trainer as? any Sampler {
      _ = try sampler.samples(5)
      _ = try sampler.samples(5, fresh: true)
    }
    if let vae = trainer as? VAETrainer {
      let x = try vae.state.loader?.data.batch([0, 1]).x
      if let x {
        _ = try vae.reconstruct(x)
        _ = try vae.around(x, spread: 2, from: vae.state.streams.display)
      }
    }
    _ = trainer.weightsFingerprint
    try trainer.snapshot("look")
    return trainer
  }

  @Test("Samples use the same noise every time, fresh ones do not")
  func fixedNoise() throws {
    let gan = try tinyGAN()
    #expect(try gan.samples(4).scalars() == gan.samples(4).scalars())
    #expect(try gan.samples(4, fresh: true).scalars() != gan.samples(4, fresh: true).scalars())
  }

  @Test("Going back and stepping again repeats losses and weights exactly", arguments: 0..<7)
  func goTo(kind: Int) throws {
    let trainer = try everyTrainer()[kind]
    let reports = try trainer.run(20)
    let end = trainer.weightsFingerprint
    try trainer.goTo(step: 7)
    #expect(trainer.state.step == 7)
    #expect(trainer.state.history.count == 7)
    #expect(try trainer.run(13) == Array(reports[7...]))
    #expect(trainer.weightsFingerprint == end)
    try trainer.goTo(step: 15)
    try trainer.goTo(step: 20)
    #expect(trainer.weightsFingerprint == end)
    #expect(throws: TrainerError.self) { try trainer.goTo(step: 21) }
    #expect(throws: TrainerError.self) { try trainer.goTo(step: -1) }
  }

  @Test("After going back, later steps stay reachable until another way is taken")
  func future() throws {
    let gan = try tinyGAN()
    try gan.run(10)
    try gan.goTo(step: 4)
    #expect(gan.furthestStep == 10)
    try gan.goTo(step: 10)
    try gan.goTo(step: 4)
    try gan.set("k", to: .count(2))
    try gan.run(1)
    #expect(gan.furthestStep == 5)
    #expect(throws: TrainerError.self) { try gan.goTo(step: 10) }
  }

  @Test("Undo takes back whole commands, the latest first")
  func undo() throws {
    let gan = try tinyGAN()
    let start = gan.weightsFingerprint
    try gan.run(3)
    let three = gan.weightsFingerprint
    try gan.run(4)
    try gan.undo()
    #expect(gan.state.step == 3)
    #expect(gan.weightsFingerprint == three)
    try gan.undo()
    #expect(gan.state.step == 0)
    #expect(gan.weightsFingerprint == start)
    #expect(throws: TrainerError.self) { try gan.undo() }
  }

  @Test("A named snapshot is gone back to from anywhere, also from another way")
  func restore() throws {
    let gan = try tinyGAN()
    try gan.run(5)
    try gan.snapshot("five")
    let five = gan.weightsFingerprint
    let after = try gan.run(5)
    try gan.goTo(step: 2)
    try gan.set("opt_G.lr", to: .number(0.01))
    try gan.run(9)
    try gan.restore("five")
    #expect(gan.weightsFingerprint == five)
    #expect(gan.generatorOptimizer.learningRate == 2e-4)
    #expect(try gan.run(5) == after)
    #expect(throws: TrainerError.self) { try gan.restore("six") }
  }

  @Test("Reset gives the same weights as at first and the same training again")
  func reset() throws {
    let vae = try tinyVAE()
    let start = vae.weightsFingerprint
    let reports = try vae.run(6)
    try vae.reset()
    #expect(vae.weightsFingerprint == start)
    #expect(vae.state.history.count == 0)
    #expect(try vae.run(6) == reports)
  }

  @Test("Settings changed between steps stand in the history and are replayed")
  func changes() throws {
    let gan = try tinyGAN()
    try gan.run(4)
    try gan.set("lr", to: .number(1e-3))
    try gan.set("loss", to: .text("ls"))
    gan.discriminatorOptimizer.learningRate = 5e-4
    try gan.run(4)
    gan.discriminator.namedParameters[0].parameter.isFrozen = true
    try gan.run(4)
    let end = gan.weightsFingerprint
    #expect(
      gan.state.history.notes.map(\.text) == [
        "loss \"nonsaturating\" → \"ls\"", "opt_G.lr 0.0002 → 0.001", "opt_D.lr 0.0002 → 0.0005",
        "D.frozen \"\" → \"1.weight\"",
      ])
    try gan.goTo(step: 2)
    #expect(gan.loss == .nonsaturating)
    #expect(!gan.discriminator.namedParameters[0].parameter.isFrozen)
    try gan.goTo(step: 12)
    #expect(gan.weightsFingerprint == end)
    #expect(gan.loss == .leastSquares)
  }

  @Test("Weights set by hand are noticed, kept, and gone back to")
  func edits() throws {
    let gan = try tinyGAN()
    try gan.run(3)
    let parameter = gan.generator.namedParameters[0].parameter
    try parameter.set(.zeros(parameter.value.shape))
    try gan.run(3)
    let end = gan.weightsFingerprint
    #expect(gan.state.history.notes.map(\.text) == ["weights changed by hand"])
    try gan.goTo(step: 1)
    try gan.goTo(step: 6)
    #expect(gan.weightsFingerprint == end)
  }

  @Test("Other data stand in the history and are replayed")
  func data() throws {
    let vae = try tinyVAE()
    try vae.run(3)
    try vae.replaceData(tinyDigits(20))
    try vae.run(3)
    let end = vae.weightsFingerprint
    try vae.goTo(step: 1)
    #expect(vae.state.loader?.data.count == 60)
    try vae.goTo(step: 6)
    #expect(vae.state.loader?.data.count == 20)
    #expect(vae.weightsFingerprint == end)
    #expect(throws: TrainerError.self) { try vae.replaceData(PointClouds.ring8()) }
  }

  @Test("Snapshots keep to their memory; those let go are reached by replay, to the bit")
  func memory() throws {
    let gan = try tinyGAN()
    gan.state.timeline.byteLimit = 12_000_000
    var prints: [UInt64] = []
    for index in 0..<6 {
      try gan.run(2)
      try gan.snapshot("\(index)")
      prints.append(gan.weightsFingerprint)
      #expect(gan.snapshotMemory.used <= gan.snapshotMemory.limit)
    }
    #expect(gan.snapshots.contains { !$0.isWhole })
    for index in [0, 5, 2] {
      try gan.restore("\(index)")
      #expect(gan.weightsFingerprint == prints[index])
    }
  }

  @Test("States kept without asking keep to a limit of their own; undo and going back reach them all the same")
  func unaskedMemory() throws {
    var timeline = Timeline()
    let gan = try tinyGAN()
    try gan.run(2)
    let one = gan.capture()
    let count = Timeline.unaskedLimit / max(one.byteCount, 1) + 3
    for _ in 0..<count { timeline.keepForUndo(one) }
    #expect(timeline.unaskedByteCount <= Timeline.unaskedLimit)
    #expect(timeline.undoRing.contains { !$0.isWhole })
    #expect(timeline.undoRing.last?.isWhole == true)
    for _ in 0..<count { timeline.keepLatest(one) }
    #expect(timeline.unaskedByteCount <= Timeline.unaskedLimit + one.byteCount)
    for index in 0..<100 { timeline.keepNamed(gan.capture(named: "s\(index)")) }
    #expect(timeline.byteCount <= timeline.byteLimit)
  }

  @Test("A replay that is given up leaves everything as it was")
  func givenUp() throws {
    let gan = try tinyGAN()
    try gan.run(9)
    let here = gan.weightsFingerprint
    gan.state.shouldStop = { true }
    #expect(throws: TrainerError.self) { try gan.goTo(step: 5) }
    #expect(gan.state.step == 9)
    #expect(gan.weightsFingerprint == here)
    gan.state.shouldStop = { false }
    #expect(try gan.takeStep().step == 10)
  }

  @Test("A paused command goes on to the same end")
  func pause() throws {
    let (one, two) = (try tinyGAN(), try tinyGAN())
    try one.run(10)
    let run = try TrainingRun(two, .steps(10))
    for _ in 0..<4 { _ = try run.next() }
    run.pause()
    #expect(two.state.unfinished == UnfinishedRun(amount: .steps(6), only: nil))
    try two.run(6)
    #expect(one.weightsFingerprint == two.weightsFingerprint)
  }

  @Test("An epoch is every example once; half of one is half of them")
  func epochs() throws {
    let vae = try tinyVAE()
    var seen = 0
    let run = try TrainingRun(vae, .epochs(1))
    while let report = try run.next() { seen += report.examples }
    #expect(seen == 60)
    #expect(run.taken == 8)
    let half = try TrainingRun(vae, .epochs(0.5))
    while try half.next() != nil {}
    #expect(half.examples == 32)
    #expect(throws: TrainerError.self) { try TrainingRun(vae, .epochs(-1)) }
    #expect(throws: TrainerError.self) { try TrainingRun(vae, .epochs(.nan)) }
    #expect(throws: TrainerError.self) { try TrainingRun(vae, .steps(-1)) }
  }
}
