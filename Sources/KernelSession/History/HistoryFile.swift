// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The file in which inputs outlive their session.
///
/// Each entry is a line `#TIME SESSION NUMBER` and the lines of the input below it, so GNU readline reads it too. A
/// line of an input that would look like such a line gets a blank in front, which means nothing in a program.
struct HistoryFile: Sendable {
  /// At most this many entries are kept when the file is read.
  static let limit = 10_000
  /// A file that is larger is not read: it is not ours.
  static let byteLimit = 64 << 20

  let path: String

  /// The entries of the file, oldest first; empty when there is none.
  func load() -> [HistoryEntry] {
    guard let bytes = FileBytes.read(path, limit: HistoryFile.byteLimit) else { return [] }
    let entries = HistoryFile.parse(String(decoding: bytes, as: UTF8.self))
    guard entries.count > HistoryFile.limit * 2 else { return entries }
    let kept = Array(entries.suffix(HistoryFile.limit))
    rewrite(kept)
    return kept
  }

  /// Appends an entry, in one write, so that sessions that run side by side do not mix their lines.
  ///
  /// Failing is silent: a full disk or a read-only home must not stop the work.
  func append(_ entry: HistoryEntry) {
    FileBytes.makeFolders(for: path)
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    FileBytes.write(Array(HistoryFile.text(entry).utf8), to: descriptor)
  }

  private func rewrite(_ entries: [HistoryEntry]) {
    FileBytes.replace(path, with: Array(entries.map(HistoryFile.text).joined().utf8), mode: 0o600)
  }

  static func text(_ entry: HistoryEntry) -> String {
    let lines = entry.input.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let safe = lines.map { isStamp($0) ? " " + $0 : String($0) }.joined(separator: "\n")
    return "#\(entry.time) \(entry.session) \(entry.number)\n\(safe)\n"
  }

  static func parse(_ text: String) -> [HistoryEntry] {
    var entries: [HistoryEntry] = []
    var lines: [Substring] = []
    func finish() {
      guard !entries.isEmpty else { return lines = [] }
      entries[entries.count - 1].input = lines.joined(separator: "\n")
      lines = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard let stamp = stamp(line) else {
        lines.append(line)
        continue
      }
      finish()
      entries.append(stamp)
    }
    // The text ends in a newline, behind which nothing is.
    if lines.last == "" { lines.removeLast() }
    finish()
    return entries.filter { !$0.input.isEmpty }
  }

  private static func isStamp(_ line: Substring) -> Bool {
    let rest = line.dropFirst()
    return line.first == "#" && rest.first?.isASCII == true && rest.first?.isNumber == true
  }

  private static func stamp(_ line: Substring) -> HistoryEntry? {
    guard isStamp(line) else { return nil }
    let numbers = line.dropFirst().split(separator: " ").map { Int($0) ?? 0 }
    return HistoryEntry(
      session: numbers.count > 1 ? max(0, numbers[1]) : 0, number: numbers.count > 2 ? max(0, numbers[2]) : 0,
      input: "", time: numbers.first ?? 0)
  }
}
