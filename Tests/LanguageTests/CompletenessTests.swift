// SPDX-License-Identifier: Apache-2.0
import Language
import Testing

/// What a prompt decides about each text.
@Test(arguments: [
  ("step gan 100", Completeness.complete), ("for i in range(3) {", .incomplete(indent: 2)), ("if a { b }", .complete),
  ("if a { b } else", .incomplete(indent: 0)), ("x = [1, 2,", .incomplete(indent: 2)),
  ("samples(gan) |>", .incomplete(indent: 0)), ("f = x ->", .incomplete(indent: 0)),
  ("def f(x)", .incomplete(indent: 0)), ("step gan,", .incomplete(indent: 0)), ("a,", .incomplete(indent: 0)),
  ("a +", .incomplete(indent: 0)), ("a and", .incomplete(indent: 0)), ("x.", .incomplete(indent: 0)),
  ("not", .incomplete(indent: 0)), ("f(a", .incomplete(indent: 2)), ("\"abc", .invalid), ("x = )", .invalid),
  ("x y", .invalid), ("for e in range(25):", .invalid), ("# c", .complete), ("", .complete), ("%who", .complete),
  ("return", .complete), ("for i in range(3) {\n  if i {", .incomplete(indent: 4)), ("a not", .incomplete(indent: 0)),
  ("def f(a, b=1", .incomplete(indent: 2)), ("(a, b=1)", .incomplete(indent: 0)),
  ("(a, b=1) ->", .incomplete(indent: 0)),
  ("(a=1, b)", .invalid), ("f\"{a +}\"", .invalid), ("f\"{a\"", .invalid), ("?step", .complete), ("step??", .complete),
  ("%%time\nx = (", .complete), ("if a {\n", .incomplete(indent: 2)), ("x = 1;", .complete),
  ("while", .incomplete(indent: 0)),
  ("for", .incomplete(indent: 0)), ("for i", .incomplete(indent: 0)), ("with", .incomplete(indent: 0)),
  ("repeat", .incomplete(indent: 0)),
  ("repeat 3", .incomplete(indent: 0)), ("def", .incomplete(indent: 0)), ("a if c", .incomplete(indent: 0)),
  ("[x for", .incomplete(indent: 2)),
  ("step gan 5 {", .incomplete(indent: 2)), ("}", .invalid), ("(]", .invalid), ("x = 1 +\n", .incomplete(indent: 0)),
  ("step gan until=", .incomplete(indent: 0)), ("x[1:", .incomplete(indent: 2)),
  ("x |> f |>\n", .incomplete(indent: 0)),
])
func completenessIsDecidedByTheParser(_ text: String, _ expected: Completeness) {
  let grammar = Grammar(verbs: ["step", "train", "show"], lazyParameters: ["until", "do"])
  #expect(Parser.completeness(of: text, grammar: grammar) == expected)
}
