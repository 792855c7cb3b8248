// SPDX-License-Identifier: Apache-2.0

/// A call in the source: what was called and with what texts.
public struct CallSite: Sendable {
  /// The text that holds the call.
  public let source: SourceText
  /// The whole call.
  public let span: SourceSpan
  /// The name or expression that was called.
  public let callee: SourceSpan
  /// The positional arguments; for `a.f(b)`, `a` is the first.
  public let positional: [SourceSpan]
  /// The named arguments.
  public let named: [(name: String, span: SourceSpan)]
  /// Names of the parameters that the positional arguments go to, in order.
  public let parameterNames: [String]
}

extension CallSite {
  /// The place of a call that the parser read.
  init(_ node: CallNode, _ span: SourceSpan, in frame: Frame, parameters: [String]) {
    var positional: [SourceSpan] = []
    var callee = node.callee.span
    if node.style == .method, case .field(let base, let name) = node.callee.kind {
      callee = name.span
      positional.append(base.span)
    }
    positional += node.arguments.filter { $0.name == nil }.map(\.span)
    self.init(
      source: frame.source, span: span, callee: callee, positional: positional,
      named: node.arguments.compactMap { argument in argument.name.map { ($0, argument.span) } },
      parameterNames: parameters)
  }

  /// The text of the positional argument at `index`; nil when there is none.
  public func text(at index: Int) -> String? {
    positional.indices.contains(index) ? source.text(of: positional[index]) : nil
  }
}
