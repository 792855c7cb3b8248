// SPDX-License-Identifier: Apache-2.0

extension Diagnostic {
  /// The same, with the source that its spans point into.
  func placed(in source: SourceText) -> Diagnostic {
    guard self.source == nil else { return self }
    var placed = self
    placed.source = source
    placed.help = help.map { $0.applied(in: source) { place in if case .span(let span) = place { span } else { nil } } }
    return placed
  }

  /// The same, with the statement or expression at which it happened, unless that is known already.
  func placed(at span: SourceSpan, in source: SourceText) -> Diagnostic {
    guard self.source == nil else { return self }
    var placed = placed(in: source)
    if placed.span == nil { placed.span = span }
    return placed
  }

  /// The same, with labels of arguments turned into spans of the call.
  func placed(at site: CallSite) -> Diagnostic {
    guard source == nil else { return self }
    var placed = self
    placed.source = site.source
    if placed.span == nil { placed.span = site.span }
    placed.labels = labels.compactMap { label in
      site.span(of: label.place).map { Label(.span($0), label.text) }
    }
    placed.help = help.map { $0.applied(in: site.source, at: site.span(of:)) }
    return placed
  }
}

extension Diagnostic {
  /// The same, with labels of parameters that were given without their name turned into positions.
  func pointingAtPositions(of builtin: Builtin, given arguments: Arguments) -> Diagnostic {
    var pointing = self
    func position(_ place: Label.Place) -> Label.Place {
      guard case .argument(let name) = place, !arguments.named.contains(where: { $0.name == name }),
        let index = builtin.parameters.firstIndex(where: { $0.name == name }), index < arguments.positional.count
      else { return place }
      return .position(index)
    }
    pointing.labels = labels.map { Label(position($0.place), $0.text) }
    return pointing
  }
}

extension Diagnostic.Help {
  /// The same, with its edit carried out.
  func applied(in source: SourceText, at span: (Diagnostic.Label.Place) -> SourceSpan?) -> Diagnostic.Help {
    guard let edit else { return self }
    var applied = self
    applied.edit = nil
    guard let span = span(edit.place) else {
      applied.code = edit.text
      return applied
    }
    if case .argument = edit.place {
      let argument = source.text(of: span)
      applied.code = argument.firstIndex(of: "=").map { edit.text + argument[$0...] } ?? edit.text
    } else {
      applied.code = Self.statement(of: source, replacing: span, by: edit.text)
    }
    return applied
  }

  /// The statement with the change, or the new text alone when the statement is long.
  private static func statement(of source: SourceText, replacing span: SourceSpan, by text: String) -> String {
    let statement = source.statementSpan(around: span)
    let before = source.text(of: SourceSpan(statement.start, span.start))
    let after = source.text(of: SourceSpan(min(span.end, statement.end), statement.end))
    let whole = before + text + after
    return whole.utf8.count > 160 || DisplayWidth.columns(of: whole) > 68 ? text : whole
  }
}

extension CallSite {
  /// Where a culprit stands; nil when it was not written, such as a default.
  func span(of place: Diagnostic.Label.Place) -> SourceSpan? {
    switch place {
    case .span(let span): span
    case .callee: callee
    case .position(let index): positional.indices.contains(index) ? positional[index] : nil
    case .argument(let name):
      if let argument = named.first(where: { $0.name == name }) {
        argument.span
      } else if let index = parameterNames.firstIndex(of: name), positional.indices.contains(index) {
        positional[index]
      } else {
        nil
      }
    }
  }
}
