// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
import JupyterProtocol
import KernelSession

extension IOThread {
  /// Stops the running cell, and no other: it is the one for which the client asked.
  func interruptRunning() {
    if let request = dispatcher.running(on: .main) {
      awaitedInterrupt = request.header.messageID
      retryInterrupt()
    } else {
      for (lane, session) in sessions where dispatcher.running(on: lane) != nil { session.interrupt.request() }
    }
    input.wake()
  }

  /// Interrupts a cell that has been handed to its lane but may not have begun.
  func retryInterrupt() {
    guard let awaited = awaitedInterrupt else { return }
    guard dispatcher.running(on: .main)?.header.messageID == awaited else {
      awaitedInterrupt = nil
      return
    }
    guard sessions[.main]?.interrupt.request() != nil else { return }
    awaitedInterrupt = nil
    outbox.hurry()
    input.wake()
  }

  /// Says yes and ends the process, however busy it is.
  func shutDown(_ request: Request, restart: Bool) {
    respond(to: request) {
      let content = Content.shutdown(restart: restart)
      publish("shutdown_reply", content, parent: request.rawHeader)
      return content
    }
    beginStop(code: 0, patience: .milliseconds(300))
  }

  /// Lets the running cell end, for a short while, and aborts those that wait.
  func beginStop(code: Int32, patience: Duration) {
    guard stop == nil else { return }
    stop = Stop(code: code, deadline: .now + patience)
    for action in dispatcher.stop() { perform(action) }
    for session in sessions.values { session.interrupt.request(.abandon) }
    input.close()
    outbox.hurry()
  }

  /// Whether nothing runs any more, or it has been waited for long enough.
  var isStopped: Bool {
    guard let stop else { return false }
    return ContinuousClock.now >= stop.deadline || (dispatcher.running(on: .main) == nil && outbox.isEmpty)
  }
}
