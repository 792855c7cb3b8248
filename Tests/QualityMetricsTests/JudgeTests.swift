// SPDX-License-Identifier: Apache-2.0
import Datasets
import FoundationEssentials
import Tensors
import Testing

@testable import QualityMetrics

/// One judge for all tests: drawn digits are told apart after a few hundred images.
private enum Shared {
  static func training() throws -> Dataset { try DrawnDigits.dataset().prefix(1500) }
  static func test() -> Dataset { DrawnDigits.dataset(split: "test") }
}

@Suite(.serialized) struct JudgeTests {
  let folder = FileManager.default.temporaryDirectory.path + "easel-judge-\(UInt64.random(in: 0 ... .max))"

  private func judge() throws -> Judge {
    try Judge.cached(training: Shared.training(), test: Shared.test(), environment: ["XDG_CACHE_HOME": sharedCache])
  }

  /// The tests of one run share a judge through a cache of their own, as sessions do through the user's.
  private var sharedCache: String {
    FileManager.default.temporaryDirectory.path + "easel-tests-\(ProcessInfo.processInfo.processIdentifier)"
  }

  @Test("A judge tells drawn digits apart, and its features have unit variance on the test images")
  func accuracy() throws {
    let judge = try judge()
    #expect(judge.accuracy > 0.97)
    #expect(judge.reference.features.width == 64)
    #expect(abs(judge.reference.fit.meanVariance - 1) < 1e-3)
    let opinion = try judge.look(at: Shared.test())
    let right = zip(opinion.labels, Shared.test().labels).count { $0 == $1 }
    #expect(abs(Double(right) / 2000 - judge.accuracy) < 1e-6)
  }

