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
}
