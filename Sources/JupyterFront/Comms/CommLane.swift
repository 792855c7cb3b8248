// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol

/// The thread on which widgets are heard: never the one that computes, and never the one that owns the sockets.
final class CommLane: Sendable {
  private let links: CellLinks
  private let board: WidgetBoard
  private let comms: CommTable
  private let log: Log
  private let mail = Monitor(Mail())

  private struct Mail: Sendable {
    var requests = FIFO<Request>()
    var isStopped = false
  }

  /// Makes a lane, not yet started.
  init(links: CellLinks, board: WidgetBoard, comms: CommTable, log: Log) {
    self.links = links
    self.board = board
    self.comms = comms
    self.log = log
  }

  /// Starts the thread.
  func start() throws(ThreadError) {
    try Thread.start("easel-comms") { [self] in
      while let request = nextRequest() { handle(request) }
    }
  }

  /// Gives it the next message.
  func hand(_ request: Request) {
    mail.update { $0.requests.append(request) }
  }

  /// Lets the thread end.
  func stop() {
    mail.update { $0.isStopped = true }
  }

  private func nextRequest() -> Request? {
    mail.wait { mail -> Request?? in
      if let request = mail.requests.popFirst() { return .some(request) }
      return mail.isStopped ? .some(nil) : nil
    }
  }

  private func handle(_ request: Request) {
    publish("status", Content.status(.busy), request)
    if let type = request.type {
      do throws(RequestError) {
        hear(try CommMessage(try request.fields(), type: type), type, request)
      } catch {
        log.sayRarely(.warning, "\(type.rawValue): \(error)")
      }
    }
    let idle = links.composer.publish("status", Content.status(.idle), parent: request.rawHeader)
    links.outbox.put(.ended(Outbox.Ended(lane: .comms, aborts: false, count: 0, reply: nil, idle: idle)))
  }

  private func hear(_ message: CommMessage, _ type: MessageType, _ request: Request) {
    switch type {
    case .commOpen where message.target == WidgetBoard.controlTarget: board.addControl(message.comm)
    case .commOpen: publish("comm_close", Content.commClose(message.comm), request)
    case .commClose: comms.remove(message.comm)
    default:
      if !comms.receive(message, request) { log.say(.debug, "a message for a comm that is not open") }
    }
  }

  private func publish(_ type: String, _ content: JSON, _ request: Request) {
    links.outbox.put(.frames(.iopub, links.composer.publish(type, content, parent: request.rawHeader), cost: 0))
  }
}
