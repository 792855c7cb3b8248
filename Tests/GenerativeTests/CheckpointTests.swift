// SPDX-License-Identifier: Apache-2.0
import Datasets
import FoundationEssentials
import Layers
import TensorFiles
import Tensors
import Testing

@testable import Generative

@Suite struct CheckpointTests {
  private func path() -> String {
    FileManager.default.temporaryDirectory.path + "easel-\(UInt64.random(in: 0 ... .max)).safetensors"
  }

  @Test("Saved, loaded and gone on with: the same bits as never stopping", arguments: 0..<7)
  func roundTrip(kind: Int) throws {
    let (one, two) = (try everyTrainer()[kind], try everyTrainer()[kind])
    let file = path()
    defer { try? FileManager.default.removeItem(atPath: file) }
    try one.run(11)
    try two.run(5)
    two.state.name = "mine"
    try two.save(to: file, remarks: ["recipe": "seed 3"])
    let checkpoint = try Checkpoint(contentsOf: file)
    #expect(checkpoint.step == 5 && checkpoint.kind == two.typeName && checkpoint.remarks == ["recipe": "seed 3"])
    let data = try #require(two.state.loader?.data)
    let back = try checkpoint.trainer(on: data)
    #expect(back.state.history == two.state.history)
    #expect(back.state.name == "mine")
    #expect(back.settings == two.settings)
    try back.run(6)
    #expect(back.weightsFingerprint == one.weightsFingerprint)
    #expect(back.state.history == one.state.history)
    try back.goTo(step: 7)
    try back.goTo(step: 11)
    #expect(back.weightsFingerprint == one.weightsFingerprint)
    #expect {
      try back.goTo(step: 4)
    } throws: { error in
      if case TrainerError.beforeFirst(step: 4, first: 5) = error { true } else { false }
    }
  }

  @Test("What is done to each image is kept: the same bits go on")
  func augmentation() throws {
    let file = path()
    defer { try? FileManager.default.removeItem(atPath: file) }
    let changes = try Augmentation(
      [
        .rotate(degrees: 10.1), .shift(pixels: 2), .scale(lower: 0.9, upper: 1.1), .shear(degrees: 4),
        .flip(probability: 0.5), .erase(side: 4), .noise(deviation: 0.1), .contrast(amount: 0.3), .blur(deviation: 1),
        .elastic(alpha: 34, sigma: 4),
      ], mixing: .cutMix(alpha: 0.2))
    #expect(try Augmentation(code: changes.code) == changes)
    #expect(throws: DatasetError.self) { try Augmentation(code: "twist:3") }
    let classifier = try tinyClassifier { $0.augmentation = changes }
    try classifier.run(3)
    try classifier.save(to: file)
    let back = try Checkpoint(contentsOf: file).trainer(on: try #require(classifier.state.loader?.data))
    #expect(back.state.loader?.augmentation == changes)
    #expect(try back.run(3) == classifier.run(3))
  }

  @Test("A batch of another size from the middle on: noted, gone back to and saved to the bit")
  func batch() throws {
    let file = path()
    defer { try? FileManager.default.removeItem(atPath: file) }
    let vae = try tinyVAE()
    try vae.run(3)
    try vae.set("batch", to: .count(5))
    try vae.run(4)
    #expect(vae.state.lastReport?.examples == 5)
    #expect(vae.state.history.notes.contains { $0.text == "batch 8 → 5" && $0.step == 3 })
    let weights = vae.weightsFingerprint
    #expect(try vae.fork().state.loader?.batchSize == 5)
    try vae.goTo(step: 2)
    #expect(vae.state.loader?.batchSize == 8)
    try vae.goTo(step: 7)
    #expect(vae.weightsFingerprint == weights && vae.state.loader?.batchSize == 5)
    try vae.save(to: file)
    let back = try Checkpoint(contentsOf: file).trainer(on: try #require(vae.state.loader?.data))
    let other = try tinyVAE()
    try Checkpoint(contentsOf: file).load(into: other)
    #expect(other.state.loader?.batchSize == 5)
    let next = try vae.run(2)
    #expect(try back.run(2) == next && other.run(2) == next)
    #expect(throws: TrainerError.self) { try vae.set("batch", to: .count(0)) }
  }

  @Test("A falling rate moves with the steps, is noted once, gone back to and saved to the bit; by hand it ends")
  func fallingRate() throws {
    let file = path()
    defer { try? FileManager.default.removeItem(atPath: file) }
    let one = try tinyClassifier()
    try one.run(2)
    try one.letRateFall(of: "opt", steps: 10)
    try one.run(5)
    #expect(abs(one.optimizer.learningRate - 0.0005) < 1e-12)
    #expect(one.state.history.notes.count == 1)
    try one.save(to: file)
    let back = try Checkpoint(contentsOf: file).trainer(on: try #require(one.state.loader?.data))
    #expect(back.settings == one.settings)
    #expect(try back.run(3) == one.run(3))
    let (weights, rate) = (one.weightsFingerprint, one.optimizer.learningRate)
    try one.goTo(step: 1)
    #expect(one.optimizer.learningRate == 0.001)
    try one.goTo(step: 10)
    #expect(one.weightsFingerprint == weights && one.optimizer.learningRate == rate)
    try one.undo()
    try one.set("lr", to: .number(0.01))
    try one.run(2)
    #expect(one.optimizer.learningRate == 0.01)
    #expect(throws: TrainerError.self) { try one.letRateFall(of: "opt", steps: 0) }
  }

  @Test("The data are found again by name, cut and scale")
  func data() throws {
    let file = path()
    defer { try? FileManager.default.removeItem(atPath: file) }
    let vae = try tinyVAE()
    try vae.run(2)
    try vae.save(to: file)
    let checkpoint = try Checkpoint(contentsOf: file)
    let data = try checkpoint.data(from: DatasetCatalog())
    #expect(data.count == 60)
    #expect(data.valueRange == .symmetric)
    #expect(throws: CheckpointError.self) { try checkpoint.trainer(on: tinyDigits(40)) }
  }

  @Test("Changed settings, frozen parts and other rates are kept")
  func settings() throws {
    let file = path()
    defer { try? FileManager.default.removeItem(atPath: file) }
    let gan = try tinyGAN {
      $0.conditioning = .projection
      $0.usesSpectralNorm = true
      $0.augmentation = [.translation(pixels: 2), .brightness(0.2)]
      $0.averageDecay = 0.9
    }
    try gan.set("loss", to: .text("hinge"))
    try gan.set("opt_D.lr", to: .number(0.004))
    try gan.set("k", to: .count(2))
    gan.generator.namedParameters[1].parameter.isFrozen = true
    try gan.run(3)
    try gan.save(to: file)
    let back = try Checkpoint(contentsOf: file).trainer(on: tinyDigits())
    #expect(back.settings == gan.settings)
    #expect(try back.run(3) == gan.run(3))
    #expect(back.weightsFingerprint == gan.weightsFingerprint)
  }

  @Test("A net of every kind of layer comes back from its description")
  func descriptions() throws {
    let random = RandomStream(seed: 1)
    let net = Sequential(
      try Conv2d(1, 4, kernelSize: 3, stride: 1, padding: 1, bias: false, random: random), try BatchNorm(4),
      ActivationLayer(.leakyReLU(slope: 0.1)), try Pool(.average, kernelSize: 2), try Upsample(2),
      try ConvTranspose2d(4, 2, kernelSize: 4, stride: 2, padding: 1, random: random), Flatten(),
      try Linear(32, 6, bias: false, random: random), try LayerNorm(6), try Dropout(0.3), ActivationLayer(.softplus),
      try Reshape([2, 3]), Flatten(), try SpectralNorm(Linear(6, 4, random: random), random: random),
      Heads([("a", ActivationLayer(.silu)), ("b", try Linear(4, 1, random: random))]))
    let description = try #require(NetDescription(net))
    let text = try JSONEncoder().encode(description)
    let back = try JSONDecoder().decode(NetDescription.self, from: text).makeNet(random: random)
    try back.load(net.stateDictionary)
    let x = try random.normal([2, 1, 2, 2])
    let context = ForwardContext(isTraining: false, random: random, recordsGradients: false)
    let (one, two) = (try net.output(of: [x], in: context), try back.output(of: [x], in: context))
    #expect(one["a"]?.scalars() == two["a"]?.scalars() && one["b"]?.scalars() == two["b"]?.scalars())
    let foreign = FunctionLayer("x -> x") { _, inputs, _ in .tensor(inputs[0]) }
    #expect(NetDescription(Sequential(foreign)) == nil)
  }

  @Test("A loop of one's own comes back into a trainer with the same parts")
  func ownLoop() throws {
    let file = path()
    defer { try? FileManager.default.removeItem(atPath: file) }
    func loop() throws -> CustomTrainer {
      let net = try Linear(2, 1, random: RandomStream(seed: 4))
      let optimizer = try Adam(net.allParameters, learningRate: 0.1)
      return CustomTrainer(nets: [("net", net)], optimizers: [("opt", optimizer)]) { _ in
        optimizer.zeroGradients()
        let context = ForwardContext(isTraining: true, random: RandomStream(seed: 0))
        let loss = try meanSquaredError(net(.ones([4, 2]), in: context), .zeros([4, 1]))
        try backward(loss)
        try optimizer.step()
        return [NamedValue("loss", try loss.item())]
      }
    }
    let (one, two) = (try loop(), try loop())
    try one.run(5)
    try one.save(to: file)
    try Checkpoint(contentsOf: file).load(into: two)
    #expect(two.state.step == 5)
    try one.run(3)
    try two.run(3)
    #expect(two.weightsFingerprint == one.weightsFingerprint)
  }

  @Test("Broken, foreign and newer files are named as such; nothing traps")
  func faults() throws {
    let file = path()
    defer { try? FileManager.default.removeItem(atPath: file) }
    #expect(throws: CheckpointError.self) { try Checkpoint(contentsOf: file) }
    try SafetensorsFile(tensors: [("x", Tensor.zeros([1]))]).write(to: file)
    #expect {
      try Checkpoint(contentsOf: file)
    } throws: { error in
      if case CheckpointError.notACheckpoint = error { true } else { false }
    }
    let gan = try tinyGAN()
    try gan.run(1)
    try gan.save(to: file)
    var saved = try SafetensorsFile(contentsOf: file)
    let whole = saved
    saved.metadata["version"] = "99"
    try saved.write(to: file)
    #expect {
      try Checkpoint(contentsOf: file)
    } throws: { error in
      "\(error)".contains("saved in form 99")
    }
    saved = whole
    saved.metadata["training"] = "{"
    try saved.write(to: file)
    #expect(throws: CheckpointError.self) { try Checkpoint(contentsOf: file) }
    for missing in ["G.0.weight", "opt_D.state.0.exp_avg", "history.step"] {
      saved = whole
      saved.tensors.removeAll { $0.name == missing }
      try saved.write(to: file)
      #expect(throws: CheckpointError.self) { try Checkpoint(contentsOf: file).trainer(on: tinyDigits()) }
    }
    // Figures that no training has, and states that lack a part.
    let text = try #require(whole.metadata["training"])
    for (found, damaged) in [
      ("\"epoch\":0", "\"epoch\":1000000000000000000"), ("\"taken\":8", "\"taken\":-1"), ("\"step\":1", "\"step\":-4"),
      ("\"kind\":\"GAN\"", "\"kind\":\"VAE\""), ("\"streams\":[", "\"streams\":[],\"others\":["),
      ("\"nets\":[", "\"nets\":[],\"others\":["),
      ("\"settings\":[{\"name\":\"lr\"", "\"settings\":[{\"name\":\"rate\""),
    ] {
      saved = whole
      saved.metadata["training"] = text.replacing(found, with: damaged)
      #expect(saved.metadata["training"] != text, "\(found) is not in \(text)")
      try saved.write(to: file)
      #expect(throws: CheckpointError.self, "\(damaged)") { try Checkpoint(contentsOf: file).load(into: tinyGAN()) }
    }
    // The same images in another scale are other data.
    try whole.write(to: file)
    #expect(throws: CheckpointError.self) {
      try Checkpoint(contentsOf: file).trainer(on: tinyDigits().normalized(mean: 0.1, deviation: 0.3))
    }
    // A failed load leaves the trainer as it was.
    saved = whole
    saved.tensors.removeAll { $0.name == "history.step" }
    try saved.write(to: file)
    let before = gan.weightsFingerprint
    #expect(throws: CheckpointError.self) { try Checkpoint(contentsOf: file).load(into: gan) }
    #expect(gan.weightsFingerprint == before && gan.state.step == 1)
  }
}
