// SPDX-License-Identifier: Apache-2.0
import Tensors
import Testing

@testable import Datasets

@Suite struct AugmentationTests {
  private let data = DrawnDigits.dataset(split: "test")

  private func all() throws -> Augmentation {
    try Augmentation([
      .rotate(degrees: 12), .shift(pixels: 2), .scale(lower: 0.9, upper: 1.1), .shear(degrees: 8),
      .flip(probability: 0.5),
      .elastic(alpha: 20, sigma: 4), .erase(side: 6), .noise(deviation: 0.1), .contrast(amount: 0.2),
      .blur(deviation: 1),
    ])
  }

  @Test("What is drawn for an image does not depend on the batch it is in")
  func independentOfBatch() throws {
    let aug = try all()
    let whole = try data.batch([0, 1, 2, 3], augmentation: aug, epoch: 2, seed: 5).x.scalars()
    let alone = try data.batch([2], augmentation: aug, epoch: 2, seed: 5).x.scalars()
    #expect(Array(whole[2 * 784..<3 * 784]) == alone)
    let cut = try data.selecting([9, 2])
    #expect(try cut.batch([1], augmentation: aug, epoch: 2, seed: 5).x.scalars() == alone)
    #expect(try data.batch([2], augmentation: aug, epoch: 3, seed: 5).x.scalars() != alone)
    #expect(try data.batch([2], augmentation: aug, epoch: 2, seed: 6).x.scalars() != alone)
  }

  @Test("A loader deals changed images, each epoch anew, and the same again after going back")
  func loader() throws {
    let loader = try Loader(data.prefix(8), batch: 8, random: RandomStream(seed: 1))
    loader.augmentation = try all()
    let first = try loader.next()
    let second = try loader.next()
    #expect(first.x.scalars() != second.x.scalars())
    loader.position = Loader.Position()
    #expect(try loader.next().x.scalars() == first.x.scalars())
  }

  @Test("Whole-pixel shifts move pixels; a half turn turns; a flip mirrors; nothing changes nothing")
  func geometry() {
    let image = ImagePlanes(channels: 1, height: 3, width: 3, values: [1, 2, 3, 4, 5, 6, 7, 8, 9], background: 0)
    func mapped(_ change: (inout AffineMap) -> Void) -> [Float] {
      var map = AffineMap()
      change(&map)
      return map.applied(to: image).values.map { ($0 * 1e4).rounded() / 1e4 }
    }
    #expect(mapped { _ in } == image.values)
    #expect(mapped { $0.shift(1, 0) } == [0, 1, 2, 0, 4, 5, 0, 7, 8])
    #expect(mapped { $0.shift(0, -1) } == [4, 5, 6, 7, 8, 9, 0, 0, 0])
    #expect(mapped { $0.flip() } == [3, 2, 1, 6, 5, 4, 9, 8, 7])
    #expect(mapped { $0.rotate(180) } == [9, 8, 7, 6, 5, 4, 3, 2, 1])
    #expect(
      mapped { $0.rotate(90) } == [7, 4, 1, 8, 5, 2, 9, 6, 3]
        || mapped { $0.rotate(90) } == [3, 6, 9, 2, 5, 8, 1, 4, 7])
    #expect(
      mapped {
        $0.shift(1, 0); $0.shift(-1, 0)
      } == image.values)
    #expect(mapped { $0.scale(2) }[4] == 5)
    #expect(mapped { $0.shift(1e300, 0) } == [Float](repeating: 0, count: 9))
  }

  @Test("Draws stay in their ranges and are told")
  func draws() throws {
    let aug = try Augmentation([.rotate(degrees: 12), .shift(pixels: 2), .erase(side: 6)])
    #expect(aug.description == "rotate ±12° → shift ±2 px → erase 6×6")
    for index in 0..<30 {
      let result = try data.augmentedExample(index, aug, epoch: 0, seed: 1)
      #expect(result.draws.count == 3)
      let angle = try #require(Double(result.draws[0].dropFirst("rotate ".count).dropLast()))
      #expect(abs(angle) <= 12)
      #expect(result.values.count == 784)
    }
  }

  @Test("Mixing gives images between two, and labels that sum to one", arguments: [true, false])
  func mixing(isCut: Bool) throws {
    let aug = try Augmentation([], mixing: isCut ? .cutMix(alpha: 1) : .mixup(alpha: 0.4))
    let batch = try data.batch(Array(0..<40), augmentation: aug, epoch: 0, seed: 3)
    let labels = try #require(batch.y)
    #expect(labels.shape == [40, 10])
    for sum in try sum(labels, alongAxis: 1).scalars() { #expect(abs(sum - 1) < 1e-6) }
    #expect(labels.scalars().contains { $0 > 0 && $0 < 1 })
    #expect(batch.x.scalars().allSatisfy { $0 >= 0 && $0 <= 1 })
  }

  @Test("A data set is enlarged by changed copies that keep their labels and stay bytes")
  func enlarged() throws {
    let few = try data.prefix(10).normalized(mean: 0.5, deviation: 0.5)
    let more = try few.augmented(by: all(), times: 2, seed: 4)
    #expect(more.count == 30)
    #expect(more.labels == few.labels + few.labels + few.labels)
    #expect(more.storage.isBytes)
    #expect(more.example(0) == few.example(0))
    #expect(more.example(10) != more.example(20))
    #expect(more.valueRange == .symmetric)
  }

  @Test("Tensors of images are changed too, black where nothing was")
  func tensors() throws {
    let x = try data.prefix(3).normalized(mean: 0.5, deviation: 0.5).x()
    let moved = try Augmentation([.shift(pixels: 8)]).applied(to: x, seed: 1)
    #expect(moved.shape == x.shape)
    #expect(try min(moved).item() == -1)
    #expect(try Augmentation([.shift(pixels: 8)]).applied(to: x, seed: 1).scalars() == moved.scalars())
  }

  @Test("Numbers out of range and things that are no images are refused")
  func refusals() throws {
    let wrong: [Transform] = [
      .rotate(degrees: -1), .rotate(degrees: .nan), .shift(pixels: .infinity), .scale(lower: 0, upper: 1),
      .scale(lower: 2, upper: 1), .flip(probability: 2), .erase(side: -1), .noise(deviation: -1),
      .contrast(amount: 3), .blur(deviation: .nan), .elastic(alpha: 1, sigma: 0), .shear(degrees: 90),
    ]
    for transform in wrong { #expect(throws: DatasetError.self) { try Augmentation([transform]) } }
    #expect(throws: DatasetError.self) { try Augmentation([], mixing: .mixup(alpha: 0)) }
    let points = PointClouds.ring8()
    #expect(throws: DatasetError.self) { try points.batch([0], augmentation: all(), epoch: 0, seed: 0) }
    #expect(throws: DatasetError.self) { try data.augmented(by: all(), times: -1) }
    #expect(throws: DatasetError.self) { try all().applied(to: Tensor.zeros([3]), seed: 0) }
  }
}
