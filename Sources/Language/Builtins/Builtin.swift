// SPDX-License-Identifier: Apache-2.0

/// One builtin: name, signature, documentation, examples, completion and body in one declaration.
///
/// The closure receives exactly the Swift types of the parameters. Several builtins may share a name when the types of
/// their first parameters differ: they are variants.
public struct Builtin: Sendable {
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
  /// What the body throws is explained by the table when it is not a `Diagnostic`.
  public init<each Argument: ValueConvertible, Result: ValueConvertible>(
    _ name: String, _ form: Form, in group: Group, _ text: Text, _ parameter: repeat Parameter<each Argument>,
    aliases: [String] = [], examples: [Example], unfolds: String? = nil, seeAlso: [String] = [],
    body: @escaping @Sendable (Call, repeat each Argument) throws -> Result
  ) {
    self.name = name
    self.aliases = aliases
    self.form = form
    self.group = group
    self.text = text
    self.examples = examples
    self.unfolds = unfolds
    self.seeAlso = seeAlso
    var parameters: [ParameterDescription] = []
    repeat parameters.append((each parameter).description)
    let descriptions = parameters
    self.parameters = descriptions
    takesOnlySingles = descriptions.allSatisfy { $0.consumption == .single }
    wordParameters = descriptions.indices.filter { if case .words = descriptions[$0].choices { true } else { false } }
    resultTypeName = Result.typeName
    self.body = { call, values in
      var position = 0
      func next<T: ValueConvertible>(_ type: T.Type) throws -> T {
        defer { position += 1 }
        guard let argument = T.convert(values[position]) else {
          throw call.wrongType(values[position], for: descriptions[position])
        }
        return argument
      }
      return try body(call, repeat next((each Argument).self)).value
    }
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
