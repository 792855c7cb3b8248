// SPDX-License-Identifier: Apache-2.0
import Glibc
import JupyterProtocol
import KernelSession
import Language
import Synchronization

/// What other threads may use of a lane's session.
struct SessionLinks: Sendable {
  let lane: Dispatcher.Lane
  let interrupt: Interrupt
  let snapshots: SnapshotBox
  /// The line with which a console greets.
  let banner: String
}

/// A thread that executes cells, one at a time, with a session of its own.
final class ExecutionLane: Sendable {
  private struct Mail: Sendable {
    var request: Request?
    var isStopped = false
  }

  private let lane: Dispatcher.Lane
  private let links: CellLinks
  private let input: InputExchange
  private let board: WidgetBoard
  private let allowsTraps: Bool
  private let mail = Monitor(Mail())

  /// Why the kernel before this one stopped; told once.
  private let crash: Mutex<String?>

  /// Makes a lane, not yet started.
  init(
    _ lane: Dispatcher.Lane, links: CellLinks, board: WidgetBoard, input: InputExchange, allowsTraps: Bool,
    crash: String?
  ) {
    self.crash = Mutex(crash)
    self.board = board
    self.lane = lane
    self.allowsTraps = allowsTraps
    self.links = links
    self.input = input
  }

  /// Starts the thread; `makeSession` is called on it.
  func start(makeSession: @escaping @Sendable () -> Session) throws(ThreadError) {
    try Thread.start("easel-cells", stackSize: 64 << 20) { [self] in
      let session = makeSession()
      links.outbox.put(
        .ready(
          SessionLinks(
            lane: lane, interrupt: session.interrupt, snapshots: session.snapshots, banner: session.banner)))
      while let request = nextRequest() { handle(request, in: session) }
    }
  }

  /// Gives it the next request; the one before has ended.
  func hand(_ request: Request) {
    mail.update { $0.request = request }
  }

  /// Lets the thread end after what it is doing.
  func stop() {
    mail.update { $0.isStopped = true }
  }

  private func nextRequest() -> Request? {
    mail.wait { mail -> Request?? in
      if let request = mail.request {
        mail.request = nil
        return .some(request)
      }
      return mail.isStopped ? .some(nil) : nil
    }
  }

  private func handle(_ request: Request, in session: Session) {
    let started = WallClock.now
    publish("status", Content.status(.busy), request)
    do throws(RequestError) {
      let cell = try ExecuteRequest(try request.fields())
      let execution = execute(cell, request, in: session)
      let aborts = execution.failure != nil && cell.stopOnError
      end(
        request, execution.reply(session.snapshots.current.language), started: started, aborts: aborts,
        count: execution.count)
    } catch {
      let refusal = Content.refusal(error) + [JSON.Member("execution_count", .integer(session.executionCount))]
      publish("error", .object(Array(refusal.dropFirst().dropLast())), request)
      end(request, .object(refusal), started: started, aborts: false, count: session.executionCount)
    }
  }

  private func execute(_ cell: ExecuteRequest, _ request: Request, in session: Session) -> Execution {
    if !cell.silent {
      let count = session.executionCount + (cell.storeHistory ? 1 : 0)
      publish("execute_input", Content.executeInput(cell.code, count: count), request)
    }
    let access = cell.allowStdin ? InputAccess(exchange: input, interrupt: session.interrupt) : nil
    let sink = CellSink(for: request, isSilent: cell.silent, links: links, board: board, input: access)
    let wanted = ExecutionRequest(
      code(of: cell), isSilent: cell.silent, storesHistory: cell.storeHistory, allowsInput: cell.allowStdin,
      userExpressions: cell.userExpressions)
    if !cell.silent, let crash = crash.withLock({ $0.take() }) {
      sink.emit(.text(CrashNote.sentence(crash)(session.snapshots.current.language), .standardError))
    }
    let execution = session.execute(wanted, to: sink)
    sink.close()
    // What native code printed may still sit in the C library's buffer.
    fflush(nil)
    links.outbox.put(.nativeOutput)
    if let failure = execution.failure, !cell.silent {
      publish("error", .object(failure.content(in: execution.count, session.snapshots.current.language)), request)
    }
    return execution
  }

  /// What the session executes; nothing after a trap that was asked for and did not end the process.
  private func code(of cell: ExecuteRequest) -> String {
    guard allowsTraps, let provocation = Provocation(cell: cell.code) else { return cell.code }
    provocation.run()
    return ""
  }

  private func end(_ request: Request, _ reply: JSON, started: WallClock, aborts: Bool, count: Int) {
    let metadata: JSON = [
      "started": .string(started.description), "status": reply["status"] ?? "ok", "dependencies_met": true,
    ]
    links.outbox.put(
      .ended(
        Outbox.Ended(
          lane: lane, aborts: aborts, count: count,
          reply: request.identities.isEmpty
            ? nil
            : links.composer.compose(
              "execute_reply", reply, parent: request.rawHeader, identities: request.identities, metadata: metadata),
          idle: links.composer.publish("status", Content.status(.idle), parent: request.rawHeader))))
  }

  private func publish(_ type: String, _ content: JSON, _ request: Request) {
    links.outbox.put(.frames(.iopub, links.composer.publish(type, content, parent: request.rawHeader), cost: 0))
  }
}
