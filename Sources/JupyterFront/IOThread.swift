// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
import JupyterProtocol
import KernelSession
import ZeroMQ

/// Owns the sockets, and is always quick: everything that may take long happens on the lanes.
///
/// One poll waits for the sockets, for work to send, for signals, for the parent's death, for what native code prints
/// and for the last words of a thread that ran into a trap.
final class IOThread {
  let options: KernelServer.Options
  let context: Context
  let channels: Channels
  let composer: Composer
  let signer: Signer
  let outbox: Outbox
  let bell: Bell
  let log: Log
  let input = InputExchange()
  let makeSession: @Sendable (KernelServer.Shell) -> Session
  let process: ProcessLinks?

  var dispatcher = Dispatcher()
  var replays = ReplayGuard()
  var rate: SendingRate
  var lanes: [Dispatcher.Lane: ExecutionLane] = [:]
  var sessions: [Dispatcher.Lane: SessionLinks] = [:]
  let comms = CommTable()
  let board: WidgetBoard
  var commLane: CommLane?
  /// The number of the last cell that has ended.
  var lastCount = 0
  /// The cell that is to be interrupted as soon as it begins.
  var awaitedInterrupt: String?
  var stop: Stop?
  /// When something that is held back may go out.
  var nextSending: ContinuousClock.Instant?
  /// The header of the cell that runs or ran last, for what native code prints.
  var lastParent: [UInt8]?
  /// When to read what native code has printed.
  var nativeDue: ContinuousClock.Instant?

  /// How the process is about to end.
  struct Stop {
    let code: Int32
    let deadline: ContinuousClock.Instant
  }

  /// Opens everything; nothing is read yet.
  init(
    _ file: ConnectionFile, options: KernelServer.Options,
    makeSession: @escaping @Sendable (KernelServer.Shell) -> Session
  ) throws(ZMQError) {
    // First of all, because threads inherit what is blocked.
    let signals = options.ownsProcess ? Signals() : nil
    self.options = options
    self.makeSession = makeSession
    context = try Context()
    channels = try Channels(file, in: context)
    signer = Signer(key: Array(file.key.utf8), scheme: file.scheme)
    composer = Composer(signer: signer)
    guard let bell = Bell(), let standardError = Descriptor(fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)) else {
      throw ZMQError(operation: "open descriptors", code: errno)
    }
    self.bell = bell
    outbox = Outbox(bell: bell)
    process = signals.map { ProcessLinks(signals: $0, parent: ParentWatch(named: options.parent)) }
    log = Log(options.logLevel, to: process?.native?.originalError ?? standardError)
    rate = SendingRate(now: .now, isUnlimited: options.sendsUnlimited)
    board = WidgetBoard(links: CellLinks(composer: composer, outbox: outbox), comms: comms)
  }

  /// The address of each channel.
  var addresses: [ConnectionFile.Channel: String] { channels.addresses }

  /// Works until the process is told to end.
  func run() -> Int32 {
    guard open(.main) else { return 1 }
    process?.traps.begin()
    log.say(.info, "listening as session \(composer.session)")
    publish("status", Content.status(.starting), parent: Composer.noParent)
    var poller = Poller()
    let places = watch(with: &poller)
    while true {
      do throws(ZMQError) {
        try poller.wait(milliseconds: patience(now: .now))
        if let code = try turn(&poller, places) { return finish(code) }
      } catch {
        log.say(.error, error.description)
        return finish(1)
      }
    }
  }

  /// Starts the thread of a lane.
  func open(_ lane: Dispatcher.Lane) -> Bool {
    let thread = ExecutionLane(
      lane, links: CellLinks(composer: composer, outbox: outbox), board: board, input: input,
      allowsTraps: options.allowsTraps, crash: lane == .main ? CrashNote(path: options.crashNote)?.take() : nil)
    let makeSession = makeSession
    do throws(ThreadError) {
      try thread.start { makeSession(lane == .main ? .main : .sub) }
      lanes[lane] = thread
      return true
    } catch {
      log.say(.error, "cannot start a thread: error \(error.code)")
      return false
    }
  }

  /// Ends the lanes and sends what is left.
  private func finish(_ code: Int32) -> Int32 {
    outbox.close()
    for lane in lanes.values { lane.stop() }
    commLane?.stop()
    channels.removeFiles()
    log.say(.info, "ends with code \(code)")
    return code
  }
}
