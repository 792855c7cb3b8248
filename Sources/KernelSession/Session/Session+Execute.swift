// SPDX-License-Identifier: Apache-2.0
import Language

extension Session {
  /// Executes `request` and returns when it has ended, well or not; everything shown goes to `sink`.
  public func execute(_ request: ExecutionRequest, to sink: any OutputSink) -> Execution {
    _ = interrupt.begin()
    defer { interrupt.end() }
    outcome = Outcome()
    let isCounted = request.storesHistory && !request.code.allSatisfy(\.isWhitespace)
    if isCounted { count(request.code, isProgram: request.file != nil) }
    services.inputStarts(stage.host, executionCount)
    stage.begin(sink, request, isRecorded: isCounted)
    defer { stage.end() }
    let status = run(request)
    services.inputEnds(stage.host)
    if isCounted, let failure = status.failure { record.fail(failure) }
    let results = status.failure == nil ? request.userExpressions.mapValues(evaluated) : [:]
    takeSnapshot()
    return Execution(
      status: status, count: executionCount, pages: stage.pages, userExpressions: results,
      wantsExit: outcome.wantsExit, nextInput: outcome.nextInput, opensEditor: outcome.opensEditor)
  }

  private func count(_ code: String, isProgram: Bool) {
    executionCount += 1
    record.begin(executionCount, code)
    if !isProgram { history.append(code, number: executionCount) }
  }

  private func run(_ request: ExecutionRequest) -> Execution.Status {
    // Long code is not one of these words, and looking at each of its characters would take seconds.
    if request.code.utf8.count < 64, Session.leaving.contains(request.code.filter { !$0.isWhitespace }) {
      outcome.wantsExit = true
      return .ok
    }
    // The lines before the code keep its numbers right.
    let code = String(repeating: "\n", count: max(0, request.firstLine - 1)) + request.code
    let source = SourceText(code, name: request.file ?? "[\(executionCount)]", isFile: request.file != nil)
    do throws(Diagnostic) {
      try run(source, echoesAssignments: !request.isScript)
      if let output = stage.lastResult, request.storesHistory { history.note(output: output) }
      return .ok
    } catch {
      let failure = Failure(error, language, stage.canvas)
      return error.kind == .interrupted ? .interrupted(failure) : .failed(failure)
    }
  }

  /// What leaves, alone on its line.
  private static let leaving: Set<String> = ["exit", "quit", "exit()", "quit()"]

  /// Runs a text statement by statement; the log and the snapshot follow each.
  func run(_ source: SourceText, echoesAssignments: Bool) throws(Diagnostic) {
    try evaluator.run(source, options: Evaluator.Options(echoesAssignments: echoesAssignments))
  }

  private func evaluated(_ expression: String) -> Result<Display, Failure> {
    do throws(Diagnostic) {
      let value = try evaluator.evaluate(expression)
      return .success(value.display(DisplayContext(language: language, canvas: stage.canvas)))
    } catch {
      return .failure(Failure(error, language, stage.canvas))
    }
  }
}

extension Execution.Status {
  /// The failure or interruption, when there was one.
  fileprivate var failure: Failure? {
    switch self {
    case .ok: nil
    case .failed(let failure), .interrupted(let failure): failure
    }
  }
}
