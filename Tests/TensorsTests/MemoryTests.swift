// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Tensors

@Suite struct MemoryTests {
  /// A step of training with products, a convolution, a loss and Adam.
  private struct Training {
    var weight, filter: TrainedWeight
    let x, images: Tensor
    var steps = 0

    init() throws {
      let random = RandomStream(seed: 5)
      weight = try TrainedWeight(random.normal([300, 200]) * 0.05)
      filter = try TrainedWeight(random.normal([8, 1, 4, 4]) * 0.1)
      x = try random.normal([64, 200])
      images = try random.normal([16, 1, 28, 28])
    }

    mutating func step() throws {
      steps += 1
      let y = try linear(x, weight: weight.value, activation: .tanh)
      let maps = try convolution2d(images, weight: filter.value, stride: 2, padding: 1, activation: .relu)
      try backward(mean(y * y) + mean(maps))
      for trained in [weight, filter] {
        let gradient = try #require(trained.value.gradient)
        try adamUpdate(
          &trained.value, gradient: gradient, firstMoment: &trained.firstMoment, secondMoment: &trained.secondMoment,
          step: steps, AdamSettings())
        trained.value = try trained.value.detached().requiringGradient()
      }
    }
  }

  @Test func aWarmStepAsksTheSystemForNoMemory() throws {
    var training = try Training()
    for _ in 0..<3 { try training.step() }
    let before = ThreadState.current.pointee.buffers.blocksMade
    for _ in 0..<200 { try training.step() }
    #expect(ThreadState.current.pointee.buffers.blocksMade == before)
  }

  @Test func aNewSizeAsksTheSystem() throws {
    Compute.releaseMemory()
    let before = ThreadState.current.pointee.buffers.blocksMade
    let tensor = try Tensor.zeros([12_345])
    #expect(ThreadState.current.pointee.buffers.blocksMade == before + 1)
    #expect(tensor.count == 12_345)
  }

  @Test func whatWasPackedOfAWeightServesItsOwnShapeOnly() throws {
    let random = RandomStream(seed: 6)
    let weight = try random.normal([16, 4, 2, 2])
    let images = try random.normal([2, 4, 4, 4])
    _ = try convolution2d(random.normal([2, 2, 4, 4]), weight: weight.reshaped(to: [16, 2, 4, 2]))
    let copy = try Tensor(weight.scalars(), shape: weight.shape)
    #expect(try convolution2d(images, weight: weight).scalars() == convolution2d(images, weight: copy).scalars())
    let rows = try random.normal([200, 16])
    _ = try linear(random.normal([200, 32]), weight: weight.reshaped(to: [8, 32]))
    #expect(
      try linear(rows, weight: weight.reshaped(to: [16, 16])).scalars()
        == linear(rows, weight: copy.reshaped(to: [16, 16])).scalars())
  }
}
