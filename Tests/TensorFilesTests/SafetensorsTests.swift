// SPDX-License-Identifier: Apache-2.0
import Tensors
import Testing

@testable import TensorFiles

@Suite struct SafetensorsTests {
  @Test func readsWhatPythonWrote() throws {
    let file = try SafetensorsFile(contentsOf: fixture("torch.safetensors"))
    #expect(file.metadata["note"] == "a \"note\"")
    #expect(file["weight"]?.scalars() == [0, 0.25, 0.5, 0.75, 1, 1.25])
    #expect(file["weight"]?.shape == [2, 3])
    #expect(file["double"]?.scalars() == [1.5, -2.25, 1e-3])
    let half = try #require(file["half"]?.scalars())
    #expect(half[0...3] == [1.5, -65504, 5.9604645e-8, .infinity])
    #expect(half[4].isNaN)
    #expect(half[5] == 0.099975586)
    #expect(file["brain"]?.scalars() == [1.5, -3.0040553e38, 0.100097656])
    #expect(file["labels"]?.integers() == [-1, 1 << 40])
    #expect(file["bytes"]?.integers() == [0, 255, 7, 8])
    #expect(file["small"]?.integers() == [-7, 7])
    #expect(file["mask"]?.booleans() == [true, false, true])
    #expect(file["mask"]?.dtype == .bool)
    #expect(file["scalar"]?.shape == [])
    #expect(file["empty"]?.shape == [0, 4])
    #expect(file["名字"]?.scalars() == [1])
    #expect(try SafetensorsFile.metadata(ofFileAt: fixture("torch.safetensors")) == file.metadata)
  }

  @Test func whatIsWrittenReadsBackTheSame() throws {
    let file = SafetensorsFile(
      tensors: [
        ("G.0.weight", try RandomStream(seed: 1).normal([3, 5])), ("labels", try Tensor([Int64.min, 7], shape: [2])),
        ("mask", try Tensor([true, false, true], shape: [3])), ("after \"odd\" bytes \u{1F600}", try Tensor(0.1)),
      ], metadata: ["epoch": "3", "b": "\n"])
    try withTemporaryDirectory { directory in
      try file.write(to: directory + "/a.safetensors")
      let read = try SafetensorsFile(contentsOf: directory + "/a.safetensors")
      #expect(read.metadata == file.metadata)
      #expect(read.tensors.map(\.name) == file.tensors.map(\.name))
      for (name, tensor) in file.tensors {
        #expect(read[name]?.scalars() == tensor.scalars())
        #expect(read[name]?.dtype == tensor.dtype)
      }
      let left = try filesIn(directory)
      #expect(left == ["a.safetensors"])
    }
  }

  @Test func aWriteThatFailsLeavesTheOldFile() throws {
    try withTemporaryDirectory { directory in
      let path = directory + "/missing/a.safetensors"
      #expect(throws: TensorFileError.unwritable(path: path, reason: "No such file or directory")) {
        try SafetensorsFile().write(to: path)
      }
      #expect(throws: TensorFileError.self) {
        try SafetensorsFile(tensors: [("a", .zeros([1])), ("a", .zeros([1]))]).write(to: directory + "/b")
      }
      let left = try filesIn(directory)
      #expect(left == [])
    }
  }

  @Test(arguments: [
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#,
    #"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}}"#,
    #"{"a":{"dtype":"BOOL","shape":[4],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F32","shape":[1]}}"#,
    #"{"__metadata__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
    #"{"__metadata__":[1]}"#,
    #"[]"#, #"{"#, #"{}"#, "", "{\"a\"",
  ])
  func aDamagedHeaderIsAnError(_ header: String) {
    let bytes = littleEndian([UInt64(header.utf8.count)]) + Array(header.utf8) + [9, 0, 0, 0]
    #expect(throws: TensorFileError.self) { try SafetensorsFile(bytes) }
  }

  @Test func everyCutAndEveryFlippedLengthIsAnError() throws {
    let bytes = try SafetensorsFile(tensors: [("a", .ones([3])), ("b", .ones([2]))]).encode()
    for count in 0..<bytes.count {
      #expect(throws: TensorFileError.self) { try SafetensorsFile(Array(bytes[..<count])) }
    }
    #expect(throws: TensorFileError.self) { try SafetensorsFile(bytes + [0]) }
    for bit in 0..<64 {
      var changed = bytes
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: TensorFileError.self) { try SafetensorsFile(changed) }
    }
  }

  @Test func randomDamageNeverTraps() throws {
    let bytes = try SafetensorsFile(tensors: [("a", .ones([3])), ("b", .ones([2]))], metadata: ["k": "v"]).encode()
    let random = RandomStream(seed: 5)
    for _ in 0..<5_000 {
      var changed = bytes
      for _ in 0..<3 {
        changed[Int(random.next() % UInt64(changed.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      _ = try? SafetensorsFile(changed)
    }
  }
}
