// SPDX-License-Identifier: Apache-2.0

/// What could be typed at a place in the code.
public struct Completion: Sendable, Hashable {
  /// One thing that could be typed.
  public struct Match: Sendable, Hashable {
    /// The text that takes the place of what stands there.
    public var text: String
    /// What it is.
    public var kind: Kind
    /// How it is called, or what it is, in a few words; empty when there is nothing to say.
    public var signature: String

    /// Makes a match.
    public init(_ text: String, _ kind: Kind, signature: String = "") {
      self.text = text
      self.kind = kind
      self.signature = signature
    }
  }

  /// The kinds of thing that can be typed.
  public enum Kind: String, Sendable, CaseIterable {
    /// A function.
    case function
    /// A function that may stand first in a statement, without parentheses.
    case verb
    /// A name that makes a live object.
    case constructor
    /// A variable of the user.
    case variable
    /// A field of an object.
    case field
    /// A named argument.
    case argument
    /// A word of the grammar.
    case keyword
    /// One of the words that an argument takes.
    case word
    /// A file or a folder.
    case path
    /// The name of a data set.
    case dataset
    /// A session command.
    case magic
    /// A help page.
    case topic
    /// A letter written by its name.
    case symbol
  }

  /// What is replaced, in UTF-8 bytes of the code.
  public var replaced: Range<Int>
  /// What fits, in the order to show.
  public var matches: [Match]

  /// Makes a completion.
  public init(replaced: Range<Int>, matches: [Match] = []) {
    self.replaced = replaced
    self.matches = matches
  }
}
