// SPDX-License-Identifier: Apache-2.0

/// All builtins of one name, as one function: the type of the first argument picks the variant.
public final class BuiltinFunction: Function, Sendable {
  /// The name.
  let title: String
  /// The variants in order of preference.
  public let variants: [Builtin]
  /// Names of the parameters of all variants, in order.
  public let parameterNames: [String]
  /// Names of the parameters whose arguments are handed over unevaluated.
  public let lazyParameters: [String]
  private let takesAnyName: Bool

  init(_ title: String, _ variants: [Builtin]) {
    self.title = title
    self.variants = variants
    let parameters = variants.flatMap(\.parameters)
    let named = parameters.filter { $0.consumption == .single }.map(\.name)
    parameterNames = named.enumerated().filter { named.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    lazyParameters = parameters.filter(\.isLazy).map(\.name)
    takesAnyName = parameters.contains { $0.consumption == .namedRest }
  }

  /// The name.
  public var name: String? { title }

  /// The signatures of all variants.
  public var signature: String { variants.map { $0.signature(as: title) }.joined(separator: " | ") }

  /// Whether any variant takes an argument of this name.
  func takes(_ name: String) -> Bool { takesAnyName || parameterNames.contains(name) }

  /// Calls the variant that fits; throws a type error when the arguments do not.
  public func callAsFunction(_ arguments: Arguments, in call: Call) throws -> Value {
    let builtin = try variant(for: arguments)
    do {
      return try builtin.body(call, ArgumentBinder(builtin, title).bind(arguments))
    } catch {
      let diagnostic = error as? Diagnostic ?? call.evaluator.table.explanation(error, call)
      guard let diagnostic, diagnostic.source == nil else { throw error }
      throw diagnostic.pointingAtPositions(of: builtin, given: arguments)
    }
  }

  // MARK: Variants

  /// The types that the first argument may have.
  var firstTypes: [String] {
    let types = variants.compactMap { $0.parameters.first?.typeName }
    return types.enumerated().filter { types.firstIndex(of: $0.element) == $0.offset }.map(\.element)
  }

  private func variant(for arguments: Arguments) throws(Diagnostic) -> Builtin {
    if variants.count == 1 { return variants[0] }
    if let first = arguments.positional.first {
      guard let match = variants.first(where: { $0.parameters.first?.accepts(asFirst: first) ?? false }) else {
        throw CallMistake.noVariant(self, for: first)
      }
      return match
    }
    return try variant(forNamed: arguments)
  }

  /// Without positional arguments, the variant whose first parameter is given by name, or that needs none.
  private func variant(forNamed arguments: Arguments) throws(Diagnostic) -> Builtin {
    for variant in variants {
      guard let first = variant.parameters.first else {
        if arguments.named.isEmpty { return variant }
        continue
      }
      if let given = arguments.named.first(where: { $0.name == first.name }) {
        if first.accepts(given.value) { return variant }
      } else if first.isOptional {
        return variant
      }
    }
    throw CallMistake.missingFirst(of: self)
  }
}

extension ParameterDescription {
  /// Whether the first argument of a call can go here.
  func accepts(asFirst value: Value) -> Bool {
    switch consumption {
    case .single: accepts(value)
    case .positionalRest: accepts(.list([value]))
    case .namedRest: false
    }
  }
}

extension Builtin {
  /// The signature under one of its names, such as `mse(input, target, reduction="mean")`.
  public func signature(as name: String) -> String {
    let parameters = parameters.map { parameter in
      switch parameter.consumption {
      case .positionalRest: "*\(parameter.name)"
      case .namedRest: "**\(parameter.name)"
      case .single: parameter.defaultValue.map { "\(parameter.name)=\($0.value.literalText)" } ?? parameter.name
      }
    }
    return "\(name)(\(parameters.joined(separator: ", ")))"
  }
}
