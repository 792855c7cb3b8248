// SPDX-License-Identifier: Apache-2.0
import Figures
import Glibc
public import KernelSession
import Language
import LineEditor

/// Draws what a session shows, as well as the terminal, pipe or file allows.
///
/// Used by the thread that executes.
public final class TerminalRenderer: OutputSink {
  /// What the terminal can draw.
  public let capabilities: Capabilities
  private let output: Writer
  private let errors: Writer
  private let input: Int32
  private var progress = ProgressLine()
  /// Whether the last thing written ended its line.
  private var isAtLineStart = true
  private let interrupt: Interrupt
  /// Reads a line for a program, with editing; without it lines come from the input as they are.
  var asks: ((_ prompt: String) -> LineRead)?

  /// Makes a renderer that writes to `output` and, errors, to `errors`.
  ///
  /// - Parameters:
  ///   - capabilities: What the terminal can draw.
  ///   - interrupt: Ends the waiting for a line.
  ///   - input: Where lines that a program asks for come from.
  ///   - output: Where output goes.
  ///   - errors: Where errors and progress lines go when `output` is no terminal.
  public init(
    _ capabilities: Capabilities, interrupt: Interrupt, input: Int32 = 0, output: Int32 = 1, errors: Int32 = 2
  ) {
    self.capabilities = capabilities
    self.interrupt = interrupt
    self.input = input
    self.output = Writer(descriptor: output)
    self.errors = Writer(descriptor: errors)
  }

  /// Draws one output.
  public func emit(_ output: Output) {
    switch output {
    case .progress(let state): show(state)
    case .text(let text, .standardOutput): write(text)
    case .text(let text, .standardError): writeError(text)
    case .note(let line): write(coloured(note: spelled(line)) + "\n", ownLine: true)
    case .display(let display, _), .update(let display, _), .result(let display, _):
      write(drawn(display) + "\n", ownLine: true)
    case .clear: clear()
    }
  }

  /// Shows the report of an error: where the user is, or on the error stream of a program.
  public func show(_ failure: Failure, isProgram: Bool) {
    let lines = capabilities.colour == .none ? failure.lines : failure.colouredLines
    let report = spelled(lines.joined(separator: "\n")) + "\n"
    if isProgram { writeError(report) } else { write(report, ownLine: true) }
  }

  /// Writes `text` as it stands; with `ownLine`, on a line of its own.
  public func write(_ text: String, ownLine: Bool = false) {
    guard !text.isEmpty else { return }
    let start = progress.erase() + (ownLine && !isAtLineStart ? "\n" : "")
    isAtLineStart = text.utf8.last == UInt8(ascii: "\n")
    output.write(start + text)
  }

  /// Ends an unfinished line, before a prompt.
  public func finishLine() {
    let end = progress.erase() + (isAtLineStart ? "" : "\n")
    isAtLineStart = true
    if !end.isEmpty { output.write(end) }
  }

  private func writeError(_ text: String) {
    finishLine()
    errors.write(text.utf8.last == UInt8(ascii: "\n") ? text : text + "\n")
  }

  private func show(_ state: Output.Progress) {
    let now = Clock.now()
    guard capabilities.canRedraw else {
      let line = progress.print(state, at: now)
      if !line.isEmpty { writeError(line) }
      return
    }
    if !isAtLineStart, !progress.isDrawn { finishLine() }
    let text = progress.redraw(state, columns: capabilities.textCanvas.columns, at: now)
    if !text.isEmpty { output.write(text) }
  }

  private func clear() {
    if capabilities.canRedraw { output.write(progress.erase() + "\u{1B}[H\u{1B}[2J") }
  }

  private func drawn(_ display: Display) -> String {
    guard let drawing = display.drawing else { return spelled(display.plain) }
    let canvas = capabilities.pictureCanvas
    // A pipe gets what every front can show.
    return canvas.graphics == .none && !capabilities.canRedraw ? spelled(display.plain) : drawing.draw(on: canvas)
  }

  /// The text in ASCII where the terminal has no more; what users print themselves is theirs.
  private func spelled(_ text: String) -> String {
    guard capabilities.spellsInASCII else { return text }
    let columns = capabilities.textCanvas.columns
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Self.spelled(String($0), columns: columns) }.joined(separator: "\n")
  }

  /// A line in ASCII; one that was cut to the width of the terminal is cut again, because its spelling is longer.
  private static func spelled(_ line: String, columns: Int) -> String {
    let spelling = Glyphs.spelled(line)
    guard line.hasSuffix("…"), DisplayWidth.columns(of: line) <= columns, spelling.count > columns else {
      return spelling
    }
    return spelling.prefix(columns - 3) + "..."
  }

  private func coloured(note line: String) -> String {
    guard capabilities.colour != .none, let colon = line.firstIndex(where: { $0 == ":" || $0 == "：" }) else {
      return line
    }
    return "\u{1B}[1m\(line[...colon])\u{1B}[0m\(line[line.index(after: colon)...])"
  }

  /// Asks for a line: with editing at a prompt, else from the input as it is.
  public func readLine(prompt: String, password: Bool) throws(InputError) -> String {
    finishLine()
    if interrupt.isRequested { throw .interrupted }
    if !password, let asks { return try asks(prompt).typed() }
    output.write(prompt)
    if password { Terminal.setEcho(false, on: input) }
    defer {
      if password {
        Terminal.setEcho(true, on: input)
        output.write("\n")
      }
    }
    isAtLineStart = true
    return try nextLine()
  }

  /// A line of the input, read byte by byte so that nothing behind it is lost.
  private func nextLine() throws(InputError) -> String {
    var line: [UInt8] = []
    while true {
      var watched = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      let count = poll(&watched, 1, 50)
      if interrupt.isRequested { throw .interrupted }
      guard count > 0 else { continue }
      var byte: UInt8 = 0
      guard read(input, &byte, 1) == 1 else {
        guard !line.isEmpty else { throw .ended }
        break
      }
      if byte == UInt8(ascii: "\n") { break }
      line.append(byte)
    }
    return String(decoding: line, as: UTF8.self)
  }
}

extension LineRead {
  /// The line, or the reason why a program gets none.
  fileprivate func typed() throws(InputError) -> String {
    switch self {
    case .line(let line): return line
    case .interrupted: throw .interrupted
    case .ended: throw .ended
    }
  }
}
