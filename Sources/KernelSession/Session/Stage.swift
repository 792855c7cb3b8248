// SPDX-License-Identifier: Apache-2.0
import Glibc
import Language

/// The world around a running program: where its output goes, whether it shall stop, what time it is.
final class Stage: Surroundings {
  weak var session: Session?
  let host: AnyObject?
  private let interrupt: Interrupt
  private let currentCanvas: () -> TerminalCanvas
  private var sink: (any OutputSink)?
  private var request: ExecutionRequest?
  private var isRecorded = false
  private var isMuted = false
  /// The statement of the top level that runs.
  private var statement: StatementWatch?
  /// The help pages of the running cell.
  private(set) var pages: [Display] = []
  /// The text of the newest value that the running cell has shown.
  private(set) var lastResult: String?

  init(interrupt: Interrupt, canvas: @escaping () -> TerminalCanvas, host: AnyObject?) {
    self.interrupt = interrupt
    currentCanvas = canvas
    self.host = host
  }

  /// Starts a cell.
  func begin(_ sink: any OutputSink, _ request: ExecutionRequest, isRecorded: Bool) {
    self.sink = sink
    self.request = request
    self.isRecorded = isRecorded
    pages = []
    lastResult = nil
  }

  /// Ends the cell; what is emitted later goes nowhere.
  func end() {
    sink = nil
    request = nil
  }

  /// Runs `body` with nothing shown.
  func muted<Result>(_ body: () throws -> Result) rethrows -> Result {
    let before = isMuted
    isMuted = true
    defer { isMuted = before }
    return try body()
  }

  // MARK: Surroundings

  var interruption: Interruption {
    switch interrupt.level {
    case .nothing: .none
    case .pause: .pause
    case .abandon: .abandon
    }
  }

  var language: MessageLanguage { session?.language ?? .english }

  var canvas: TerminalCanvas { currentCanvas() }

  var panels: (any PanelHost)? { sink?.panels }

  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  func emit(_ emission: Emission) {
    guard let request, !request.isSilent, !isMuted else { return }
    let count = session?.executionCount ?? 0
    switch emission {
    case .text(let text): send(.text(text, .standardOutput))
    case .note(let line): send(.note(Text("note: ", zh: "注意：")(language) + line))
    case .display(let display, let id): send(.display(display, id: id))
    case .update(let display, let id): send(.update(display, id: id))
    case .result(let display), .echo(let display):
      lastResult = display.plain
      send(.result(display, count: count))
    case .page(let page): show(page: page)
    case .progress where session?.evaluator.showsLoopProgress == false: break
    case .progress(let id, let line, let display, let fraction, let isFinal):
      send(.progress(.init(id: id, line: line, display: display, fraction: fraction, isFinal: isFinal)))
    case .clear(let wait): send(.clear(wait: wait))
    }
  }

  private func show(page: Display) {
    if session?.options.showsPages == true { send(.display(page, id: nil)) } else { pages.append(page) }
  }

  private func send(_ output: Output) {
    if isRecorded { session?.record.add(output) }
    sink?.emit(output)
  }

  func readLine(prompt: String, isPassword: Bool) throws -> String {
    guard let sink, let request, request.allowsInput else { throw Stage.noInput(.notAllowed) }
    do throws(InputError) {
      return try sink.readLine(prompt: prompt, password: isPassword)
    } catch {
      throw Stage.noInput(error)
    }
  }

  private static func noInput(_ error: InputError) -> Diagnostic {
    switch error {
    case .notAllowed:
      Diagnostic(.state, Text("there is nobody to ask here", zh: "这里没有人可以回答"))
    case .ended:
      Diagnostic(.state, Text("the input has ended", zh: "输入已经结束"))
    case .interrupted:
      Diagnostic(.interrupted, Text("stopped while waiting for a line", zh: "等待输入时被中断"))
    }
  }

  func willRun(_ line: TopLine, of program: Program, in evaluator: Evaluator) {
    guard case .statement = line else { return }
    statement = StatementWatch(line, of: program, in: evaluator, streams: streams)
  }

  func didRun(_ line: TopLine, of program: Program, in evaluator: Evaluator, failure: Diagnostic?) {
    guard case .statement = line, let session else { return }
    statement?.end(failure)
    if let entry = statement?.entry(cell: session.executionCount, in: evaluator, streams: streams) {
      session.recipes.append(entry)
    }
    statement = nil
    if request?.file == nil { session.takeSnapshot() }
  }

  func amounts(to code: String, at site: CallSite?) { statement?.amounts(to: code, at: site) }

  func adds(_ code: String) { statement?.added.append(code) }

  private var streams: String? { session?.services.streamStatement(host) }

  func perform(_ command: SessionCommand, in evaluator: Evaluator) throws {
    try session?.perform(command, in: evaluator)
  }
}
