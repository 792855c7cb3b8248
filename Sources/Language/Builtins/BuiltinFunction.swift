// SPDX-License-Identifier: Apache-2.0

/// All builtins of one name, as one function: the type of the first argument picks the variant.
public final class BuiltinFunction: Function, Sendable {
  /// The name.
  let title: String
  /// The variants in order of preference.
  public let variants: [Builtin]
  /// Names of the parameters that can be given by name.
  public let parameterNames: [String]
  /// Names of the parameters that are handed over unevaluated.
  public let lazyParameters: [String]

  init(_ title: String, _ variants: [Builtin]) {
    self.title = title
    self.variants = variants
    let parameters = variants.flatMap(\.parameters)
    parameterNames = parameters.map(\.name)
    lazyParameters = parameters.filter(\.isLazy).map(\.name)
  }

  /// The name.
  public var name: String? { title }
  /// The signature as help shows it.
  public var signature: String { title }

  /// Calls the function.
  public func callAsFunction(_ arguments: Arguments, in call: Call) throws -> Value {
    guard let builtin = variants.first else { return .nothing }
    var values = arguments.positional
    for parameter in builtin.parameters.dropFirst(values.count) {
      values.append(parameter.defaultValue?.value ?? .nothing)
    }
    return try builtin.body(call, values)
  }
}
