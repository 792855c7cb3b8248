// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Datasets

@Suite struct SubsetTests {
  let data = counted(30)

  @Test("SplitMix64 gives the published sequence")
  func generator() {
    var zero = SplitMix64(seed: 0)
    #expect(zero.next() == 16_294_208_416_658_607_535)
    var thousand = SplitMix64(seed: 1000)
    #expect(
      [thousand.next(), thousand.next(), thousand.next()] == [
        4_332_104_999_045_480_776, 15_022_492_692_291_828_655, 14_266_957_338_849_687_121,
      ])
  }

  @Test("The shuffled order is a rule that another language can follow")
  func shuffle() {
    // By hand: i = 4 … 1, j = next() mod (i + 1).
    var order = [0, 1, 2, 3, 4]
    var generator = SplitMix64(seed: 7)
    for last in [4, 3, 2, 1] { order.swapAt(last, Int(generator.next() % UInt64(last + 1))) }
    #expect(SplitMix64.shuffled(5, seed: 7) == order)
    #expect(SplitMix64.shuffled(0, seed: 7) == [])
    #expect(SplitMix64.shuffled(1, seed: 7) == [0])
  }

  @Test("n of each class, each in the shuffled order, and their rows in the whole set")
  func perClass() throws {
    let few = try data.perClass(4, seed: 3)
    #expect(few.classCounts == [4, 4, 4])
    let rows = (0..<few.count).map { few.sourceRow(of: $0) }
    let order = SplitMix64.shuffled(30, seed: 3)
    #expect(rows == order.filter { row in order.prefix { $0 != row }.filter { $0 % 3 == row % 3 }.count < 4 })
    #expect(few.example(0) == Array(repeating: Float(rows[0]) / 255, count: 4))
    #expect(throws: DatasetError.self) { try data.perClass(11) }
    #expect(throws: DatasetError.unlabelled(name: "counted")) { try data.withoutLabels.perClass(1) }
  }

  @Test("A split shares nothing, loses nothing and keeps the classes' shares")
  func split() throws {
    let (first, second) = try data.split(0.8, seed: 1)
    #expect(first.classCounts == [8, 8, 8])
    #expect(second.classCounts == [2, 2, 2])
    #expect(rows(first).union(rows(second)) == Set(0..<30))
    #expect(throws: DatasetError.self) { try data.split(1.5) }
  }

  @Test("Folds are disjoint, complete and stratified to one example a class")
  func folds() throws {
    let odd = try data.slice(0..<28)
    let folds = try odd.folds(5, seed: 2)
    #expect(folds.flatMap { rows($0) }.sorted() == Array(0..<28))
    for label in 0..<3 {
      let counts = folds.map { $0.classCounts[label] }
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
    }
    let sizes = folds.map(\.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }

  @Test("Slices, prefixes and choices compose and remember their rows")
  func slices() throws {
    let cut = try data.slice(10..<20).selecting([9, 0])
    #expect(cut.labels == [19 % 3, 10 % 3])
    #expect(cut.sourceRow(of: 0) == 19)
    #expect(try data.prefix(100).count == 30)
    #expect(try data.prefix(5).cuts == ["first 5"])
    #expect(throws: DatasetError.outOfRange(index: 30, count: 30)) { try data.slice(0..<31) }
    #expect(throws: DatasetError.outOfRange(index: -1, count: 30)) { try data.selecting([-1]) }
    #expect(throws: DatasetError.self) { try data.prefix(-1) }
  }

  @Test("Only some classes; an unknown label is refused")
  func only() throws {
    let some = try data.only([0, 2])
    #expect(some.classCounts == [10, 0, 10])
    #expect(throws: DatasetError.self) { try data.only([3]) }
  }

  @Test("Two sets become one; equal scales stay bytes, others become numbers")
  func concatenation() throws {
    let both = try data.concatenated(with: data.prefix(3))
    #expect(both.count == 33)
    #expect(both.storage.isBytes)
    #expect(both.example(31) == data.example(1))
    let scaled = try data.normalized(mean: 0.5, deviation: 0.5)
    let mixed = try data.concatenated(with: scaled)
    #expect(!mixed.storage.isBytes)
    #expect(mixed.example(30) == scaled.example(0))
    #expect(mixed.labels == data.labels + data.labels)
    #expect(throws: DatasetError.self) { try data.concatenated(with: PointClouds.ring8()) }
    #expect(try data.concatenated(with: data.withoutLabels).isLabelled == false)
  }

  private func rows(_ data: Dataset) -> Set<Int> { Set((0..<data.count).map { data.sourceRow(of: $0) }) }
}
