// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Datasets

/// Facts about the published sets; each test runs where its files are.
@Suite struct RealDataTests {
  static func isHere(_ name: String) -> Bool {
    DatasetCatalog().entries.contains { $0.name == name && $0.place != nil }
  }

  @Test(
    "MNIST: sums of pixels, mean and deviation, as published",
    .enabled(if: isHere("mnist"), "MNIST is not on this machine: set EASEL_DATA"))
  func mnist() throws {
    let train = try DatasetCatalog().dataset("mnist")
    let test = try DatasetCatalog().dataset("mnist", split: "test")
    #expect(train.count == 60_000)
    #expect(train.pixelSum == 1_567_298_545)
    #expect(test.pixelSum == 264_923_200)
    let moments = train.moments
    #expect(abs(moments.mean - 0.130660) < 5e-7)
    #expect(abs(moments.deviation - 0.308108) < 5e-7)
  }

  @Test(
    "Fashion-MNIST: sums of pixels, mean and deviation, as published",
    .enabled(if: isHere("fashion-mnist"), "Fashion-MNIST is not on this machine: apt install dataset-fashion-mnist"))
  func fashion() throws {
    let train = try DatasetCatalog().dataset("fashion-mnist")
    let test = try DatasetCatalog().dataset("fashion-mnist", split: "test")
    #expect(train.pixelSum == 3_431_114_169)
    #expect(test.pixelSum == 573_469_082)
    let moments = train.moments
    #expect(abs(moments.mean - 0.286041) < 5e-7)
    #expect(abs(moments.deviation - 0.353024) < 5e-7)
    #expect(train.classes[9] == "Ankle boot")
  }

  @Test(
    "The portable subsets of MNIST, index for index",
    .enabled(if: isHere("mnist"), "MNIST is not on this machine: set EASEL_DATA"))
  func mnistSubsets() throws {
    let train = try DatasetCatalog().dataset("mnist")
    let few = rows(try train.perClass(10, seed: 1000))
    #expect(few.prefix(8) == [15303, 39276, 18287, 11243, 36915, 6661, 43840, 9769])
    #expect(few.reduce(0, +) == 2_851_157)
    #expect(rows(try train.perClass(100, seed: 1000)).reduce(0, +) == 30_343_105)
  }

  @Test(
    "The portable subset of Fashion-MNIST, by its sum",
    .enabled(if: isHere("fashion-mnist"), "Fashion-MNIST is not on this machine: apt install dataset-fashion-mnist"))
  func fashionSubset() throws {
    let train = try DatasetCatalog().dataset("fashion-mnist")
    #expect(rows(try train.perClass(10, seed: 1000)).reduce(0, +) == 3_015_686)
  }

  private func rows(_ data: Dataset) -> [Int] { (0..<data.count).map { data.sourceRow(of: $0) } }
}
