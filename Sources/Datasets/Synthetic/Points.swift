// SPDX-License-Identifier: Apache-2.0

/// Two-dimensional points around known centres: the smallest data on which collapse can be seen.
public enum PointClouds {
  /// How many points a split has.
  static func count(split: String) -> Int { split == "test" ? 2_000 : 10_000 }

  /// Eight tight groups on a circle of radius 1, standard deviation 0.05, labelled 0 … 7.
  public static func ring8(split: String = "train", seed: UInt64 = 0) -> Dataset {
    let diagonal = 0.5.squareRoot()
    let centres: [(Double, Double)] = [
      (1.0, 0.0), (diagonal, diagonal), (0.0, 1.0), (-diagonal, diagonal), (-1.0, 0.0), (-diagonal, -diagonal),
      (0.0, -1.0), (diagonal, -diagonal),
    ]
    return points("ring8", around: centres, deviation: 0.05, split: split, seed: seed)
  }

  /// Twenty-five tight groups on a square from −1 to 1, standard deviation 0.03, labelled 0 … 24 row by row.
  public static func grid25(split: String = "train", seed: UInt64 = 0) -> Dataset {
    let centres = (0..<25).map { group -> (Double, Double) in
      (Double(group % 5) / 2 - 1, Double(group / 5) / 2 - 1)
    }
    return points("grid25", around: centres, deviation: 0.03, split: split, seed: seed)
  }

  private static func points(
    _ name: String, around centres: [(Double, Double)], deviation: Double, split: String, seed: UInt64
  ) -> Dataset {
    var generator = SplitMix64(seed: seed &* 2 &+ (split == "test" ? 1 : 0))
    var numbers: [Float] = []
    var labels: [Int32] = []
    for _ in 0..<count(split: split) {
      let label = Int(generator.next() % UInt64(centres.count))
      numbers.append(Float(centres[label].0 + deviation * generator.bell()))
      numbers.append(Float(centres[label].1 + deviation * generator.bell()))
      labels.append(Int32(label))
    }
    return Dataset(
      name: name, split: split, exampleShape: [2], classes: centres.indices.map(String.init),
      source: "drawn by Easel (seed \(seed))", storage: .floats(numbers), storedLabels: labels)
  }
}
