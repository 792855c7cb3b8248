// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
public import Testing

/// Compares a text with the file `Golden/NAME` beside the test's own file.
///
/// With `UPDATE_GOLDEN=1` in the environment the file is written instead; look at the difference before committing it.
///
/// - Parameters:
///   - text: What the code makes now.
///   - name: The file's name inside the folder `Golden`.
///   - testFile: The test's own file.
///   - sourceLocation: Where a difference is reported.
public func expectGolden(
  _ text: String, _ name: String, testFile: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
) {
  let file = URL(filePath: testFile).deletingLastPathComponent().appending(path: "Golden").appending(path: name)
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
    write(text, to: file, sourceLocation)
    return
  }
  guard let data = try? Data(contentsOf: file) else {
    Issue.record("no golden file \(name); UPDATE_GOLDEN=1 writes it", sourceLocation: sourceLocation)
    return
  }
  let expected = String(decoding: data, as: UTF8.self)
  guard expected != text else { return }
  Issue.record("\(name): \(firstDifference(expected, text))", sourceLocation: sourceLocation)
}

/// The bytes of a file beside the test's own file, such as a fixture.
///
/// - Parameters:
///   - path: The path from the test's folder.
///   - testFile: The test's own file.
/// - Returns: The bytes.
/// - Throws: When the file cannot be read.
public func fixture(_ path: String, testFile: String = #filePath) throws -> [UInt8] {
  let file = URL(filePath: testFile).deletingLastPathComponent().appending(path: path)
  return try [UInt8](Data(contentsOf: file))
}

private func write(_ text: String, to file: URL, _ sourceLocation: SourceLocation) {
  do {
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  } catch {
    Issue.record("cannot write \(file.path): \(error)", sourceLocation: sourceLocation)
  }
}

/// The first line in which two texts differ, with both versions.
private func firstDifference(_ expected: String, _ found: String) -> String {
  let (old, new) = (lines(expected), lines(found))
  let index = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(old.count, new.count)
  let (before, after) = (index < old.count ? old[index] : "(end)", index < new.count ? new[index] : "(end)")
  return "line \(index + 1)\n  expected: \(before)\n  found:    \(after)"
}

private func lines(_ text: String) -> [Substring] {
  text.split(separator: "\n", omittingEmptySubsequences: false)
}
