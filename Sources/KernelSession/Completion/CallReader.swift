// SPDX-License-Identifier: Apache-2.0

/// Finds the call around the end of some pieces of code.
struct CallReader {
  private typealias Piece = CodeScanner.Piece

  /// The innermost call that is still open at the end.
  private(set) var call: CompletionContext.Call?
  /// The names before the dot at the end, outermost first; empty when something else stands there.
  private(set) var pathBeforeDot: [String] = []
  /// Whether a statement starts at the end.
  private(set) var isAtStatementStart = false

  init(_ pieces: [CodeScanner.Piece], isVerb: (String) -> Bool) {
    pathBeforeDot = CallReader.path(endingBefore: pieces.count - 1, in: pieces) ?? []
    let open = CallReader.openBracket(in: pieces)
    let bodyStart = open.map { $0 + 1 } ?? 0
    guard let open, pieces[open] != .symbol("{") else {
      let start = CallReader.statementStart(in: pieces, from: bodyStart)
      isAtStatementStart = start == pieces.count
      call = CallReader.command(pieces[start...], isVerb: isVerb)
      return
    }
    guard pieces[open] == .symbol("("), let name = CallReader.name(before: open, in: pieces) else { return }
    var found = CompletionContext.Call(name: name)
    found.receiver = CallReader.receiver(before: open, in: pieces)
    if !found.receiver.isEmpty {
      found.position = 1
      found.firstArgument = found.receiver
    }
    CallReader.readArguments(pieces[(open + 1)...], into: &found)
    call = found
  }

  /// The index of the innermost bracket that is not closed.
  private static func openBracket(in pieces: [Piece]) -> Int? {
    var closed = 0
    for index in pieces.indices.reversed() {
      switch pieces[index] {
      case .symbol(")"), .symbol("]"), .symbol("}"): closed += 1
      case .symbol("("), .symbol("["), .symbol("{"):
        if closed == 0 { return index }
        closed -= 1
      default: break
      }
    }
    return nil
  }

  /// Where the last statement starts, at or behind `first`; newlines and semicolons in closed brackets do not count.
  private static func statementStart(in pieces: [Piece], from first: Int) -> Int {
    var closed = 0
    for index in pieces.indices.reversed() where index >= first {
      switch pieces[index] {
      case .symbol(")"), .symbol("]"), .symbol("}"): closed += 1
      case .symbol("("), .symbol("["), .symbol("{"): closed -= 1
      case .newline, .symbol(";"):
        if closed == 0 { return index + 1 }
      default: break
      }
    }
    return first
  }

  private static func name(before open: Int, in pieces: [Piece]) -> String? {
    guard open > 0, case .name(let name) = pieces[open - 1] else { return nil }
    // A definition lists parameters, not arguments.
    if open > 1, pieces[open - 2] == .name("def") { return nil }
    return name
  }

  /// The path on which a method is called: `gan.G` in `gan.G.summary(`, or `z` in `z |> f(`.
  private static func receiver(before open: Int, in pieces: [Piece]) -> [String] {
    guard open > 2 else { return [] }
    if pieces[open - 2] == .symbol(".") { return path(endingBefore: open - 2, in: pieces) ?? [] }
    if pieces[open - 2] == .symbol(">"), pieces[open - 3] == .symbol("|") {
      return path(endingBefore: open - 3, in: pieces) ?? []
    }
    return []
  }

  /// The path of names that ends just before the piece at `index`.
  private static func path(endingBefore index: Int, in pieces: [Piece]) -> [String]? {
    var path: [String] = []
    var end = index - 1
    while end >= 0, case .name(let name) = pieces[end] {
      path.insert(name, at: 0)
      guard end > 0, pieces[end - 1] == .symbol(".") else { return path }
      end -= 2
    }
    return nil
  }

  /// A verb at the start of a statement, with what follows as its arguments.
  private static func command(
    _ pieces: ArraySlice<Piece>, isVerb: (String) -> Bool
  ) -> CompletionContext.Call? {
    guard case .name(let name)? = pieces.first, isVerb(name) else { return nil }
    let rest = pieces.dropFirst()
    // What an expression goes on with: see the grammar's rule for commands.
    if case .symbol(let symbol)? = rest.first, "(=+*/@.,|<>%:!".contains(symbol) { return nil }
    var call = CompletionContext.Call(name: name, isCommand: true)
    readArguments(rest, into: &call)
    return call
  }

  /// Counts the arguments before the end; in commands blanks separate them too.
  private static func readArguments(_ pieces: ArraySlice<Piece>, into call: inout CompletionContext.Call) {
    var argument: [Piece] = []
    var depth = 0
    func endsOperand(_ piece: Piece?) -> Bool {
      switch piece {
      case .name, .number, .string, .symbol(")"), .symbol("]"), .symbol("}"): true
      default: false
      }
    }
    for piece in pieces {
      switch piece {
      case .symbol("("), .symbol("["), .symbol("{"): depth += 1
      case .symbol(")"), .symbol("]"), .symbol("}"): depth -= 1
      default: break
      }
      if depth == 0, piece == .symbol(",") {
        finish(&argument, into: &call)
        continue
      }
      let startsOperand = if case .symbol = piece { false } else { true }
      if call.isCommand, depth == 0, startsOperand, endsOperand(argument.last) { finish(&argument, into: &call) }
      argument.append(piece)
    }
    // In a command a blank before the cursor has ended the last argument.
    if call.isCommand, endsOperand(argument.last) { finish(&argument, into: &call) }
    if argument.count == 2, case .name(let name) = argument[0], argument[1] == .symbol("=") { call.argument = name }
  }

  private static func finish(_ argument: inout [Piece], into call: inout CompletionContext.Call) {
    defer { argument = [] }
    guard !argument.isEmpty else { return }
    if argument.count > 1, case .name(let name) = argument[0], argument[1] == .symbol("="), argument.count > 2 {
      call.given.append(name)
      return
    }
    if call.position == 0 { call.firstArgument = path(endingBefore: argument.count, in: argument) ?? [] }
    call.position += 1
  }
}
