// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing

@testable import TensorFiles

/// Whether files beside the tests are written anew instead of being compared.
var isUpdating: Bool { getenv("UPDATE_GOLDEN") != nil }

/// Compares bytes with those of a fixture.
func expectBytes(_ bytes: [UInt8], _ name: String) throws {
  if isUpdating {
    try writeAtomically(fixture(name)) { (file) throws(TensorFileError) in try file.write(bytes) }
  }
  let recorded = try FileReading(fixture(name))
  let expected = try recorded.bytes(at: 0, count: recorded.size)
  #expect(expected == bytes, "\(name) differs")
}

/// The path of a file in the folder of fixtures.
func fixture(_ name: String, file: String = #filePath) -> String {
  file.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Fixtures/" + name
}

/// Runs a test with a new directory that is removed afterwards.
func withTemporaryDirectory(_ body: (String) throws -> Void) throws {
  var template = Array("/tmp/tensor-files-XXXXXX".utf8CString)
  try template.withUnsafeMutableBufferPointer { buffer in
    guard let start = buffer.baseAddress, mkdtemp(start) != nil else { throw NoDirectory() }
    let directory = String(cString: start)
    defer { remove(directory) }
    try body(directory)
  }
}

struct NoDirectory: Error {}

/// The names of the files in a directory, sorted.
func filesIn(_ directory: String) throws -> [String] {
  guard let handle = opendir(directory) else { throw NoDirectory() }
  defer { closedir(handle) }
  var names: [String] = []
  while let entry = readdir(handle) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    if name != "." && name != ".." { names.append(name) }
  }
  return names.sorted()
}

private func remove(_ directory: String) {
  for name in (try? filesIn(directory)) ?? [] { unlink(directory + "/" + name) }
  rmdir(directory)
}
