// SPDX-License-Identifier: Apache-2.0

/// All builtins of a session, by name.
///
/// The one source of evaluation, verbs, completion, inspection, help and reference.
public final class BuiltinTable: Sendable {
  /// Turns an error of the host's libraries into one that people understand; nil when it does not know it.
  public typealias Explanation = @Sendable (any Error, Call) -> Diagnostic?

  /// The builtins in the order of the reference, core ones first.
  public let builtins: [Builtin]
  /// The types of host objects, for the fields in help and completion.
  public let hostTypes: [any HostObject.Type]
  /// Pages of help that are not about one builtin.
  public let topics: [HelpTopic]
  /// Function objects by every name and alias.
  let functions: [String: BuiltinFunction]
  let explanation: Explanation

  /// Makes the table of the core builtins and those of the host.
  ///
  /// A host variant of a core name is tried before the core's.
  public init(
    _ builtins: [Builtin] = [], hostTypes: [any HostObject.Type] = [], topics: [HelpTopic] = [],
    explaining explanation: @escaping Explanation = { _, _ in nil }
  ) {
    self.builtins = CoreBuiltins.all + builtins
    self.hostTypes = [RangeObject.self, SequenceObject.self] + hostTypes
    self.topics = topics + HelpTopic.core
    self.explanation = explanation
    var variants: [String: [Builtin]] = [:]
    for builtin in builtins + CoreBuiltins.all {
      for name in [builtin.name] + builtin.aliases { variants[name, default: []].append(builtin) }
    }
    functions = variants.reduce(into: [:]) { $0[$1.key] = BuiltinFunction($1.key, $1.value) }
  }

  /// The builtins with this name or alias; empty when there are none.
  public func variants(named name: String) -> [Builtin] { functions[name]?.variants ?? [] }

  /// Every name and alias, sorted.
  public var names: [String] { functions.keys.sorted() }

  /// What the parser needs to know.
  public var grammar: Grammar {
    Grammar(
      verbs: Set(functions.values.filter { $0.variants.contains { $0.form == .verb } }.map { $0.title }),
      lazyParameters: Set(functions.values.flatMap(\.lazyParameters)))
  }
}

/// What the grammar depends on: the words that may start a statement without parentheses, and the names of lazy
/// arguments.
public struct Grammar: Sendable, Hashable {
  /// The verbs.
  public let verbs: Set<String>
  /// Names of arguments that are not evaluated before the call.
  public let lazyParameters: Set<String>

  /// Makes a grammar.
  public init(verbs: Set<String> = [], lazyParameters: Set<String> = []) {
    self.verbs = verbs
    self.lazyParameters = lazyParameters
  }
}
