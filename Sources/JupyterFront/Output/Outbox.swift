// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import KernelSession

/// Everything that goes out, in one queue: the order in which it is put in is the order in which clients see it.
///
/// Any thread puts in; the I/O thread takes out. Text is gathered at the end of the queue until something follows it,
/// it is full or its time is up. Nothing is ever dropped: who puts in too much waits.
final class Outbox: Sendable {
  /// What the I/O thread does next.
  enum Item: Sendable {
    /// Send finished frames.
    case frames(ConnectionFile.Channel, [[UInt8]], cost: Int)
    /// Send printed text.
    case text(TextRun)
    /// Read what native code has printed, before what follows.
    case nativeOutput
    /// Ask the user for a line.
    case question([[UInt8]])
    /// A lane has ended its request.
    case ended(Ended)
    /// Execute code that a panel asks for.
    case submission(String)
    /// A lane is ready; its session can be asked.
    case ready(SessionLinks)
  }

  /// How a request ended, with what is sent last.
  struct Ended: Sendable {
    var lane: Dispatcher.Lane
    /// Whether the requests that wait are aborted.
    var aborts: Bool
    /// The number of the last counted cell.
    var count: Int
    /// The reply, on shell; nil for a message without one.
    var reply: [[UInt8]]?
    /// The idle status.
    var idle: [[UInt8]]
  }

  /// What waits, at most, before who puts in waits too: bytes of any kind, and text and displays that are held back
  /// because clients would not keep up.
  fileprivate static let most = (bytes: 64 << 20, text: 128 << 10, displays: 64)

  fileprivate struct State: Sendable {
    var items = FIFO<Item>()
    var bytes = 0
    var textBytes = 0
    var displays = 0
    /// The end of the queue is text that may grow.
    var isTextOpen = false
    /// Displays that wait for their turn, by id; each takes the place of the one before.
    var held: [String: HeldDisplay] = [:]
    /// Whether the cell that is interrupted or over may send without waiting.
    var isHurried = false
    var isClosed = false
    var isRung = false
  }

  private let state = Monitor(State())
  private let bell: Bell

  init(bell: Bell) {
    self.bell = bell
  }

  // MARK: Putting in

  /// Adds anything but text; waits while too much is there.
  func put(_ item: Item) {
    add { state, _ in state.append(item) }
  }

  /// Adds printed text of the request with header `parent`.
  func put(_ text: String, to stream: Output.Stream, parent: [UInt8]) {
    for part in text.parts(ofAtMost: TextRun.fullSize) {
      add { state, now in state.append(String(part), to: stream, parent: parent, now: now) }
    }
  }

  /// Holds a display until its time, in place of the one held for the same id.
  func hold(_ display: HeldDisplay, id: String) {
    add { state, _ in state.held[id] = display }
  }

  /// Forgets what is held for an id, because something newer is sent.
  func release(id: String) {
    state.withLock { $0.held[id] = nil }
  }

  /// Puts what is held for a cell into the queue: it is over, and the last state is never dropped.
  func releaseAll(parent: [UInt8]) {
    let due = state.withLock { state in
      let mine = state.held.filter { $0.value.parent == parent }
      for id in mine.keys { state.held[id] = nil }
      return mine.values.sorted { $0.due < $1.due }
    }
    for display in due { put(.frames(.iopub, display.frames(), cost: 1)) }
  }

  /// Lets the running cell send without waiting, because it was interrupted; ends with the cell.
  func hurry() {
    state.update { $0.isHurried = true }
    bell.ring()
  }

  /// Lets nobody wait any more: the process ends.
  func close() {
    state.update { $0.isClosed = true }
  }

  private func add(_ body: (inout State, ContinuousClock.Instant) -> Void) {
    let now = ContinuousClock.now
    let rings = state.wait { state -> Bool? in
      guard state.hasRoom || state.isClosed else { return nil }
      body(&state, now)
      defer { state.isRung = true }
      return !state.isRung
    }
    if rings { bell.ring() }
  }

