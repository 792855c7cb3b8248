// SPDX-License-Identifier: Apache-2.0

/// An error as people see it: one plain sentence, the culprits in the source, and what to type instead.
///
/// A builtin throws one with labels that name arguments; the evaluator turns these into spans of the call.
public struct Diagnostic: Error, Sendable, Hashable {
  /// The class, shown before the sentence; `why` has a page for each.
  public var kind: Kind
  /// One sentence in plain words, without a final full stop.
  public var message: Text
  /// The culprits, in the order of the source.
  public var labels: [Label]
  /// Explanations shown under the excerpt, a line each.
  public var notes: [Text]
  /// What to type instead.
  public var help: [Help]
  /// The calls that led here, innermost first, such as `["errD_real", "step_fn", "step(t, 500)"]`.
  public var chain: [String]
  /// The text that failed, set by the evaluator.
  public var source: SourceText?
  /// Whether the source is not the text that was run but one in which a function was defined; set by the evaluator.
  public var isElsewhere = false
  /// The statement or expression that failed, used when there are no labels; set by the evaluator.
  public var span: SourceSpan?

  /// Makes a diagnostic; the evaluator adds where it happened.
  public init(
    _ kind: Kind, _ message: Text, labels: [Label] = [], notes: [Text] = [], help: [Help] = [], span: SourceSpan? = nil
  ) {
    self.kind = kind
    self.message = message
    self.labels = labels
    self.notes = notes
    self.help = help
    self.span = span
    chain = []
  }

  /// Equal in all that is shown.
  public static func == (left: Diagnostic, right: Diagnostic) -> Bool {
    left.kind == right.kind && left.message == right.message && left.labels == right.labels
      && left.notes == right.notes && left.help == right.help && left.chain == right.chain && left.span == right.span
  }

  /// Hashes class and sentence.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(message)
  }
}

extension Diagnostic {
  /// A culprit and what is to be said about it.
  public struct Label: Sendable, Hashable {
    /// Where the culprit stands.
    public enum Place: Sendable, Hashable {
      /// A span of the diagnostic's source.
      case span(SourceSpan)
      /// The argument bound to the parameter of this name.
      case argument(String)
      /// The positional argument at this index; for `a.f(b)`, `a` is 0.
      case position(Int)
      /// The name of the function that was called.
      case callee
    }

    /// Where the culprit stands.
    public var place: Place
    /// Its shape, type or value, shown beside or below the carets; may be empty.
    public var text: Text

    /// Makes a label.
    public init(_ place: Place, _ text: Text = Text("", zh: "")) {
      self.place = place
      self.text = text
    }
  }

  /// One `help:` line: text that can be typed, a remark, or both.
  public struct Help: Sendable, Hashable {
    /// Text that can be typed as it stands.
    public var code: String?
    /// A remark; behind the code it is shown as a comment.
    public var remark: Text?
    /// What replaces what in the source; becomes `code` when the place is known.
    var edit: Edit?

    /// Help that can be typed, with a remark where it needs one.
    public init(code: String, _ remark: Text? = nil) {
      self.code = code
      self.remark = remark
    }

    /// Help in words.
    public init(_ remark: Text) {
      self.remark = remark
    }

    /// The line of the mistake with the culprit replaced; for a named argument, its name is replaced.
    public init(replacing place: Label.Place, by text: String, _ remark: Text? = nil) {
      edit = Edit(place: place, text: text)
      self.remark = remark
    }
  }

  /// A piece of the source and the text that should stand there.
  struct Edit: Sendable, Hashable {
    let place: Label.Place
    let text: String
  }
}
