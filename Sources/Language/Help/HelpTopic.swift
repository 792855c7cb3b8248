// SPDX-License-Identifier: Apache-2.0

/// A page of help that is not about one builtin, such as `?collapse` or `?glossary`.
public struct HelpTopic: Sendable, Hashable {
  /// What is typed behind the question mark.
  public let name: String
  /// The heading.
  public let title: Text
  /// The page, in lines of at most 120 columns.
  public let body: Text

  /// Makes a page.
  public init(_ name: String, title: Text, body: Text) {
    self.name = name
    self.title = title
    self.body = body
  }
}

extension HelpTopic {
  /// The topics that the language itself has: a page for each class of error, and the habits of other languages.
  static let core: [HelpTopic] =
    [python]
    + Diagnostic.Kind.allCases.map { kind in
      HelpTopic(kind.rawValue, title: Text(kind.rawValue, zh: kind.rawValue), body: ErrorPages.page(kind))
    }

  private static let python = HelpTopic(
    "python", title: Text("From Python and PyTorch", zh: "从 Python 与 PyTorch 过来"), body: Habits.page)
}

extension Habits {
  /// Two columns: what people type, and what it is here.
  static let page = Text(page(.english), zh: page(.chinese))

  private static let examples: [(String, String)] = [
    ("import torch", ""), ("torch.randn(64, 100)", "randn(64, 100)"), ("nn.Linear(784, 128)", "Linear(784, 128)"),
    ("optim.Adam(D.parameters(), lr=2e-4)", "Adam(D.parameters(), lr=2e-4)"), ("F.relu(x)", "relu(x)"),
    ("for x in xs:", "for x in xs { … }"), ("def f(x): return x", "def f(x) = x"), ("lambda x: x * 2", "x -> x * 2"),
    ("with torch.no_grad():", "with no_grad() { … }"), ("x is None", "x == None"), ("{\"a\": 1}", "(a=1)"),
    ("nn.MSELoss(reduction=\"sum\")", "mse(a, b, reduction=\"sum\")"),
  ]

  private static func page(_ language: MessageLanguage) -> String {
    var rows = examples
    for habit in renames + signs + members + names {
      guard let ours = habit.ours, !rows.contains(where: { $0.0 == habit.theirs }) else { continue }
      rows.append((habit.place == .member ? "x.\(habit.theirs)()" : habit.theirs, ours))
    }
    let missing = starts.compactMap { habit in habit.remark.map { (habit.theirs, habit.ours ?? $0(language)) } }
    let width = 38
    let lines = (rows + missing).map { theirs, ours in
      theirs + String(repeating: " ", count: max(2, width - DisplayWidth.columns(of: theirs)))
        + (ours.isEmpty ? "–" : ours)
    }
    return lines.joined(separator: "\n")
  }
}
