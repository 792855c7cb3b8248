// SPDX-License-Identifier: Apache-2.0
import Datasets
import Glibc
import Layers
import Tensors
import Testing

@testable import Generative

@Suite struct VAELossTests {
  struct Variant: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout VAEOptions) -> Void
  }

  static let variants: [Variant] = [
    Variant(testDescription: "mse") { _ in },
    Variant(testDescription: "bce") { $0.reconstruction = .crossEntropy },
    Variant(testDescription: "gaussian, best deviation") { $0.reconstruction = .gaussian },
    Variant(testDescription: "gaussian, 0.5") {
      $0.reconstruction = .gaussian; $0.deviation = 0.5
    },
    Variant(testDescription: "beta 4, warm-up 10") {
      $0.beta = 4; $0.warmup = 10
    },
    Variant(testDescription: "free bits") { $0.freeBits = 0.5 },
    Variant(testDescription: "denoising") { $0.inputNoise = 0.3 },
    Variant(testDescription: "conditional") { $0.isConditional = true },
    Variant(testDescription: "convolutional") { $0.architecture = .convolutional },
    Variant(testDescription: "convolutional, conditional, bce") {
      $0.architecture = .convolutional
      $0.isConditional = true
      $0.reconstruction = .crossEntropy
    },
  ]

  @Test("Printed loss, reconstruction and divergence are those of the codes and logits", arguments: variants)
  func recomputed(variant: Variant) throws {
    let vae = try tinyVAE(variant.change)
    try vae.run(3)
    let twin = try #require(try vae.fork() as? VAETrainer)
    let report = try vae.takeStep()

    let batch = try #require(twin.state.loader).next()
    let labels = twin.isConditional ? [batch.y].compactMap { $0 } : []
    var seen = batch.x
    if twin.inputNoise > 0 { seen = try seen + twin.state.streams.noise.normal(seen.shape) * twin.inputNoise }
    let context = twin.lookingContext()
    let code = try twin.code(of: [seen] + labels, in: context)
    let z = try code.mean + exp(code.logVariance * 0.5) * twin.state.streams.noise.normal(code.mean.shape)
    let output = try twin.decoded([z] + labels, in: context).value.scalars().map(Double.init)
    let recon = reconstruction(vae, output, batch.x.scalars().map(Double.init)) / 8
    let units = divergences(try rows(code.mean), try rows(code.logVariance))
    let kl = units.reduce(0, +) / 8
    let counted = vae.freeBits > 0 ? units.map { max($0 / 8, vae.freeBits) }.reduce(0, +) : kl
    expectNear(report["recon"], recon)
    expectNear(report["kl"], kl)
    let beta = vae.warmup > 0 ? vae.beta * 3 / Double(vae.warmup) : vae.beta
    expectNear(report["loss"], recon + beta * counted)
  }

  @Test("The importance-weighted bound is that of its codes and logits, and below the mean of both terms")
  func importanceWeighted() throws {
    let codes = 4
    let vae = try tinyVAE {
      $0.reconstruction = .crossEntropy; $0.codes = codes; $0.beta = 0.7
    }
    try vae.run(3)
    let twin = try #require(try vae.fork() as? VAETrainer)
    let report = try vae.takeStep()
    let batch = try #require(twin.state.loader).next()
    let code = try twin.code(of: [batch.x], in: twin.lookingContext())
    let noise = try twin.state.streams.noise.normal([8, codes, 3]).scalars().map(Double.init)
    let (mean, spread) = (code.mean.scalars().map(Double.init), code.logVariance.scalars().map(Double.init))
    let pixels = batch.x.scalars().map(Double.init)
    var (bound, plain, recon) = (0.0, 0.0, 0.0)
    for image in 0..<8 {
      let weights = try (0..<codes).map { draw in
        var (z, ratio) = ([Float](), 0.0)
        for unit in 0..<3 {
          let epsilon = noise[(image * codes + draw) * 3 + unit]
          let value = mean[image * 3 + unit] + exp(spread[image * 3 + unit] / 2) * epsilon
          z.append(Float(value))
          ratio += (epsilon * epsilon + spread[image * 3 + unit] - value * value) / 2
        }
        let logits = try twin.decoded([Tensor(z, shape: [1, 3])], in: twin.lookingContext()).value.scalars()
        let error = reconstruction(vae, logits.map(Double.init), Array(pixels[image * 784..<(image + 1) * 784]))
        recon += error / Double(codes)
        return 0.7 * ratio - error
      }
      let top = try #require(weights.max())
      bound -= top + log(weights.reduce(0) { $0 + exp($1 - top) } / Double(codes))
      plain -= weights.reduce(0, +) / Double(codes)
    }
    expectNear(report["loss"], bound / 8)
    expectNear(report["recon"], recon / 8)
    #expect(bound < plain)
  }

  @Test("Several codes of a Gaussian reconstruction need its deviation")
  func refusesBestDeviation() throws {
    let vae = try tinyVAE {
      $0.reconstruction = .gaussian; $0.codes = 2
    }
    #expect(throws: TrainerError.self) { try vae.takeStep() }
    try vae.set("sigma", to: .number(0.5))
    try vae.run(2)
    #expect(throws: TrainerError.self) { try vae.set("k", to: .count(0)) }
  }

  @Test("Stepping one net alone leaves the other alone", arguments: ["E", "D"])
  func separately(part: String) throws {
    let vae = try tinyVAE()
    try vae.run(2)
    let other = try #require(vae.net(part == "E" ? "D" : "E"))
    let before = other.allParameters.map { $0.value.scalars() }
    try vae.takeStep(only: part)
    #expect(other.allParameters.map { $0.value.scalars() } == before)
    #expect(try #require(vae.net(part)).allParameters.allSatisfy { $0.provenance == ["loss"] })
    #expect(other.allParameters.allSatisfy { !$0.isFrozen })
  }

  @Test("Cross-entropy refuses values outside 0 … 1, before any step")
  func valueRange() throws {
    var options = VAEOptions()
    options.reconstruction = .crossEntropy
    #expect {
      try VAETrainer(tinyDigits(), options)
    } throws: { error in
      if case TrainerError.valueRange(_, .unit, _) = error { true } else { false }
    }
  }

  @Test("A code that is decoded and its images around come from the code's own distribution")
  func around() throws {
    let vae = try tinyVAE()
    try vae.run(2)
    let x = try #require(vae.state.loader).data.batch([0, 1, 2]).x
    #expect(try vae.around(x, spread: 0).scalars() == vae.reconstruct(x).scalars())
    #expect(try vae.around(x).scalars() != vae.reconstruct(x).scalars())
    for neighbourhood in CodeNeighbourhood.allCases {
      #expect(try vae.around(x, spread: 0, in: neighbourhood).scalars() == vae.reconstruct(x).scalars())
      #expect(try vae.around(x, in: neighbourhood).scalars() == vae.around(x, in: neighbourhood).scalars())
    }
    #expect(try vae.around(x, in: .between).scalars() != vae.reconstruct(x).scalars())
    #expect(try vae.around(x, in: .between, groups: [0, 1, 2]).scalars() == vae.reconstruct(x).scalars())
    #expect(throws: TrainerError.self) { try vae.around(x, spread: -1) }
    #expect(throws: TrainerError.self) { try vae.reconstruct(Tensor.zeros([3, 5])) }
  }

  private func reconstruction(_ vae: VAETrainer, _ output: [Double], _ x: [Double]) -> Double {
    let squares = zip(output, x).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let count = Double(x.count)
    switch vae.reconstruction {
    case .squaredError: return squares
    case .crossEntropy: return zip(output, x).reduce(0) { $0 + binaryCrossEntropy($1.0, target: $1.1) }
    case .gaussian:
      let variance = vae.deviation.map { $0 * $0 } ?? squares / count
      return squares / (2 * variance) + count * 0.5 * (log(variance) + log(2 * .pi))
    }
  }
}
