// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import KernelSession
import Language

/// Takes what one cell shows, makes messages of it and puts them into the outbox.
///
/// Belongs to the thread of the lane that executes the cell.
final class CellSink: OutputSink {
  private let request: Request
  private let isSilent: Bool
  private let links: CellLinks
  private let input: InputAccess?
  private let board: WidgetBoard
  /// The display of each run in progress.
  private var runs: [String: String] = [:]
  private var runCount = 0
  private var paces: [String: DisplayPace] = [:]

  /// Makes the sink of one cell; without `input` the cell cannot ask.
  init(for request: Request, isSilent: Bool, links: CellLinks, board: WidgetBoard, input: InputAccess?) {
    self.board = board
    self.request = request
    self.isSilent = isSilent
    self.links = links
    self.input = input
  }

  var panels: (any PanelHost)? {
    isSilent ? nil : WidgetHost(links: links, board: board, parent: request.rawHeader)
  }

  func emit(_ output: Output) {
    guard !isSilent else { return }
    switch output {
    case .text(let text, let stream):
      if !text.isEmpty { links.outbox.put(text, to: stream, parent: request.rawHeader) }
    case .note(let line): links.outbox.put(line + "\n", to: .standardError, parent: request.rawHeader)
    case .display(let display, let id):
      show("display_data", display, id: id)
      sayCaption(of: display)
    case .update(let display, let id): update(display, id: id, isFinal: false)
    case .result(let display, let count):
      publish("execute_result", display.content(["execution_count": .integer(count)]), cost: 0)
      sayCaption(of: display)
    case .progress(let progress): show(progress)
    case .clear(let wait): publish("clear_output", ["wait": .bool(wait)], cost: 1)
    }
  }

  func readLine(prompt: String, password: Bool) throws(InputError) -> String {
    guard let input else { throw .notAllowed }
    let outbox = links.outbox
    let question = links.composer.compose(
      "input_request", Content.inputRequest(prompt: prompt, password: password), parent: request.rawHeader,
      identities: request.identities)
    guard let name = WireMessage.messageID(of: question) else { throw .ended }
    return try input.exchange.ask(name, interrupt: input.interrupt) { outbox.put(.question(question)) }
  }

  /// Sends what is held back: the cell is over.
  func close() {
    links.outbox.releaseAll(parent: request.rawHeader)
  }

  private func show(_ type: String, _ display: Display, id: String?) {
    publish(type, display.content(Self.transient(id)), cost: 1)
    if let id { paces[id] = DisplayPace() }
  }

  /// Prints what is said below a picture: notebooks show neither plain text nor a description beside one.
  private func sayCaption(of display: Display) {
    guard display.showsPicture, !display.caption.isEmpty else { return }
    links.outbox.put(display.caption + "\n", to: .standardOutput, parent: request.rawHeader)
  }

  /// Shows the first state of a run as a display of its own, and later ones in its place.
  private func show(_ progress: Output.Progress) {
    guard let id = runs[progress.id] else {
      runCount += 1
      let id = "\(request.header.messageID)-run-\(runCount)"
      if !progress.isFinal { runs[progress.id] = id }
      show("display_data", progress.display, id: id)
      paces[id]?.note(bytes: progress.display.size, now: .now)
      return
    }
    if progress.isFinal { runs[progress.id] = nil }
    update(progress.display, id: id, isFinal: progress.isFinal)
  }

  /// Replaces the content of a display, now or when its time comes.
  private func update(_ display: Display, id: String, isFinal: Bool) {
    let pace = paces[id] ?? DisplayPace()
    paces[id] = pace
    let now = ContinuousClock.now
    let (composer, parent) = (links.composer, request.rawHeader)
    let frames = { @Sendable () -> [[UInt8]] in
      pace.note(bytes: display.size, now: .now)
      return composer.publish("update_display_data", display.content(Self.transient(id)), parent: parent)
    }
    if !isFinal, let due = pace.due(now: now) {
      links.outbox.hold(HeldDisplay(parent: parent, due: due, frames: frames), id: id)
    } else {
      links.outbox.release(id: id)
      links.outbox.put(.frames(.iopub, frames(), cost: 1))
    }
  }

  private func publish(_ type: String, _ content: JSON, cost: Int) {
    links.outbox.put(.frames(.iopub, links.composer.publish(type, content, parent: request.rawHeader), cost: cost))
  }

  private static func transient(_ id: String?) -> JSON {
    ["transient": .object(id.map { [JSON.Member("display_id", .string($0))] } ?? [])]
  }
}

/// What a cell sends with.
struct CellLinks: Sendable {
  let composer: Composer
  let outbox: Outbox
}

extension Display {
  /// The content of a message that shows this, with `more` fields.
  fileprivate func content(_ more: JSON) -> JSON {
    .object([JSON.Member("data", bundle), JSON.Member("metadata", bundleMetadata)] + (more.members ?? []))
  }

  /// About how many bytes it takes on the wire.
  fileprivate var size: Int {
    parts.reduce(plain.utf8.count) { sum, part in
      switch part.content {
      case .text(let text), .json(let text): sum + text.utf8.count
      case .bytes(let bytes): sum + bytes.count * 4 / 3
      }
    }
  }
}
