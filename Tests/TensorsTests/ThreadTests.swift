// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Testing

@testable import Tensors

@Suite struct ThreadTests {
  /// A few steps of a small network whose operations are large enough to be shared out.
  private func trained(threads: Int) throws -> [UInt32] {
    Compute.threads = threads
    defer { Compute.threads = Compute.defaultThreads }
    let random = RandomStream(seed: 3)
    var weight = try (random.normal([700, 500]) * 0.05).requiringGradient()
    var bias = try Tensor.zeros([700]).requiringGradient()
    let filter = try (random.normal([8, 1, 4, 4]) * 0.1).requiringGradient()
    let x = try random.normal([65, 500])
    let images = try random.normal([16, 1, 28, 28])
    for _ in 0..<3 {
      let y = try linear(x, weight: weight, bias: bias, activation: .tanh)
      let maps = try convolution2d(images, weight: filter, stride: 2, padding: 1, activation: .leakyReLU(slope: 0.2))
      let loss = try mean(y * y) + sum(maps) * 1e-3 + mean(softmax(y) * exp(y))
      try backward(loss)
      let step = try #require(weight.gradient)
      weight = try (weight.detached() - step * 0.1).requiringGradient()
      bias = try (bias.detached() - #require(bias.gradient) * 0.1).requiringGradient()
    }
    let results = try [weight, bias, #require(filter.gradient), random.normal([70_001]), random.uniform([70_001])]
    return results.flatMap { $0.scalars().map(\.bitPattern) }
  }

  @Test func sameBitsOnAnyNumberOfThreads() throws {
    let one = try trained(threads: 1)
    #expect(try trained(threads: 2) == one)
    #expect(try trained(threads: 5) == one)
  }

  @Test func theNumberOfThreadsIsKeptInBounds() {
    defer { Compute.threads = Compute.defaultThreads }
    Compute.threads = .min
    #expect(Compute.threads == 1)
    Compute.threads = .max
    #expect(Compute.threads == ThreadPool.mostThreads)
  }

  @Test func everyChunkRunsOnceInEveryJob() {
    for job in 0..<2_000 {
      let chunks = job % 37
      let counts = (0..<chunks).map { _ in Counter() }
      ThreadPool.shared.run(chunks: chunks, threads: 1 + job % 4) { counts[$0].value.add(1, ordering: .relaxed) }
      #expect(counts.allSatisfy { $0.value.load(ordering: .relaxed) == 1 })
    }
  }

  @Test func aLongOperationStopsWhenTheSessionAsks() throws {
    let a = try Tensor.ones([600, 600])
    let asked = Counter()
    Compute.interruptCheck = {
      asked.value.add(1, ordering: .relaxed)
      return true
    }
    defer { Compute.interruptCheck = nil }
    #expect(throws: TensorError.interrupted) { try matmul(a, a) }
    #expect(asked.value.load(ordering: .relaxed) > 0)
    #expect(try (Tensor(1.0) + 1).item() == 2)
  }

  @Test func aLongSortStopsWhenTheSessionAsks() throws {
    let x = try RandomStream(seed: 1).uniform([300_000])
    Compute.interruptCheck = { true }
    defer { Compute.interruptCheck = nil }
    #expect(throws: TensorError.interrupted) { try sort(x) }
  }

  @Test func theCheckIsAskedAgainDuringAnOperation() throws {
    let asked = Counter()
    Compute.interruptCheck = {
      asked.value.add(1, ordering: .relaxed)
      return asked.value.load(ordering: .relaxed) > 1
    }
    defer { Compute.interruptCheck = nil }
    // Ten milliseconds and more by its cost, although it is quick.
    #expect(throws: TensorError.interrupted) {
      try inRanges(100_000, cost: 1_000) { _ in }
    }
    #expect(asked.value.load(ordering: .relaxed) == 2)
  }
}

/// A number that threads add to.
private final class Counter: Sendable {
  let value = Atomic(0)
}
