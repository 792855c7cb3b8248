// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Datasets

@Suite struct SyntheticTests {
  @Test("The drawn digits are the same bits for ever")
  func digitsAreFixed() {
    #expect(DrawnDigits.dataset().fingerprint == 1_543_083_418_969_736_604)
    #expect(DrawnDigits.dataset(split: "test").fingerprint == 357_971_724_139_340_198)
  }

  @Test("All ten digits occur about equally often, and every image has ink and empty corners")
  func digitsAreSound() {
    let data = DrawnDigits.dataset()
    #expect(data.count == 6_000)
    #expect(data.exampleShape == [1, 28, 28])
    for count in data.classCounts { #expect((500...700).contains(count)) }
    #expect(data.duplicateCount == 0)
    #expect(data.blankCount == 0)
    let moments = data.moments
    #expect((0.08...0.2).contains(moments.mean), "as dark as handwriting: \(moments)")
    for index in 0..<data.count {
      let pixels = data.bytes(of: index)
      #expect(pixels[0] == 0 && pixels[783] == 0)
      #expect((pixels.max() ?? 0) > 150)
    }
  }

  @Test("Training and test images share nothing; another seed draws other images")
  func digitsSplits() throws {
    let train = DrawnDigits.dataset()
    #expect(try train.overlap(with: DrawnDigits.dataset(split: "test")) == 0)
    #expect(try train.overlap(with: DrawnDigits.dataset(seed: 1)) == 0)
    #expect(try train.overlap(with: DrawnDigits.dataset()) == 6_000)
  }

  @Test("Digits are told apart by their nearest class mean far better than by chance")
  func digitsAreRecognisable() {
    let train = DrawnDigits.dataset()
    let test = DrawnDigits.dataset(split: "test")
    let means = (0..<10).map { train.meanExample(ofClass: $0) }
    let right = (0..<500).filter { index in
      let image = test.example(index)
      let distances = means.map { mean in zip(mean, image).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
      return distances.firstIndex(of: distances.min() ?? 0) == test.label(of: index)
    }
    #expect(right.count > 350, "\(right.count) of 500")
  }

  @Test("Points lie around their centres")
  func points() {
    for data in [PointClouds.ring8(), PointClouds.grid25(split: "test")] {
      for index in 0..<data.count {
        let point = data.example(index)
        #expect(abs(point[0]) < 1.4 && abs(point[1]) < 1.4)
      }
    }
    let ring = PointClouds.ring8()
    let mean = ring.meanExample(ofClass: 2)
    #expect(abs(mean[0]) < 0.01 && abs(mean[1] - 1) < 0.01)
    #expect(ring.classCounts.count == 8)
    #expect(PointClouds.grid25().classCounts.count == 25)
    #expect(ring.fingerprint == PointClouds.ring8().fingerprint)
  }
}
