// SPDX-License-Identifier: Apache-2.0

/// Letters that are typed by their names: `\mu<Tab>` gives μ.
enum SymbolNames {
  static let letters: [(name: String, letter: String)] = [
    ("alpha", "α"), ("beta", "β"), ("gamma", "γ"), ("delta", "δ"), ("epsilon", "ε"), ("zeta", "ζ"), ("eta", "η"),
    ("theta", "θ"), ("iota", "ι"), ("kappa", "κ"), ("lambda", "λ"), ("mu", "μ"), ("nu", "ν"), ("xi", "ξ"),
    ("omicron", "ο"), ("pi", "π"), ("rho", "ρ"), ("sigma", "σ"), ("tau", "τ"), ("upsilon", "υ"), ("phi", "φ"),
    ("chi", "χ"), ("psi", "ψ"), ("omega", "ω"), ("Gamma", "Γ"), ("Delta", "Δ"), ("Theta", "Θ"), ("Lambda", "Λ"),
    ("Xi", "Ξ"), ("Pi", "Π"), ("Sigma", "Σ"), ("Phi", "Φ"), ("Psi", "Ψ"), ("Omega", "Ω"), ("nabla", "∇"),
  ]

  /// The letters whose names begin with what stands behind a backslash before the byte `end`; nil when none does.
  static func completion(in code: String, before end: Int) -> Completion? {
    let before = Array(code.utf8.prefix(end))
    guard let backslash = before.lastIndex(of: UInt8(ascii: "\\")), before.count - backslash <= 10 else { return nil }
    let typed = String(decoding: before[(backslash + 1)...], as: UTF8.self)
    guard typed.utf8.allSatisfy({ (65...90).contains($0) || (97...122).contains($0) }) else { return nil }
    let exact = letters.filter { $0.name == typed }
    let fitting = exact.isEmpty ? letters.filter { $0.name.hasPrefix(typed) } : exact
    guard !fitting.isEmpty else { return nil }
    // One becomes its letter; several are shown by their names, to be typed on.
    let matches = fitting.map {
      Completion.Match(fitting.count == 1 ? $0.letter : "\\" + $0.name, .symbol, signature: $0.letter)
    }
    return Completion(replaced: backslash..<end, matches: matches)
  }
}
