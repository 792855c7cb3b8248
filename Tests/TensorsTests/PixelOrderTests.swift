// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Tensors

/// The order in which images lie in memory is nobody's business: the elements and every result are the same bits.
@Suite struct PixelOrderTests {
  private let random = RandomStream(seed: 17)

  private func inner(_ x: Tensor) throws -> Tensor {
    guard let order = PixelOrder(x.shape) else { return x }
    return try x.withChannelsInnermost(order)
  }

  private func bits(_ x: Tensor) -> [UInt32] { x.scalars().map(\.bitPattern) }

  /// The value and the gradients of a function of some tensors.
  private func outcome(
    _ inputs: [Tensor], _ function: ([Tensor]) throws -> Tensor
  ) throws -> [[UInt32]] {
    let leaves = try inputs.map { try $0.requiringGradient() }
    let y = try function(leaves)
    let value = bits(y.detached())
    try backward(sum(y * y))
    return [value] + leaves.map { $0.gradient.map(bits) ?? [] }
  }

  /// Runs a function with images in every combination of orders, on one thread and on two.
  private func expectSameBits(
    _ inputs: [Tensor], at location: SourceLocation = #_sourceLocation, _ function: ([Tensor]) throws -> Tensor
  ) throws {
    let expected = try outcome(inputs, function)
    defer { Compute.threads = Compute.defaultThreads }
    for threads in 1...2 {
      Compute.threads = threads
      for choice in 0..<1 << inputs.count {
        let chosen = try inputs.enumerated().map { choice >> $0.offset & 1 == 1 ? try inner($0.element) : $0.element }
        #expect(
          try outcome(chosen, function) == expected, "\(threads) threads, inputs \(choice)", sourceLocation: location)
      }
    }
  }

  @Test(arguments: [[2, 3, 5, 7], [4, 64, 14, 14], [9, 17, 1, 6], [33, 32, 28, 28]])
  func elementsAreFoundInRowMajorOrder(_ sizes: [Int]) throws {
    let x = try random.normal(Shape(sizes))
    let y = try inner(x)
    #expect(y.pixelOrder == PixelOrder(x.shape))
    #expect(bits(y) == bits(x))
    #expect(y.pixelOrder == nil)
    let z = try inner(x)
    #expect(bits(try z.reshaped(to: [-1])) == bits(x))
    let order = try #require(PixelOrder(x.shape))
    let last = try inner(x)
    order.putInRowMajorOrder(inPlace: last.storage.floatsAsTheyLie)
    #expect((0..<x.count).allSatisfy { last.storage.floatsAsTheyLie[$0] == x.storage.floats[$0] })
  }

  @Test func convolutionsLeaveTheirResultAsItIs() throws {
    let x = try random.normal([3, 4, 9, 9])
    let y = try convolution2d(x, weight: random.normal([40, 4, 3, 3]), padding: 1)
    #expect(y.pixelOrder != nil)
    #expect(try relu(y).pixelOrder != nil)
    #expect(try maxPool2d(y, size: 2).pixelOrder != nil)
    #expect(try batchNorm(y, scale: nil, shift: nil).output.pixelOrder != nil)
  }

  @Test func convolutions() throws {
    let x = try random.normal([3, 20, 9, 8])
    let down = try random.normal([35, 20, 4, 4])
    let up = try random.normal([20, 33, 4, 4])
    let few = try random.normal([20, 2, 4, 4])
    try expectSameBits([x, down, random.normal([35])]) {
      try convolution2d($0[0], weight: $0[1], bias: $0[2], stride: 2, padding: 1, activation: .tanh)
    }
    for weight in [up, few] {
      try expectSameBits([x, weight, random.normal([weight.shape[1]])]) {
        try transposedConvolution2d($0[0], weight: $0[1], bias: $0[2], stride: 2, padding: 1, activation: .relu)
      }
    }
  }

  @Test func blocks() throws {
    let x = try random.normal([5, 6, 12, 12])
    let weights = [try random.normal([40, 6, 3, 3]), try random.normal([24, 40, 4, 4])]
    try expectSameBits([x] + weights + [random.normal([40]), random.normal([40])]) {
      let maps = try convolution2d($0[0], weight: $0[1], padding: 1)
      let normal = try batchNorm(maps, scale: $0[3], shift: $0[4], activation: .leakyReLU(slope: 0.2)).output
      let pooled = try maxPool2d(normal, size: 2)
      return try convolution2d(pooled, weight: $0[2], stride: 2, padding: 1).flattened(from: 1)
    }
  }

  @Test func whatIsNotAConvolution() throws {
    let x = try random.normal([2, 5, 6, 7])
    let y = try random.normal([2, 5, 6, 7])
    try expectSameBits([x, y]) { try $0[0] * $0[1] + $0[0] }
    try expectSameBits([x, random.normal([5, 1, 1])]) { try $0[0] * $0[1] - $0[1] }
    try expectSameBits([x, random.normal([5]), random.uniform([5])]) {
      try batchNorm($0[0], mean: $0[1].detached(), variance: $0[2].detached() + 1, scale: $0[1], shift: $0[2])
    }
    try expectSameBits([x]) { try averagePool2d($0[0], size: 2) }
    try expectSameBits([x]) { try upsampleNearest2d($0[0], factor: 2) }
    try expectSameBits([x]) { try sigmoid($0[0]).permuted([1, 0, 2, 3]) }
    try expectSameBits([x, y]) { try concatenate([$0[0], $0[1]], alongAxis: 1) }
    try expectSameBits([x]) { try $0[0].reshaped(to: [5, 2, 7, 6]) * $0[0].reshaped(to: [5, 2, 7, 6]) }
    try expectSameBits([x, y]) { try maxPool2d($0[0], size: 3, stride: 1) * averagePool2d($0[1], size: 3, stride: 1) }
  }

  /// The same elements in two parts of one operation.
  @Test func sharedElements() throws {
    let x = try random.normal([4, 4, 4, 4])
    try expectSameBits([x]) { try convolution2d($0[0], weight: $0[0]) }
    try expectSameBits([x]) { try convolution2d($0[0], weight: $0[0].reshaped(to: [16, 4, 2, 2])) }
    try expectSameBits([x]) { try $0[0] * $0[0].reshaped(to: [4, 4, 2, 8]).reshaped(to: [4, 4, 4, 4]) }
    try expectSameBits([x]) { try batchNorm($0[0], scale: nil, shift: nil).output * $0[0] }
  }

  @Test func gradientsOfGradients() throws {
    let weight = try random.normal([6, 3, 3, 3])
    func slopes(_ x: Tensor) throws -> [UInt32] {
      let leaf = try x.requiringGradient()
      let maps = try convolution2d(leaf, weight: weight, padding: 1, activation: .tanh)
      let normal = try batchNorm(maps, scale: nil, shift: nil, activation: .leakyReLU(slope: 0.1)).output
      let y = try sum(maxPool2d(normal, size: 2) * 2)
      let inner = try gradient(of: y, withRespectTo: [leaf], createGraph: true)[0]
      try backward(sum(inner * inner))
      return try bits(#require(leaf.gradient))
    }
    let x = try random.normal([2, 3, 6, 6])
    #expect(try slopes(inner(x)) == slopes(x))
  }
}
