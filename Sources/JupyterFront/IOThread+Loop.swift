// SPDX-License-Identifier: Apache-2.0
import Glibc
import JupyterProtocol
import ZeroMQ

extension IOThread {
  /// Where the poller tells of each thing that is watched.
  struct Places {
    let shell, control, stdin, iopub, heartbeat, bell: Int
    let signals, parent, traps: Int?
    let native: [Int]
  }

  /// How many messages of one channel are taken in a turn, so that none keeps the others waiting.
  private static let mostAtOnce = 64

  /// Watches everything.
  func watch(with poller: inout Poller) -> Places {
    func place(_ descriptor: Int32?) -> Int? { descriptor.map { poller.watch(descriptor: $0) } }
    return Places(
      shell: poller.watch(channels.shell), control: poller.watch(channels.control),
      stdin: poller.watch(channels.stdin), iopub: poller.watch(channels.iopub),
      heartbeat: poller.watch(channels.heartbeat), bell: poller.watch(descriptor: bell.descriptor.number),
      signals: place(process?.signals.descriptor.number), parent: place(process?.parent.descriptor?.number),
      traps: place(process?.traps.reading?.number),
      native: (process?.native?.descriptors ?? []).map { poller.watch(descriptor: $0) })
  }

  /// How long the next poll may wait, in milliseconds; −1 for ever.
  func patience(now: ContinuousClock.Instant) -> Int {
    var wakes = [nextSending, nativeDue, stop?.deadline].compactMap { $0 }
    if awaitedInterrupt != nil { wakes.append(now + .milliseconds(1)) }
    if process?.parent.mustAsk == true { wakes.append(now + .seconds(1)) }
    guard let first = wakes.min() else { return -1 }
    // Rounded up, so that nothing is looked at before its time again and again.
    return max(0, Int(((first - now) / .milliseconds(1)).rounded(.up)))
  }

  /// Handles everything that the poller found.
  ///
  /// - Returns: The exit code when the process is to end.
  func turn(_ poller: inout Poller, _ places: Places) throws(ZMQError) -> Int32? {
    if let place = places.traps, poller.isReadable(place), let report = process?.traps.next() {
      return sayLastWords(report)
    }
    if poller.isReadable(places.heartbeat) {
      while let frames = try channels.heartbeat.receive() { try channels.heartbeat.send(frames) }
    }
    if let place = places.signals, poller.isReadable(place) { readSignals() }
    if let place = places.parent, poller.isReadable(place) { beginStop(code: 0, patience: .milliseconds(100)) }
    if process?.parent.isParentGone == true { beginStop(code: 0, patience: .milliseconds(100)) }
    if poller.isReadable(places.iopub) { try readSubscriptions() }
    if poller.isReadable(places.bell) { bell.hush() }
    // Nothing can be answered before there is a session.
    if sessions[.main] != nil {
      if poller.isReadable(places.control) { try read(.control) }
      if poller.isReadable(places.shell) { try read(.shell) }
    }
    if poller.isReadable(places.stdin) { try readInput() }
    retryInterrupt()
    try sendWhatIsReady()
    readNativeOutput(isReadable: places.native.map { poller.isReadable($0) }.contains(true))
    // What native code prints is gathered for a while, and not looked at meanwhile.
    for place in places.native { poller.set(place, isWatched: nativeDue == nil) }
    return isStopped ? stop?.code : nil
  }

  /// Takes requests from a channel.
  func read(_ channel: RequestChannel, most: Int = mostAtOnce) throws(ZMQError) {
    for _ in 0..<most {
      guard let frames = try receive(channel) else { return }
      guard
        let request = open(
          frames, from: channel.rawValue, as: { message throws(WireError) in try Request(message, on: channel) })
      else { continue }
      log.say(.debug, "\(channel.rawValue): \(request.header.type) \(request.header.messageID)")
      for action in dispatcher.received(request) { perform(action) }
    }
  }

  private func receive(_ channel: RequestChannel) throws(ZMQError) -> [[UInt8]]? {
    switch channel {
    case .shell: try channels.shell.receive()
    case .control: try channels.control.receive()
    }
  }

  /// Verifies and opens a message; one that cannot be trusted or read is thrown away and counted.
  private func open<Opened>(
    _ frames: [[UInt8]], from channel: String, as open: (WireMessage) throws(WireError) -> Opened
  ) -> Opened? {
    do throws(WireError) {
      let message = try WireMessage(frames: frames)
      try signer.verify(message)
      try replays.note(message.signature)
      return try open(message)
    } catch {
      log.sayRarely(.warning, "\(channel): threw away \(error)")
      return nil
    }
  }

  /// Welcomes new subscribers.
  func readSubscriptions() throws(ZMQError) {
    while let frames = try channels.iopub.receive() {
      guard let first = frames.first, first.first == 1 else { continue }
      let topic = Array(first.dropFirst())
      let content = Content.welcome(subscription: String(decoding: topic, as: UTF8.self))
      try channels.iopub.send(composer.compose("iopub_welcome", content, identities: [topic]))
    }
  }

  /// Takes the lines that cells wait for.
  ///
  /// - Parameter isBeforeQuestion: Whether a question is about to be sent, to which nothing received so far can be the
  ///   answer, although it may answer the question of another shell.
  /// - Throws: `ZMQError` when the channel is gone.
  func readInput(isBeforeQuestion: Bool = false) throws(ZMQError) {
    while let frames = try channels.stdin.receive() {
      guard let message = open(frames, from: "stdin", as: { $0 }) else { continue }
      guard let reply = InputReply(message), !isBeforeQuestion || reply.question != nil,
        input.answer(reply.value, to: reply.question)
      else {
        log.sayRarely(.info, "stdin: threw away a message that answers nothing")
        continue
      }
    }
  }

  private func readSignals() {
    while let signal = process?.signals.next() {
      if signal == SIGINT {
        interruptRunning()
      } else {
        beginStop(code: 128 + signal, patience: .milliseconds(100))
      }
    }
  }
}