  // MARK: Taking out

  /// What comes next and may go out now.
  ///
  /// - Parameters:
  ///   - now: The time.
  ///   - rate: What clients take.
  /// - Returns: The next item; or when to ask again, nil for not before somebody puts something in.
  func next(
    now: ContinuousClock.Instant, rate: inout SendingRate
  ) -> (item: Item?, retry: ContinuousClock.Instant?) {
    state.update { $0.next(now: now, rate: &rate) }
  }

  /// What is left, without regard to rates, when a thread has died that may hold the lock.
  func remains() -> [Item] {
    state.withLock(within: 100) { state in
      var items: [Item] = []
      while let item = state.items.popFirst() { items.append(item) }
      return items
    } ?? []
  }

  /// Whether nothing is left to send.
  var isEmpty: Bool { state.withLock { $0.items.isEmpty && $0.held.isEmpty } }
}

extension Outbox.State {
  var hasRoom: Bool {
    guard bytes < Outbox.most.bytes else { return false }
    return isHurried || (textBytes < Outbox.most.text && displays < Outbox.most.displays)
  }

  mutating func append(_ item: Outbox.Item) {
    isTextOpen = false
    items.append(item)
    if case .frames(_, let frames, let cost) = item {
      bytes += frames.reduce(0) { $0 + $1.count }
      displays += cost
    }
    if case .ended(let ended) = item, ended.lane == .main { isHurried = true }
  }

  mutating func append(
    _ text: String, to stream: Output.Stream, parent: [UInt8], now: ContinuousClock.Instant
  ) {
    bytes += text.utf8.count
    textBytes += text.utf8.count
    var run = openText(of: parent) ?? TextRun(parent: parent, now: now)
    run.append(text, to: stream)
    items.append(.text(run))
    isTextOpen = true
  }

  /// Takes the text at the end of the queue that may still grow, so that it grows without being copied.
  private mutating func openText(of parent: [UInt8]) -> TextRun? {
    guard isTextOpen, case .text(let run) = items.last, run.parent == parent, !run.isFull else { return nil }
    _ = items.popLast()
    return run
  }

  mutating func next(
    now: ContinuousClock.Instant, rate: inout SendingRate
  ) -> (item: Outbox.Item?, retry: ContinuousClock.Instant?) {
    isRung = false
    for (id, display) in held where display.due <= now {
      held[id] = nil
      append(.frames(.iopub, display.frames(), cost: 1))
    }
    let heldUntil = held.values.map(\.due).min()
    guard let first = items.first else { return (nil, heldUntil) }
    if case .text(let run) = first, items.count == 1, isTextOpen, !run.isFull, run.due > now {
      return (nil, [run.due, heldUntil].compactMap { $0 }.min())
    }
    if !isHurried, let later = rate.take(messages: first.messages, bytes: first.textBytes, now: now) {
      return (nil, later)
    }
    remove(first)
    return (first, nil)
  }

  private mutating func remove(_ item: Outbox.Item) {
    _ = items.popFirst()
    if items.isEmpty { isTextOpen = false }
    switch item {
    case .frames(_, let frames, let cost):
      bytes -= frames.reduce(0) { $0 + $1.count }
      displays -= cost
    case .text(let run):
      bytes -= run.size
      textBytes -= run.size
    case .ended(let ended) where ended.lane == .main: isHurried = false
    default: break
    }
  }
}

extension Outbox.Item {
  /// How many messages it makes that Jupyter Server counts.
  fileprivate var messages: Int {
    switch self {
    case .frames(_, _, let cost): cost
    case .text(let run): run.pieces.count
    default: 0
    }
  }

  /// How many bytes of printed text it holds.
  fileprivate var textBytes: Int {
    if case .text(let run) = self { run.size } else { 0 }
  }
}
