// SPDX-License-Identifier: Apache-2.0
import Glibc
public import KernelSession
import LineEditor

/// Turns signals into wishes, on a thread of its own: no code runs inside a signal handler.
public struct SignalWatch: Sendable {
  private let interrupt: Interrupt
  private let notice: @Sendable (Interrupt.Level) -> Void
  private let idle: @Sendable () -> Void

  /// Watches for `interrupt`.
  ///
  /// - Parameters:
  ///   - interrupt: Where Ctrl-C goes.
  ///   - notice: Tells the user at once that the running cell was asked to stop.
  ///   - idle: What Ctrl-C does while nothing runs.
  public init(
    _ interrupt: Interrupt, notice: @escaping @Sendable (Interrupt.Level) -> Void, idle: @escaping @Sendable () -> Void
  ) {
    self.interrupt = interrupt
    self.notice = notice
    self.idle = idle
  }

  /// Keeps the watched signals from every thread that is started after this.
  ///
  /// Call it before anything else; programs that are started later get them back by `withSignals`.
  public static func takeSignals() {
    var signals = watched
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    signal(SIGPIPE, SIG_IGN)
  }

  /// Runs `body` with the signals delivered as usual, for programs that it starts.
  static func withSignals<Result>(_ body: () -> Result) -> Result {
    var signals = watched
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    defer { pthread_sigmask(SIG_BLOCK, &signals, nil) }
    return body()
  }

  /// Starts to watch.
  public func start() {
    Thread.start(stackSize: 1 << 18) { [self] in
      while true { handle(SignalWatch.next()) }
    }
  }

  private static var watched: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP] { sigaddset(&signals, number) }
    return signals
  }

  private static func next() -> Int32 {
    var signals = watched
    var number: Int32 = 0
    while sigwait(&signals, &number) != 0 {}
    return number
  }

  private func handle(_ number: Int32) {
    switch number {
    case SIGINT:
      // At a prompt, that of a cell that asks for a line included, the line is dropped.
      let isReading = LineEditor.isReading
      let level = interrupt.request()
      if isReading { LineEditor.wake(.interrupt) } else if let level { notice(level) } else { idle() }
    case SIGWINCH: LineEditor.wake(.resize)
    case SIGTSTP:
      if LineEditor.isReading { LineEditor.wake(.stop) } else { raise(SIGSTOP) }
    default: end(by: number)
    }
  }

  /// Ends the process as the signal would have, with the terminal as it was.
  private func end(by number: Int32) {
    Terminal.restore()
    signal(number, SIG_DFL)
    var signals = SignalWatch.watched
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    kill(getpid(), number)
    _exit(128 + number)
  }
}
