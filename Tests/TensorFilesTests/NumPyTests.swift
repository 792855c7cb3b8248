// SPDX-License-Identifier: Apache-2.0
import Tensors
import Testing

@testable import TensorFiles

@Suite struct NumPyTests {
  @Test(arguments: ["stored.npz", "deflated.npz"]) func readsWhatNumPyWrote(_ name: String) throws {
    let file = try NPZFile(contentsOf: fixture(name))
    let images = try file.array("images")
    #expect(images.type == .uint8)
    #expect(images.shape == [2, 3, 4])
    #expect(images.bytes == Array(0..<24))
    #expect(try file.array("floats").tensor().scalars() == [-1, -0.5, 0, 0.5, 1])
    #expect(try file.array("doubles").tensor().scalars() == [1e-3, 2])
    #expect(try file.array("columns").tensor().integers() == [0, 1, 2, 3, 4, 5])
    #expect(try file.array("columns").shape == [2, 3])
    #expect(try file.array("flags").tensor().booleans() == [true, false])
    #expect(try file.array("number").shape == [])
    #expect(throws: TensorFileError.missing(name: "x", present: file.arrays.map(\.name))) { try file.array("x") }
  }

  @Test func onlyTheArraysAskedForAreUnpacked() throws {
    let file = try NPZFile(contentsOf: fixture("deflated.npz"), names: ["flags"])
    #expect(file.arrays.map(\.name) == ["flags"])
  }

  @Test func halvesAreReadAndComplexNumbersRefused() throws {
    #expect(try NPYFile.read(fixture("halves.npy")).tensor().scalars() == [0.5, -2])
    #expect(throws: TensorFileError.unsupported(format: "npy", what: "elements of type <c16")) {
      try NPYFile.read(fixture("complex.npy"))
    }
  }

  @Test(arguments: [false, true]) func whatIsWrittenReadsBackTheSame(_ compressing: Bool) throws {
    let file = NPZFile(arrays: [
      ("images", try NumPyArray(type: .uint8, shape: [2, 2], bytes: [1, 2, 3, 255])),
      ("labels", NumPyArray(try Tensor([3, -4] as [Int64], shape: [2]))), ("empty", NumPyArray(try .zeros([0, 3]))),
    ])
    let read = try NPZFile(file.encode(compressing: compressing))
    #expect(read.arrays.map(\.name) == ["images", "labels", "empty"])
    #expect(try read.array("images").bytes == [1, 2, 3, 255])
    #expect(try read.array("labels").tensor().integers() == [3, -4])
    #expect(try read.array("empty").shape == [0, 3])
  }

  @Test(arguments: [
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4), }",
    "{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }",
    "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }",
    "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "{'descr': '<f4', 'fortran_order': 0}",
    "{'descr': '<f4'", "{", "", "{'a': 'b', 'a", "{'shape': (-1,)}",
  ])
  func aDamagedHeaderIsAnError(_ header: String) {
    let text = Array(header.utf8)
    let bytes =
      [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0] + littleEndian([UInt16(text.count)]) + text + [0, 0, 128, 63]
    #expect(throws: TensorFileError.self) { try NPYFile.decode(bytes) }
  }

  @Test func damageNeverTrapsAndCutsAreErrors() throws {
    let file = NPZFile(arrays: [("a", NumPyArray(try .ones([3]))), ("b", NumPyArray(try .ones([2, 2])))])
    let random = RandomStream(seed: 6)
    for compressing in [false, true] {
      let bytes = try file.encode(compressing: compressing)
      for count in 0..<bytes.count { #expect(throws: TensorFileError.self) { try NPZFile(Array(bytes[..<count])) } }
      for _ in 0..<5_000 {
        var changed = bytes
        for _ in 0..<2 {
          changed[Int(random.next() % UInt64(changed.count))] = UInt8(truncatingIfNeeded: random.next())
        }
        _ = try? NPZFile(changed)
      }
    }
  }
}
