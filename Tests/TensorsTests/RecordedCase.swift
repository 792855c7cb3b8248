// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Tensors

/// One operation as `Fixtures/make_fixtures.py` recorded it.
struct RecordedCase: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let numbers: [Double]
  let inputs: [RecordedTensor]
  let result: RecordedTensor
  let weights: RecordedTensor?
  let gradients: [String: RecordedTensor]

  var testDescription: String { "\(name) \(inputs.map(\.shape)) \(numbers)" }

  /// A whole number among the arguments.
  func int(_ index: Int) -> Int { Int(numbers[index]) }

  /// An axis, when one was given.
  var axis: Int? { numbers.isEmpty ? nil : int(0) }
}

struct RecordedFile: Decodable {
  let cases: [RecordedCase]
}

struct RecordedTensor: Decodable, Sendable {
  let shape: [Int]
  let type: String
  let values: [Double]

  func tensor() throws(TensorError) -> Tensor {
    switch type {
    case "f32": try Tensor(values.map { Float($0) }, shape: Shape(shape))
    case "i64": try Tensor(values.map { Int64($0) }, shape: Shape(shape))
    default: try Tensor(values.map { $0 != 0 }, shape: Shape(shape))
    }
  }
}
