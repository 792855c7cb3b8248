// SPDX-License-Identifier: Apache-2.0

/// What `Package.swift` says each target may import, read from its text.
struct Manifest {
  private(set) var dependencies: [String: Set<String>] = [:]

  init(_ text: String) {
    let tokens = Self.tokens(of: text)
    for (index, token) in tokens.enumerated() {
      guard case .name(let function) = token,
        ["library", "target", "executableTarget", "systemLibrary"].contains(function)
      else { continue }
      readTarget(tokens[(index + 1)...])
    }
  }

  /// Reads `( name: "X", dependencies: [ … ]`, labels or not; the first list of names is the dependencies.
  private mutating func readTarget(_ tokens: ArraySlice<Token>) {
    var name: String?
    var names: Set<String> = []
    var isInList = false
    for token in tokens {
      switch token {
      case .text(let text) where name == nil: name = text
      case .text(let text) where isInList: names.insert(text)
      case .symbol("[") where name != nil: isInList = true
      case .symbol("]") where isInList, .name("exclude"), .name("settings"), .name("providers"):
        if let name, dependencies[name] == nil { dependencies[name] = names }
        return
      default: continue
      }
    }
  }

  private enum Token: Equatable {
    case name(String)
    case text(String)
    case symbol(Character)
  }

  private static func tokens(of text: String) -> [Token] {
    var result: [Token] = []
    for line in text.split(separator: "\n") where !line.drop(while: { $0 == " " }).hasPrefix("//") {
      var rest = Substring(line)
      while let first = rest.first {
        if first == "\"" {
          let body = rest.dropFirst().prefix { $0 != "\"" }
          result.append(.text(String(body)))
          rest = rest.dropFirst(body.count + 2)
        } else if first.isLetter {
          let word = rest.prefix { $0.isLetter || $0.isNumber }
          result.append(.name(String(word)))
          rest = rest.dropFirst(word.count)
        } else {
          if !first.isWhitespace { result.append(.symbol(first)) }
          rest = rest.dropFirst()
        }
      }
    }
    return result
  }
}
