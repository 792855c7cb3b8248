// SPDX-License-Identifier: Apache-2.0

/// Something that can be called with arguments: a `def`, a lambda, a builtin, a method of a host object.
public protocol Function: AnyObject {
  /// The name it was defined with; nil for a lambda.
  var name: String? { get }
  /// The signature as help shows it, such as `mse(input, target, reduction="mean")`.
  var signature: String { get }
  /// Names of the parameters that can be given by name.
  var parameterNames: [String] { get }
  /// The text of the definition, when a program made it.
  var definition: String? { get }
  /// Names of the parameters whose arguments are handed over unevaluated.
  var lazyParameters: [String] { get }
  /// Told when the function is bound to a variable; a lambda takes the first one as its name.
  func assigned(to name: String)
  /// Calls the function; throws a `Diagnostic` or an error that the table knows how to explain.
  func callAsFunction(_ arguments: Arguments, in call: Call) throws -> Value
}

extension Function {
  /// None, unless a program made it.
  public var definition: String? { nil }
  /// None, unless a builtin says otherwise.
  public var lazyParameters: [String] { [] }
  /// Nothing happens.
  public func assigned(to name: String) {}
}

/// The arguments of one call, evaluated from left to right.
public struct Arguments {
  /// The arguments without names, in order; for `a.f(b)`, `a` comes first.
  public var positional: [Value]
  /// The arguments with names, in order.
  public var named: [(name: String, value: Value)]

  /// Makes the arguments of a call.
  public init(_ positional: [Value] = [], named: [(name: String, value: Value)] = []) {
    self.positional = positional
    self.named = named
  }
}

/// A function made of a Swift closure, for methods that a host object hands out as values.
public final class NativeFunction: Function {
  /// The name.
  public let name: String?
  /// The signature as help shows it.
  public let signature: String
  /// Names of the parameters that can be given by name.
  public let parameterNames: [String]
  private let body: (Arguments, Call) throws -> Value

  /// Wraps `body`; the signature is what help shows.
  public init(
    _ name: String, signature: String, parameterNames: [String] = [],
    body: @escaping (Arguments, Call) throws -> Value
  ) {
    self.name = name
    self.signature = signature
    self.parameterNames = parameterNames
    self.body = body
  }

  /// Calls the function.
  public func callAsFunction(_ arguments: Arguments, in call: Call) throws -> Value {
    try body(arguments, call)
  }
}
