// SPDX-License-Identifier: Apache-2.0
import Tensors
import Testing

@testable import TensorFiles

/// What we write stays, byte for byte, what `Fixtures/make_fixtures.py --check` found Python to read correctly.
@Suite struct InterchangeTests {
  @Test func safetensorsStayAsPythonReadsThem() throws {
    let file = SafetensorsFile(
      tensors: [
        ("G.0.weight", try Tensor([0.5, -1, 3e38, 0x1p-140, .infinity, 0.1], shape: [2, 3])),
        ("labels", try Tensor([Int64.min, 7], shape: [2])), ("mask", try Tensor([true, false, true], shape: [3])),
        ("名字 \"quoted\"", try Tensor(2.5)),
      ], metadata: ["made_by": "easel", "lines": "a\nb"])
    try expectBytes(file.encode(), "ours.safetensors")
  }

  @Test func archivesStayAsNumPyReadsThem() throws {
    let file = NPZFile(arrays: [
      ("images", try NumPyArray(type: .uint8, shape: [2, 1, 3], bytes: [0, 1, 2, 253, 254, 255])),
      ("labels", NumPyArray(try Tensor([3, -4] as [Int64], shape: [2]))),
      ("x", NumPyArray(try Tensor([0.5, 0.1, -2], shape: [3, 1]))),
      ("mask", NumPyArray(try Tensor([true, false], shape: [2]))), ("number", NumPyArray(try Tensor(7.0))),
    ])
    try expectBytes(file.encode(), "ours.npz")
    // Deflate's bytes may change with zlib's version; what it holds may not.
    let again = try NPZFile(file.encode(compressing: true))
    #expect(again.arrays.map(\.array.bytes) == file.arrays.map(\.array.bytes))
  }
}
