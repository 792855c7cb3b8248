// SPDX-License-Identifier: Apache-2.0
import Language

extension Builtin {
  /// The signature as help shows it, such as `mse(input, target, reduction="mean")`.
  var shownSignature: String { signature(as: name) }

  /// The signature behind a dot, where the first argument stands before it.
  var shownMethod: String { ".\(name)(\(parameters.dropFirst().map(\.shown).joined(separator: ", ")))" }
}

extension ParameterDescription {
  /// The parameter in a signature, with its default.
  fileprivate var shown: String {
    switch consumption {
    case .positionalRest: "*\(name)"
    case .namedRest: "**\(name)"
    case .single: defaultValue.map { "\(name)=\($0.value.literalText)" } ?? name
    }
  }

  /// The type, or the words that it may be.
  var shownType: String {
    guard case .words(let words)? = choices else { return typeName }
    return words.map { "\"\($0)\"" }.joined(separator: " | ")
  }
}
