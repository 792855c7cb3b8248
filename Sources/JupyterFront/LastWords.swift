// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
import JupyterProtocol
import KernelSession

extension IOThread {
  /// Tells clients why the process ends, after a thread ran into a trap; the thread itself waits for the end.
  ///
  /// - Returns: The exit code.
  func sayLastWords(_ report: trap_report) -> Int32 {
    for item in outbox.remains() {
      switch item {
      case .frames(let channel, let frames, _): send(frames, on: channel)
      case .text(let run):
        for piece in run.pieces {
          publish("stream", Content.stream(piece.stream.rawValue, piece.text), parent: run.parent)
        }
      default: break
      }
    }
    readNativeOutput(isReadable: true, atOnce: true)
    let reason = reason(of: report)
    log.say(.error, reason)
    CrashNote(path: options.crashNote)?.leave(reason)
    if let request = dispatcher.running(on: .main) {
      let sentence = "\(reason); the kernel restarts and its variables are gone"
      let error = Content.error("KernelCrash", sentence, traceback: ["KernelCrash: \(sentence)"])
      publish("error", .object(error), parent: request.rawHeader)
      reply(
        "execute_reply",
        .object(
          [JSON.Member("status", "error"), JSON.Member("execution_count", .integer(lastCount + 1))] + error),
        to: request)
      publish("status", Content.status(.idle), parent: request.rawHeader)
    }
    return 128 + report.signal
  }

  private func reason(of report: trap_report) -> String {
    if report.stack_overflow != 0 { return "the stack overflowed: something called itself too deeply" }
    return switch report.signal {
    case SIGILL, SIGTRAP: "a check inside Easel failed (an overflow, a bound or a missing value)"
    case SIGSEGV, SIGBUS: "memory was used that is not there"
    case SIGFPE: "a division failed"
    case SIGABRT: "the process gave up (abort)"
    default: "signal \(report.signal)"
    }
  }
}
