// SPDX-License-Identifier: Apache-2.0
import Language

extension Session {
  /// Carries out a line that acts on the session.
  func perform(_ command: SessionCommand, in evaluator: Evaluator) throws {
    switch command {
    case .help(let topic, let isDetailed, let span): try help(topic, isDetailed: isDetailed, span)
    case .magic(let name, let argument, let span):
      try magic(name, span).body(
        MagicCall(session: self, evaluator: evaluator, name: "%" + name, argument: argument, body: nil, span: span))
    case .cellMagic(let name, let argument, let body, let span):
      try magic(name, span).body(
        MagicCall(session: self, evaluator: evaluator, name: "%%" + name, argument: argument, body: body, span: span))
    }
  }

  private func magic(_ name: String, _ span: SourceSpan) throws(Diagnostic) -> Magic {
    if let magic = magics.first(where: { $0.name == name }) { return magic }
    let near = Suggestions.closest(to: name, in: magics.map(\.name))
    throw Diagnostic(
      .name, Text("no session command %\(name)", zh: "没有会话命令 %\(name)"),
      help: [near.map { .init(code: "%" + $0) } ?? .init(code: "?magics")], span: span)
  }

  private func help(_ topic: String, isDetailed: Bool, _ span: SourceSpan) throws(Diagnostic) {
    takeSnapshot()
    let page = HelpPage(sketcher.knowledge, DisplayContext(language: language, canvas: stage.canvas))
    guard let found = page.page(topic, isDetailed: isDetailed) else {
      let names =
        table.names + (HelpTopic.session + table.topics).map(\.name) + evaluator.variables.map(\.name)
        + magics.map { "%" + $0.name }
      let near = Suggestions.closest(to: topic, in: names)
      throw Diagnostic(
        .name, Text("there is no page about \"\(topic)\"", zh: "没有关于“\(topic)”的页面"),
        help: [near.map { .init(code: "?" + $0) } ?? .init(code: "?")], span: span)
    }
    stage.emit(.page(found))
  }
}
