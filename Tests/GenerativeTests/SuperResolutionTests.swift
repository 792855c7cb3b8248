// SPDX-License-Identifier: Apache-2.0
import Datasets
import Glibc
import Layers
import Tensors
import Testing

@testable import Generative

/// The losses of super-resolution are computed again, in double precision, from the scores and pixels of a fork.
@Suite struct SuperResolutionTests {
  @Test("The printed losses are those of scores and pixels", arguments: AdversarialLoss.allCases)
  func recomputed(loss: AdversarialLoss) throws {
    let trainer = try tinyEnlarger {
      $0.loss = loss
      $0.adversarialWeight = 0.1
    }
    try trainer.run(3)
    let twin = try #require(try trainer.fork() as? SuperResolutionTrainer)
    let report = try trainer.takeStep()

    let real = try #require(twin.state.loader).next().x
    let images = try twin.enlarged(real, recording: false)
    let errD = errorOfD(
      loss, try scores(twin.discriminator, real), try scores(twin.discriminator, images.fake), target: 1)
    expectNear(report["errD"], errD)
    let pairs = zip(images.fake.scalars(), real.scalars())
    let content = pairs.reduce(0.0) { $0 + pow(Double($1.0) - Double($1.1), 2) } / Double(real.count)
    expectNear(report["content"], content)
    // G was judged by the discriminator as it was after its update.
    let judged = try scores(trainer.discriminator, images.fake)
    expectNear(report["errG"], content + 0.1 * errorOfG(loss, judged))
    expectNear(report["psnr"], 10 * log10(4 / content))
  }

  @Test("Images of any size become twice as large")
  func sizes() throws {
    let trainer = try tinyEnlarger()
    #expect(try trainer.enlarge(.zeros([3, 1, 14, 14])).shape == [3, 1, 28, 28])
    #expect(try trainer.enlarge(.zeros([1, 1, 5, 9])).shape == [1, 1, 10, 18])
  }

  @Test("A straight line between pixels keeps flat images flat and slopes straight")
  func bilinear() throws {
    let flat = try bilinearlyEnlarged(.full([1, 1, 3, 3], 0.5))
    #expect(flat.shape == [1, 1, 6, 6])
    #expect(flat.scalars().allSatisfy { $0 == 0.5 })
    let slope = try bilinearlyEnlarged(Tensor([0, 1, 2, 3], shape: [1, 1, 1, 4]))
    #expect(Array(slope.scalars().prefix(8)) == [0, 0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3])
  }

  @Test("Steps on pixels alone bring what is made closer to the originals")
  func learns() throws {
    let trainer = try tinyEnlarger { $0.adversarialWeight = 0 }
    let data = try tinyDigits(16)
    let before = try trainer.evaluate(data)
    try trainer.run(40)
    let after = try trainer.evaluate(data)
    #expect(after.psnr > before.psnr + 1)
    #expect(after.bilinear == before.bilinear && after.bilinear > after.repeated)
  }

  @Test("Each part can be stepped alone; the other keeps its weights", arguments: ["D", "G"])
  func parts(part: String) throws {
    let trainer = try tinyEnlarger()
    try trainer.run(1)
    let other = try #require(trainer.net(part == "D" ? "G" : "D"))
    let before = other.allParameters.map { $0.value.scalars() }
    try trainer.takeStep(only: part)
    #expect(other.allParameters.map { $0.value.scalars() } == before)
  }

  private func scores(_ net: any Layer, _ x: Tensor) throws -> [Double] {
    let context = ForwardContext(
      isTraining: true, random: RandomStream(seed: 0), recordsGradients: false, updatesStatistics: false)
    guard case .logits(let logits) = try score(of: net, [x.detached()], in: context) else { return [] }
    return logits.scalars().map(Double.init)
  }
}
