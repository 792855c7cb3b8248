// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import Language
import Synchronization

/// Shows panels as widgets in the running cell.
struct WidgetHost: PanelHost {
  let links: CellLinks
  let board: WidgetBoard
  /// The header of the request whose cell shows them.
  let parent: [UInt8]

  func show(_ panel: Panel, receive: @escaping @Sendable (PanelEvent) -> Void) -> any PanelHandle {
    var controls: [String: String] = [:]
    var boxes: [String] = []
    var rows: [String] = []
    for row in panel.rows {
      let ids = row.map { item in
        let id = board.add(WidgetModel(item.kind), parent: parent) { message in
          if let event = PanelEvent(message, on: item) { receive(event) }
        }
        controls[item.id] = id
        return id
      }
      rows.append(board.add(.box("HBox", of: ids), parent: parent) { _ in })
    }
    let style = board.add(.html(PanelStyle.html, classes: ["easel-style"]), parent: parent) { _ in }
    boxes = [style] + rows
    boxes.append(board.add(.box("VBox", of: boxes, classes: [PanelStyle.boxClass]), parent: parent) { _ in })
    display(boxes.last ?? "", panel.plain)
    return WidgetPanel(links: links, board: board, parent: parent, controls: controls, boxes: boxes)
  }

  func execute(_ code: String) {
    links.outbox.put(.submission(code))
  }

  private func display(_ id: String, _ plain: String) {
    let view: JSON = ["model_id": .string(id), "version_major": 2, "version_minor": 0]
    let content: JSON = [
      "data": ["text/plain": .string(plain), "application/vnd.jupyter.widget-view+json": view],
      "metadata": .object([]), "transient": .object([]),
    ]
    links.outbox.put(.frames(.iopub, links.composer.publish("display_data", content, parent: parent), cost: 1))
  }
}

/// The widgets of one panel.
final class WidgetPanel: PanelHandle {
  private let links: CellLinks
  private let board: WidgetBoard
  private let parent: [UInt8]
  /// The widget of each control.
  private let controls: [String: String]
  private let boxes: [String]
  private let paces = Mutex<[String: DisplayPace]>([:])

  init(links: CellLinks, board: WidgetBoard, parent: [UInt8], controls: [String: String], boxes: [String]) {
    self.links = links
    self.board = board
    self.parent = parent
    self.controls = controls
    self.boxes = boxes
  }

  func update(_ id: String, _ change: PanelChange) {
    guard let widget = controls[id] else { return }
    let (value, bytes) = change.value
    let buffers = bytes.map { [(name: value.name, bytes: $0)] } ?? []
    let values = bytes == nil ? [value] : []
    board.set(values, buffers: buffers, of: widget)
    let key = "\(widget)-\(value.name)"
    let pace = paces.withLock { paces in
      let pace = paces[key] ?? DisplayPace()
      paces[key] = pace
      return pace
    }
    let (board, parent) = (board, parent)
    let frames = { @Sendable () -> [[UInt8]] in
      let frames = board.update(values, buffers: buffers, of: widget, parent: parent)
      pace.note(bytes: frames.reduce(0) { $0 + $1.count }, now: .now)
      return frames
    }
    let now = ContinuousClock.now
    links.outbox.hold(HeldDisplay(parent: [], due: pace.due(now: now) ?? now, frames: frames), id: key)
  }

  func close() {
    for id in boxes.reversed() + controls.values { board.remove(id, parent: parent) }
  }
}

extension PanelChange {
  /// The value of the widget, and the bytes when it is made of them.
  fileprivate var value: (JSON.Member, bytes: [UInt8]?) {
    switch self {
    case .number(let number): (JSON.Member("value", .number(number)), nil)
    case .flag(let flag): (JSON.Member("value", .bool(flag)), nil)
    case .place(let place): (JSON.Member("index", .integer(place)), nil)
    case .text(let html): (JSON.Member("value", .string(html)), nil)
    case .label(let label): (JSON.Member("description", .string(label)), nil)
    case .picture(let png): (JSON.Member("value", .null), png)
    case .enabled(let isEnabled): (JSON.Member("disabled", .bool(!isEnabled)), nil)
    }
  }
}

extension PanelEvent {
  /// What a page's message means for a control; nil for messages that mean nothing.
  fileprivate init?(_ message: WidgetMessage, on item: Panel.Item) {
    switch (item.kind, message) {
    case (.button, .custom(let content)) where content["event"]?.text == "click": self = .pressed(item.id)
    case (.toggle, .changed(let value)):
      guard value.name == "value", case .bool(let flag) = value.value else { return nil }
      self = .switched(item.id, isOn: flag)
    case (.slider(_, _, let range, _, _), .changed(let value)):
      guard value.name == "value", let number = value.value.double, range.contains(number) else { return nil }
      self = .moved(item.id, to: number)
    case (.choice(_, let options, _), .changed(let value)):
      guard value.name == "index", case .integer(let place) = value.value, options.indices.contains(place) else {
        return nil
      }
      self = .chosen(item.id, place)
    default: return nil
    }
  }
}

extension JSON {
  /// The number, whole or not, when this is one.
  fileprivate var double: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }
}