  @Test("The scale of the data does not matter to the judge")
  func scale() throws {
    let judge = try judge()
    let data = try Shared.test().prefix(20)
    let plain = try judge.look(at: data).features
    #expect(try judge.look(at: data.normalized(mean: 0.5, deviation: 0.5)).features == plain)
    let symmetric = try data.normalized(mean: 0.5, deviation: 0.5).x()
    let back = try judge.look(at: pixels(of: symmetric, from: .symmetric)).features
    for (one, two) in zip(plain.values, back.values) { #expect(abs(one - two) < 1e-3) }
  }

  @Test("A judge comes back from its file with the same features")
  func file() throws {
    let judge = try judge()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/judge.npz"
    try judge.write(to: path)
    let back = try Judge(contentsOf: path, name: "digits", classes: judge.classes, test: Shared.test())
    let data = try Shared.test().prefix(30)
    #expect(try back.look(at: data).features == judge.look(at: data).features)
    #expect(back.reference.features == judge.reference.features)
    #expect(throws: MetricError.self) {
      try Judge(contentsOf: folder + "/none.npz", name: "x", classes: judge.classes, test: Shared.test())
    }
    try ArrayArchive.write(data, to: folder + "/data.npz")
    #expect(throws: MetricError.self) {
      try Judge(contentsOf: folder + "/data.npz", name: "x", classes: judge.classes, test: Shared.test())
    }
  }

  @Test("Real images raise no alarm, whichever are drawn", arguments: 0..<5)
  func healthy(draw: Int) throws {
    let quality = try probe(seed: UInt64(draw)) { try $0.sampled(500, seed: UInt64(draw)).x() }
    #expect(quality.alarms.isEmpty, "\(quality)")
  }

  @Test("Each known fault is named rightly")
  func faults() throws {
    let missing = try probe { try $0.only([0, 1, 2, 3, 5, 6, 7, 9]).sampled(500).x() }
    #expect(missing.alarms == [.missingClasses([4, 8])])
    let single = try probe { try repeated($0.only([3]), 500) }
    #expect(single.alarms.contains { $0.name == "collapse" })
    let copies = try probe { try repeated($0.prefix(50), 500) }
    #expect(copies.alarms.map(\.name) == ["copies"])
    let blur = try probe { try blurred($0.sampled(500).x()) }
    #expect(blur.alarms.map(\.name) == ["blur"])
    let noise = try probe {
      try clamp($0.sampled(500).x() + RandomStream(seed: 3).normal([500, 1, 28, 28]) * 0.3, from: 0, to: 1)
    }
    #expect(noise.alarms.map(\.name) == ["noise"])
  }

  @Test("Samples that do not show what was asked for are named")
  func condition() throws {
    let data = try DrawnDigits.dataset(seed: 4).sampled(300)
    let turned = data.labels.map { ($0 + 1) % 10 }
    let wrong = try SampleQuality(of: data.x(), labels: turned, by: judge())
    #expect(wrong.alarms.map(\.name) == ["condition ignored"])
    let right = try SampleQuality(of: data.x(), labels: data.labels, by: judge())
    #expect(right.alarms.isEmpty)
    #expect(try #require(right.labelAgreement) > 0.95)
  }

  @Test("One answer for every image agrees with what was put in by chance alone; the image itself is used")
  func inputDependence() throws {
    let data = try DrawnDigits.dataset(seed: 4).sampled(300)
    let threes = try repeated(data.only([3]), 300)
    let constant = try InputDependence(outputs: threes, inputLabels: data.labels, by: judge())
    #expect(constant.ignoresInput)
    #expect(abs(constant.agreement - constant.chance) < 0.02)
    #expect(constant.alarm?.name == "input ignored")
    let identity = try InputDependence(outputs: data.x(), inputLabels: data.labels, by: judge())
    #expect(!identity.ignoresInput && identity.alarm == nil)
    #expect(identity.agreement > 0.95 && identity.chance < 0.15)
  }

  @Test("What cannot be judged is refused")
  func refusals() throws {
    let judge = try judge()
    #expect(throws: MetricError.self) { try SampleQuality(of: Tensor.zeros([20, 1, 8, 8]), by: judge) }
    #expect(throws: MetricError.self) { try SampleQuality(of: Tensor.zeros([3, 1, 28, 28]), by: judge) }
    #expect(throws: MetricError.self) { try SampleQuality(of: Tensor.full([20, 1, 28, 28], .nan), by: judge) }
    #expect(throws: MetricError.self) {
      try SampleQuality(of: Tensor.zeros([20, 1, 28, 28]), labels: [1], by: judge)
    }
    #expect(throws: MetricError.self) { try Judge(training: PointClouds.ring8(), test: PointClouds.ring8()) }
    #expect(throws: MetricError.self) { try Judge(training: Shared.training().withoutLabels, test: Shared.test()) }
  }

  @Test("A classifier trained on real images is worth more than one trained on mislabelled ones")
  func accuracyScore() throws {
    let data = try DrawnDigits.dataset().prefix(1000)
    let real = try classificationAccuracyScore(samples: data, test: Shared.test(), steps: 80)
    #expect(real.accuracy > 0.8)
    #expect(real.perClass.count == 10)
    let x = try data.x()
    let wrong = try Dataset(
      x: x, y: Tensor(data.labels.map { Int64(($0 + 1) % 10) }, shape: [1000]), classes: data.classes)
    #expect(try classificationAccuracyScore(samples: wrong, test: Shared.test(), steps: 80).accuracy < 0.1)
  }

  private func probe(seed: UInt64 = 0, _ images: (Dataset) throws -> Tensor) throws -> SampleQuality {
    try SampleQuality(of: images(DrawnDigits.dataset(seed: 7)), by: judge(), neighbourLimit: 500)
  }

  /// Images drawn again and again until there are `count`.
  private func repeated(_ data: Dataset, _ count: Int) throws -> Tensor {
    var generator = SplitMix64(seed: 1)
    return try data.batch((0..<count).map { _ in Int(generator.next() % UInt64(data.count)) }).x
  }
}
