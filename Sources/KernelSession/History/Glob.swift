// SPDX-License-Identifier: Apache-2.0

extension String {
  /// Whether the whole text matches `pattern`, in which `*` stands for any text and `?` for one character.
  ///
  /// Takes time proportional to the product of both lengths at worst.
  func matchesGlob(_ pattern: String) -> Bool {
    let text = Array(unicodeScalars)
    let pattern = Array(pattern.unicodeScalars)
    var place = 0
    var next = 0
    var retry: (place: Int, next: Int)?
    while place < text.count {
      if next < pattern.count, pattern[next] == "*" {
        retry = (place, next + 1)
        next += 1
      } else if next < pattern.count, pattern[next] == "?" || pattern[next] == text[place] {
        place += 1
        next += 1
      } else if let last = retry {
        retry = (last.place + 1, last.next)
        place = last.place + 1
        next = last.next
      } else {
        return false
      }
    }
    return pattern[next...].allSatisfy { $0 == "*" }
  }
}
