// SPDX-License-Identifier: Apache-2.0

extension Failure {
  /// The lines of the report in the sixteen colours of the user's theme, for terminals and notebooks.
  ///
  /// Nothing is said by colour alone: the plain lines hold every word.
  public var colouredLines: [String] {
    lines.enumerated().map { index, line in
      if index == 0, line.hasPrefix(className) {
        return "\u{1B}[1;31m\(className)\u{1B}[0m" + line.dropFirst(className.count)
      }
      return Failure.coloured(line)
    }
  }

  private static func coloured(_ line: String) -> String {
    let words = line.drop { $0 == " " }
    if words.first == "^" { return "\u{1B}[33m\(line)\u{1B}[0m" }
    for mark in ["help:", "or:", "帮助：", "或："] where words.hasPrefix(mark) {
      let indent = line.prefix(line.count - words.count)
      return "\(indent)\u{1B}[36m\(mark)\u{1B}[0m\(words.dropFirst(mark.count))"
    }
    return line
  }
}
