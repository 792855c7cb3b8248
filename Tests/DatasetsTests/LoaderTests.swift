// SPDX-License-Identifier: Apache-2.0
import Tensors
import Testing

@testable import Datasets

@Suite struct LoaderTests {
  private func loader(_ count: Int, batch: Int, dropLast: Bool = false, seed: UInt64 = 5) throws -> Loader {
    try Loader(counted(count), batch: batch, dropLast: dropLast, random: RandomStream(seed: seed, stream: 2))
  }

  @Test("An epoch deals every example once; the last batch is what is left over")
  func epoch() throws {
    let loader = try loader(10, batch: 4)
    var sizes: [Int] = []
    var seen: [Int] = []
    while let batch = try loader.nextInEpoch() {
      sizes.append(batch.count)
      seen += batch.indices
      #expect(batch.x.shape == [batch.count, 1, 2, 2])
      #expect(batch.y?.integers() == batch.indices.map { Int64($0 % 3) })
      #expect(batch.x.scalars()[0] == Float(batch.indices[0]) / 255)
    }
    #expect(sizes == [4, 4, 2])
    #expect(loader.batchesPerEpoch == 3)
    #expect(seen.sorted() == Array(0..<10))
    #expect(seen != Array(0..<10))
  }

  @Test("The incomplete batch can be left out")
  func dropLast() throws {
    let loader = try loader(10, batch: 4, dropLast: true)
    #expect(loader.batchesPerEpoch == 2)
    _ = try loader.next()
    _ = try loader.next()
    #expect(try loader.nextInEpoch() == nil)
    #expect(try loader.next().count == 4)
    #expect(loader.position == Loader.Position(epoch: 1, taken: 4))
  }

  @Test("A position put back deals the same batches again, across epochs")
  func position() throws {
    let one = try loader(10, batch: 3)
    for _ in 0..<5 { _ = try one.next() }
    let kept = one.position
    let after = try (0..<9).map { _ in try one.next().indices }
    one.position = kept
    #expect(try (0..<9).map { _ in try one.next().indices } == after)
    let other = try loader(10, batch: 3)
    other.position = kept
    #expect(try (0..<9).map { _ in try other.next().indices } == after)
  }

  @Test("Epochs differ in order, seeds too; without shuffling the order is the data's")
  func orders() throws {
    let loader = try loader(50, batch: 50)
    let first = try loader.next().indices
    #expect(try loader.next().indices != first)
    #expect(try self.loader(50, batch: 50, seed: 6).next().indices != first)
    let plain = try Loader(counted(5), batch: 2, shuffle: false, random: RandomStream(seed: 1))
    #expect(try [plain.next(), plain.next(), plain.next()].flatMap(\.indices) == [0, 1, 2, 3, 4])
  }

  @Test("Starting an epoch in the middle of one ends that one")
  func startEpoch() throws {
    let loader = try loader(10, batch: 4)
    loader.startEpoch()
    #expect(loader.position == Loader.Position())
    _ = try loader.next()
    loader.startEpoch()
    #expect(loader.position == Loader.Position(epoch: 1))
  }

  @Test("A smaller data set put in goes on with the next epoch")
  func smallerData() throws {
    let loader = try loader(10, batch: 8)
    _ = try loader.next()
    loader.data = try counted(10).prefix(4)
    #expect(try loader.next().count == 4)
    #expect(loader.position.epoch == 1)
  }

  @Test("Batches below one and empty data are refused")
  func refusals() throws {
    #expect(throws: DatasetError.self) { try self.loader(10, batch: 0) }
    #expect(throws: DatasetError.empty(operation: "Loader")) {
      try Loader(counted(3).prefix(0), random: RandomStream(seed: 0))
    }
  }

  @Test("Normalized batches equal torchvision's arithmetic bit for bit")
  func normalization() throws {
    let data = try counted(256, side: 1).normalized(mean: 0.5, deviation: 0.5)
    let x = try data.batch(Array(0..<256)).x.scalars()
    for byte in 0..<256 { #expect(x[byte] == (Float(byte) / 255 - 0.5) / 0.5) }
    #expect(data.valueRange == .symmetric)
    #expect(try data.denormalized(mean: 0.5, deviation: 0.5).valueRange == .unit)
    #expect(throws: DatasetError.self) { try data.normalized(mean: 0, deviation: 0) }
    #expect(throws: DatasetError.self) { try data.normalized(mean: .nan, deviation: 1) }
  }
}
