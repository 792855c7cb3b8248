// SPDX-License-Identifier: Apache-2.0
import KernelSession

/// Where a cell waits for the line that the user types, and the I/O thread leaves it.
final class InputExchange: Sendable {
  private enum State: Sendable, Equatable {
    case nobodyWaits
    case waiting(question: String)
    case answered(String)
    case closed
  }

  private let state = Monitor(State.nobodyWaits)

  /// Sends a question and waits for its answer.
  ///
  /// - Parameters:
  ///   - question: The name of the message that asks.
  ///   - interrupt: Ends the waiting, with `wake`.
  ///   - send: Sends the question.
  /// - Returns: The line.
  /// - Throws: `InputError` when none will come.
  func ask(_ question: String, interrupt: Interrupt, send: () -> Void) throws(InputError) -> String {
    let isClosed = state.withLock { state in
      if state != .closed { state = .waiting(question: question) }
      return state == .closed
    }
    guard !isClosed else { throw .ended }
    send()
    let answer: Result<String, InputError> = state.wait { state in
      switch state {
      case .answered(let line): .success(line)
      case .closed, .nobodyWaits: .failure(.ended)
      case .waiting: interrupt.isRequested ? .failure(.interrupted) : nil
      }
    }
    state.withLock { state in
      if state != .closed { state = .nobodyWaits }
    }
    return try answer.get()
  }

  /// Leaves the answer to a question; false when nobody waits for it.
  func answer(_ line: String, to question: String) -> Bool {
    state.update { state in
      guard state == .waiting(question: question) else { return false }
      state = .answered(line)
      return true
    }
  }

  /// Lets a waiting cell look whether it is interrupted.
  func wake() {
    state.update { _ in }
  }

  /// Ends all waiting: no answer will come.
  func close() {
    state.update { $0 = .closed }
  }
}

/// What a cell needs to ask the user.
struct InputAccess: Sendable {
  let exchange: InputExchange
  let interrupt: Interrupt
}
