// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Layers
import Tensors

/// A tensor as the recording script writes it.
struct RecordedTensor: Decodable {
  let shape: [Int]
  let values: [Float]

  func tensor() throws -> Tensor { try Tensor(values, shape: Shape(shape)) }
}

/// One net on one input, computed by PyTorch.
struct LayerCase: Decodable {
  let name: String
  let training: Bool
  let passes: Int
  let input: RecordedTensor
  let state: [String: RecordedTensor]
  let weights: RecordedTensor
  let output: RecordedTensor
  let input_gradient: RecordedTensor?
  let gradients: [String: RecordedTensor]
  let buffers: [String: RecordedTensor]
}

/// Two parameters under given gradients, updated by PyTorch.
struct OptimizerCase: Decodable {
  let name: String
  let start: [RecordedTensor]
  let gradients: [[RecordedTensor?]]
  let values: [[RecordedTensor]]
  let state: [String: RecordedTensor]
}

struct Recording<Case: Decodable>: Decodable {
  let made_by: String
  let cases: [Case]

  init(_ file: String) throws {
    let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    let data = try Data(contentsOf: URL(filePath: "/\(folder)/Fixtures/\(file)"))
    self = try JSONDecoder().decode(Self.self, from: data)
  }
}

/// Whether numbers agree to `tolerance`, relative to the largest of those expected.
func isClose(_ found: Tensor, _ expected: RecordedTensor, tolerance: Float = 1e-5) -> Bool {
  guard found.shape.dimensions == expected.shape else { return false }
  let scale = max(expected.values.map(\.magnitude).max() ?? 1, 1e-3)
  return zip(found.scalars(), expected.values).allSatisfy { ($0 - $1).magnitude <= tolerance * scale }
}
