// SPDX-License-Identifier: Apache-2.0
import Glibc

/// How many bytes the system could still give out without swapping, or nil when it does not say.
///
/// Linux grants more than it has and stops the process when the pages are touched, so large requests ask first.
func availableMemory() -> Int? {
  guard let file = fopen("/proc/meminfo", "re") else { return nil }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 128)
  while fgets(&line, Int32(line.count), file) != nil {
    let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    guard text.hasPrefix("MemAvailable:") else { continue }
    return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 &* 1024 }
  }
  return nil
}
