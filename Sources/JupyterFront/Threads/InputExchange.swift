// SPDX-License-Identifier: Apache-2.0
import KernelSession

/// Where cells wait for the lines that users type, and the I/O thread leaves them.
///
/// The main shell and every subshell may wait at the same time, each for the answer to its own question.
final class InputExchange: Sendable {
  private struct Question: Sendable {
    var name: String
    var answer: String?
  }

  private struct State: Sendable {
    /// The questions that cells wait for, the oldest first.
    var questions: [Question] = []
    var isClosed = false
  }

  private let state = Monitor(State())

  /// Sends a question and waits for its answer.
  ///
  /// - Parameters:
  ///   - question: The name of the message that asks.
  ///   - interrupt: Ends the waiting, with `wake`.
  ///   - send: Sends the question.
  /// - Returns: The line.
  /// - Throws: `InputError` when none will come.
  func ask(_ question: String, interrupt: Interrupt, send: () -> Void) throws(InputError) -> String {
    state.withLock { $0.questions.append(Question(name: question)) }
    defer { state.withLock { $0.questions.removeAll { $0.name == question } } }
    send()
    let answer: Result<String, InputError> = state.wait { state in
      if let line = state.questions.first(where: { $0.name == question })?.answer { return .success(line) }
      if state.isClosed { return .failure(.ended) }
      return interrupt.isRequested ? .failure(.interrupted) : nil
    }
    return try answer.get()
  }

  /// Leaves a line as the answer to a question.
  ///
  /// - Parameters:
  ///   - line: The line.
  ///   - question: The question; nil for the newest one, which is meant by a client that does not say which.
  /// - Returns: False when nobody waits for it.
  func answer(_ line: String, to question: String?) -> Bool {
    state.update { state in
      let place = state.questions.lastIndex { $0.answer == nil && (question == nil || $0.name == question) }
      guard let place else { return false }
      state.questions[place].answer = line
      return true
    }
  }

  /// Lets waiting cells look whether they are interrupted.
  func wake() {
    state.update { _ in }
  }

  /// Ends all waiting: no answer will come.
  func close() {
    state.update { $0.isClosed = true }
  }
}

/// What a cell needs to ask the user.
struct InputAccess: Sendable {
  let exchange: InputExchange
  let interrupt: Interrupt
}
