// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import TestSupport
import Testing

@testable import Tensors

private func recordedCases() -> [RecordedCase] {
  guard let bytes = try? fixture("Fixtures/operations.json") else { return [] }
  return (try? JSONDecoder().decode(RecordedFile.self, from: Data(bytes)))?.cases ?? []
}

@Suite struct RecordedValuesTests {
  @Test func theFixtureIsThere() {
    #expect(recordedCases().count >= 160)
    #expect(Set(recordedCases().map(\.name)) == Set(recordedOperations.keys))
  }

  @Test(arguments: recordedCases()) func valueAndGradientsAreThoseOfPyTorch(_ row: RecordedCase) throws {
    let operation = try #require(recordedOperations[row.name])
    var inputs: [Tensor] = []
    for (index, input) in row.inputs.enumerated() {
      let tensor = try input.tensor()
      inputs.append(row.gradients["\(index)"] == nil ? tensor : try tensor.requiringGradient())
    }
    let result = try operation(inputs, row)
    let expected = try row.result.tensor()
    #expect(result.dtype == expected.dtype)
    expectClose(result, expected, "\(row.testDescription): value")
    guard let weights = try row.weights?.tensor() else { return }
    try backward(sum(result * weights))
    for (index, gradient) in row.gradients.sorted(by: { $0.key < $1.key }) {
      let found = try #require(inputs[Int(index) ?? 0].gradient)
      expectClose(found, try gradient.tensor(), tolerance: 2e-5, "\(row.testDescription): gradient \(index)")
    }
  }
}
