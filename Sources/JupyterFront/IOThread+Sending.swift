// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import KernelSession
import ZeroMQ

extension IOThread {
  /// How long native output is gathered.
  private static let nativePatience = Duration.milliseconds(50)
  /// How long the shell channel must be silent before nothing is under way any more, and how long that may take.
  private static let quietMilliseconds = 3
  private static let mostPatience = Duration.milliseconds(15)

  /// Sends frames; a channel that cannot take them is a fault of ours, not of the cell.
  func send(_ frames: [[UInt8]], on channel: ConnectionFile.Channel) {
    do throws(ZMQError) {
      // Who has subscribed meanwhile is welcomed before anything else reaches him.
      if channel == .iopub { try readSubscriptions() }
      try channels.send(frames, on: channel)
    } catch {
      log.say(.error, "\(channel.rawValue): \(error)")
    }
  }

  /// Sends what the lanes have put into the outbox, as far as clients can take it.
  func sendWhatIsReady() throws(ZMQError) {
    while true {
      let (item, retry) = outbox.next(now: .now, rate: &rate)
      nextSending = retry
      guard let item else { return }
      try handle(item)
    }
  }

  private func handle(_ item: Outbox.Item) throws(ZMQError) {
    switch item {
    case .frames(let channel, let frames, _): send(frames, on: channel)
    case .text(let run):
      for piece in run.pieces { publish(piece, parent: run.parent) }
    case .nativeOutput: readNativeOutput(isReadable: true, atOnce: true)
    case .question(let frames): try ask(frames)
    case .ended(let ended): try finish(ended)
    case .submission(let code): submit(code)
    case .ready(let session): sessions[session.lane] = session
    }
  }

  /// Ends a request: after a failure, those that had come before the client could know are aborted.
  private func finish(_ ended: Outbox.Ended) throws(ZMQError) {
    var aborted: [Dispatcher.Action] = []
    if ended.aborts {
      try readWhatIsUnderWay()
      aborted = dispatcher.failed(ended.lane)
    }
    if ended.lane == .main { lastCount = ended.count }
    if let reply = ended.reply { send(reply, on: .shell) }
    send(ended.idle, on: .iopub)
    if ended.lane != .main { repeatBusy() }
    for action in aborted + dispatcher.finished(ended.lane) { perform(action) }
  }

  /// Reads the requests that a client had already sent when a cell failed, also those still under way: none can have
  /// been sent in the knowledge of the failure, because nobody has been told.
  private func readWhatIsUnderWay() throws(ZMQError) {
    var poller = Poller()
    let shell = poller.watch(channels.shell)
    let deadline = ContinuousClock.now + Self.mostPatience
    repeat {
      try read(.shell, most: Int.max)
      try poller.wait(milliseconds: Self.quietMilliseconds)
    } while poller.isReadable(shell) && ContinuousClock.now < deadline
  }

  /// Asks the user, after throwing away answers to earlier questions.
  private func ask(_ frames: [[UInt8]]) throws(ZMQError) {
    try readInput(isBeforeQuestion: true)
    send(frames, on: .stdin)
  }

  /// Reads what native code has printed, gathered for a while or at once, and shows it in the running cell.
  func readNativeOutput(isReadable: Bool, atOnce: Bool = false) {
    guard let native = process?.native else { return }
    let now = ContinuousClock.now
    if isReadable, nativeDue == nil { nativeDue = now + Self.nativePatience }
    guard atOnce || nativeDue.map({ $0 <= now }) == true else { return }
    nativeDue = nil
    for piece in native.read(limit: atOnce ? 1 << 20 : TextRun.fullSize) {
      if let lastParent {
        publish(piece, parent: lastParent)
        nativeDue = rate.charge(bytes: piece.text.utf8.count, now: now) ?? nativeDue
      } else {
        native.originalError.write(Array(piece.text.utf8))
      }
    }
  }

  private func publish(_ piece: TextRun.Piece, parent: [UInt8]) {
    for part in piece.text.parts(ofAtMost: TextRun.fullSize) {
      publish("stream", Content.stream(piece.stream.rawValue, String(part)), parent: parent)
    }
  }
}
