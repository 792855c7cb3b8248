// SPDX-License-Identifier: Apache-2.0

/// What could stand at the cursor, as far as the code before it tells.
struct CompletionContext: Equatable {
  /// A call whose arguments the cursor stands among.
  struct Call: Equatable {
    /// The name of the function.
    var name: String
    /// The variable that a method is called on, as a path of names.
    var receiver: [String] = []
    /// Names of arguments that are already given.
    var given: [String] = []
    /// How many positional arguments come before the cursor, a method's receiver included.
    var position = 0
    /// The first positional argument when it is a plain path of names.
    var firstArgument: [String] = []
    /// The argument that is being given by name.
    var argument: String?
    /// Whether it is a verb without parentheses.
    var isCommand = false
  }

  /// The kinds of place.
  enum Kind: Equatable {
    /// The start of a statement.
    case statement
    /// Where an expression may start, inside a call or not.
    case expression
    /// Behind the dot of a path of names, which is empty when something else stands before the dot.
    case member(of: [String])
    /// Inside a string.
    case string
    /// Where nothing can be known: comments, behind a number.
    case nothing
  }

  var kind: Kind
  /// The first byte of what is typed already and would be replaced.
  var start: Int
  /// What is typed already.
  var typed: String
  /// The innermost call around the cursor.
  var call: Call?

  /// Reads the code before the byte `end`; `isVerb` knows the words that may start a statement.
  init(_ code: String, upTo end: Int, isVerb: (String) -> Bool) {
    let scanner = CodeScanner(code, upTo: end)
    var pieces = scanner.pieces
    kind = .expression
    start = end
    typed = ""
    switch scanner.place {
    case .comment: kind = .nothing
    case .string(let first):
      kind = .string
      start = first
      typed = CompletionContext.text(of: code, first..<end)
      pieces.removeLast()
    case .code:
      if case (.name(let name), let first)? = pieces.last, first + name.utf8.count == end {
        start = first
        typed = name
        pieces.removeLast()
      } else if case (.number, let first)? = pieces.last, CompletionContext.touches(code, first, end) {
        kind = .nothing
      }
    }
    let names = CallReader(pieces.map(\.piece), isVerb: isVerb)
    call = names.call
    guard kind == .expression else { return }
    if pieces.last?.piece == .symbol(".") {
      kind = .member(of: names.pathBeforeDot)
    } else if names.isAtStatementStart {
      kind = .statement
    }
  }

  private static func text(of code: String, _ bytes: Range<Int>) -> String {
    String(decoding: code.utf8.dropFirst(bytes.lowerBound).prefix(bytes.count), as: UTF8.self)
  }

  /// Whether the number that starts at `first` reaches up to the cursor.
  private static func touches(_ code: String, _ first: Int, _ end: Int) -> Bool {
    code.utf8.dropFirst(first).prefix(end - first).allSatisfy { $0 != UInt8(ascii: " ") }
  }
}
