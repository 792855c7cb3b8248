// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

@testable import Datasets

/// A folder that is gone when the test is over.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "easel-\(UInt64.random(in: 0 ... .max))"
    try FileBytes.makeFolder(path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    try FileBytes.write(bytes, to: path + "/" + name)
    return path + "/" + name
  }

  func file(_ name: String, _ text: String) throws -> String { try file(name, Array(text.utf8)) }
}

/// A small labelled set of byte images: image i is filled with i, its label is i mod 3.
func counted(_ count: Int, side: Int = 2) -> Dataset {
  Dataset(
    name: "counted", exampleShape: [1, side, side], classes: ["a", "b", "c"],
    storage: .bytes(
      (0..<count).flatMap { Array(repeating: UInt8(truncatingIfNeeded: $0), count: side * side) }, offset: 0),
    storedLabels: (0..<count).map { Int32($0 % 3) })
}
