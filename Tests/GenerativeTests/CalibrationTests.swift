// SPDX-License-Identifier: Apache-2.0
import Datasets
import Testing

@testable import Generative

@Suite struct CalibrationTests {
  @Test("The errors are those of the definition, worked out by hand")
  func byHand() throws {
    let found = try Calibration(
      confidences: [0.95, 0.95, 0.95, 0.95, 0.55, 0.55], right: [true, true, true, false, true, false], bins: 10)
    #expect(found.bins.map(\.count) == [0, 0, 0, 0, 0, 2, 0, 0, 0, 4])
    #expect(found.bins[9].accuracy == 0.75 && abs(found.bins[9].gap - 0.2) < 1e-12)
    #expect(abs(found.expectedError - (4 * 0.2 + 2 * 0.05) / 6) < 1e-12)
    #expect(abs(found.largestError - 0.2) < 1e-12)
    #expect(abs(found.accuracy - 4.0 / 6) < 1e-12 && abs(found.confidence - 4.9 / 6) < 1e-12)
  }

  @Test("A bin holds what lies above its lower end, up to its upper end; nothing falls outside")
  func ends() throws {
    let found = try Calibration(
      confidences: [0, 0.5, 0.500001, 1, 2, -1], right: [false, true, true, true, true, false], bins: 2)
    #expect(found.bins.map(\.count) == [3, 3])
    #expect(try Calibration(confidences: [], right: []).expectedError == 0)
  }

  @Test("A number of bins that makes no sense is an error", arguments: [0, -1, 1001, Int.max, Int.min])
  func bins(count: Int) {
    #expect(throws: TrainerError.self) { try Calibration(confidences: [0.5], right: [true], bins: count) }
  }

  @Test("A classifier's accuracy and confidence are those of its evaluation")
  func agreesWithEvaluation() throws {
    let classifier = try tinyClassifier()
    try classifier.run(5)
    let data = try tinyDigits()
    let (found, report) = (try classifier.calibration(on: data), try classifier.evaluate(data))
    #expect(abs(found.accuracy - report.accuracy) < 1e-9 && abs(found.confidence - report.confidence) < 1e-5)
    #expect(found.count == data.count)
    classifier.state.shouldStop = { true }
    #expect(throws: TrainerError.self) { try classifier.calibration(on: data) }
  }
}
