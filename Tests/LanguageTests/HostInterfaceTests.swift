// SPDX-License-Identifier: Apache-2.0
import Language
import Testing

/// A live object as a host would write one.
private final class Counter: HostObject {
  static let typeName = "Counter"
  static let fields: [Field<Counter>] = [
    Field("count", Text("How far it is.", zh: "当前计数。")) {
      $0.count
    } write: { owner, value, _ in
      owner.count = value
    }
  ]
  var count: Int
  init(count: Int) { self.count = count }
  func line(_ context: DisplayContext) -> String { "Counter at \(count)" }
  func display(_ context: DisplayContext) -> Display { Display(line(context)) }
}

extension Group {
  fileprivate static let toys = Group("toys", Text("Toys", zh: "玩具"))
}

extension Builtin {
  fileprivate static let advance = Builtin(
    "advance", .verb, in: .toys, Text("Counts on.", zh: "继续计数。"),
    Parameter<Counter>("counter", Text("What counts.", zh: "计数器。")),
    Parameter<Int>("n", Text("How far.", zh: "步数。"), default: 1),
    Parameter<String?>("only", Text("A part.", zh: "部分。"), default: .nothing, among: .partsOfFirstArgument),
    Parameter<Rest<Int>>("more", Text("More.", zh: "更多。")),
    examples: [Example("advance c 2", shows: "2", given: "c = Counter(0)")]
  ) { call, counter, n, only, more in
    counter.count += n
    return counter
  }
}

@Test func aBuiltinIsDescribedByItsDeclaration() {
  let table = BuiltinTable([.advance], hostTypes: [Counter.self])
  #expect(table.variants(named: "advance").first?.parameters.map(\.typeName) == ["Counter", "Int", "String", "Int"])
  #expect(table.grammar.verbs.contains("advance"))
  #expect(Counter.fieldDescriptions.map(\.name) == ["count"])
}
