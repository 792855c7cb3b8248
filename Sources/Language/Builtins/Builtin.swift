// SPDX-License-Identifier: Apache-2.0

/// One builtin: name, signature, documentation, examples, completion and body in one declaration.
///
/// The closure receives exactly the Swift types of the parameters. Several builtins may share a name when the types of
/// their first parameters differ: they are variants.
public final class Builtin: Sendable {
  /// How a builtin is used.
  public enum Form: Sendable, Hashable {
    /// May start a statement without parentheses, and then shows its value.
    case verb
    /// Computes.
    case function
    /// Makes a live object.
    case constructor
  }

  /// The name.
  public let name: String
  /// Other names for the same.
  public let aliases: [String]
  /// How it is used.
  public let form: Form
  /// The heading under which help lists it.
  public let group: Group
  /// One sentence.
  public let text: Text
  /// The parameters in order.
  public let parameters: [ParameterDescription]
  /// The type of the result.
  public let resultTypeName: String
  /// At least one line to try.
  public let examples: [Example]
  /// What `??` prints: the same written out in the command language.
  public let unfolds: String?
  /// Names of related builtins and help topics.
  public let seeAlso: [String]
  /// Whether each parameter takes one argument, so that binding is trivial.
  let takesOnlySingles: Bool
  /// The parameters that take one of a few words.
  let wordParameters: [Int]
  /// Takes one value for each parameter.
  let body: @Sendable (Call, [Value]) throws -> Value

  /// Declares a builtin.
  ///
  /// What the body throws is explained by the table when it is not a `Diagnostic`. Inlinable, so that the conversions
  /// of the arguments are compiled for their types where the builtin is declared.
  @inlinable
  public convenience init<each Argument: ValueConvertible, Result: ValueConvertible>(
    _ name: String, _ form: Form, in group: Group, _ text: Text, _ parameter: repeat Parameter<each Argument>,
    aliases: [String] = [], examples: [Example], unfolds: String? = nil, seeAlso: [String] = [],
    body: @escaping @Sendable (Call, repeat each Argument) throws -> Result
  ) {
    var parameters: [ParameterDescription] = []
    repeat parameters.append((each parameter).description)
    let descriptions = parameters
    self.init(
      name, form, group, text, descriptions, aliases, examples, unfolds, seeAlso, Result.typeName
    ) { call, values in
      var reader = ArgumentReader(call, values, descriptions)
      return try body(call, repeat reader.next((each Argument).self)).value
    }
  }

  @usableFromInline
  init(
    _ name: String, _ form: Form, _ group: Group, _ text: Text, _ parameters: [ParameterDescription],
    _ aliases: [String], _ examples: [Example], _ unfolds: String?, _ seeAlso: [String], _ resultTypeName: String,
    body: @escaping @Sendable (Call, [Value]) throws -> Value
  ) {
    self.name = name
    self.form = form
    self.group = group
    self.text = text
    self.parameters = parameters
    self.aliases = aliases
    self.examples = examples
    self.unfolds = unfolds
    self.seeAlso = seeAlso
    self.resultTypeName = resultTypeName
    takesOnlySingles = parameters.allSatisfy { $0.consumption == .single }
    wordParameters = parameters.indices.filter { if case .words = parameters[$0].choices { true } else { false } }
    self.body = body
  }
}

/// A heading of the reference.
public struct Group: Sendable, Hashable {
  /// A short name, as in `help training`.
  public let name: String
  /// The heading.
  public let title: Text

  /// Makes a heading.
  public init(_ name: String, _ title: Text) {
    self.name = name
    self.title = title
  }
}

/// A line to try, shown in help and run by the tests.
public struct Example: Sendable, Hashable {
  /// The line.
  public let code: String
  /// A piece of what it shows; nil when it only has to run.
  public let shows: String?
  /// Lines that run before it and are not shown.
  public let given: String?

  /// Makes an example.
  public init(_ code: String, shows: String? = nil, given: String? = nil) {
    self.code = code
    self.shows = shows
    self.given = given
  }
}

/// A builtin that gives nothing.
public struct Nothing: ValueConvertible, Sendable {
  /// The only one.
  public init() {}

  /// The name in signatures and messages.
  public static var typeName: String { "None" }
  /// The Swift value; nil when `value` is of another type.
  public static func convert(_ value: Value) -> Nothing? {
    guard case .nothing = value else { return nil }
    return Nothing()
  }
  /// The value of the command language.
  public var value: Value { .nothing }
}

/// Hands out the arguments of one call in order, as the types that the body takes.
@usableFromInline
struct ArgumentReader {
  private let call: Call
  private let values: [Value]
  private let parameters: [ParameterDescription]
  private var position = 0

  @usableFromInline
  init(_ call: Call, _ values: [Value], _ parameters: [ParameterDescription]) {
    self.call = call
    self.values = values
    self.parameters = parameters
  }

  @usableFromInline
  mutating func next<T: ValueConvertible>(_ type: T.Type) throws -> T {
    defer { position += 1 }
    do {
      return try T.extract(values[position])
    } catch is TypeMismatch {
      throw CallMistake.wrongType(values[position], for: parameters[position], of: call.name)
    }
  }
}
