// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import Synchronization

/// All widgets of a kernel and their states, so that a page that is opened again shows them as they are.
final class WidgetBoard: Sendable {
  /// What pages open a comm to when they are loaded, to ask for everything.
  static let controlTarget = "jupyter.widget.control"
  /// What every widget's comm is called.
  static let target = "jupyter.widget"

  private let models = Mutex<[String: WidgetModel]>([:])
  private let links: CellLinks
  private let comms: CommTable

  init(links: CellLinks, comms: CommTable) {
    self.links = links
    self.comms = comms
  }

  /// Shows a widget to all pages.
  ///
  /// - Parameters:
  ///   - model: Its state.
  ///   - parent: The header of the request that makes it.
  ///   - receive: Takes the values that a user changes, or the content of a message of the widget's own.
  /// - Returns: Its identity.
  func add(
    _ model: WidgetModel, parent: [UInt8], receive: @escaping @Sendable (WidgetMessage) -> Void
  ) -> String {
    let id = randomName()
    models.withLock { $0[id] = model }
    comms.add(id, target: Self.target) { [weak self] data, request in
      self?.hear(data, from: id, request, receive)
    }
    let (paths, buffers) = Self.buffers(of: model)
    send(
      "comm_open",
      [
        "comm_id": .string(id), "target_name": .string(Self.target),
        "data": ["state": model.state, "buffer_paths": .array(paths)],
      ], parent: parent, metadata: ["version": .string(WidgetModel.messageVersion)], buffers: buffers)
    return id
  }

  /// Changes values of a widget, in this board only; pages are told by `message`.
  func set(_ values: [JSON.Member], buffers: [(name: String, bytes: [UInt8])] = [], of id: String) {
    models.withLock { models in
      for value in values { models[id]?.set(value.name, value.value) }
      if !buffers.isEmpty { models[id]?.buffers = buffers }
    }
  }

  /// The frames that tell pages about values.
  func update(
    _ values: [JSON.Member], buffers: [(name: String, bytes: [UInt8])] = [], of id: String, method: String = "update",
    parent: [UInt8]
  ) -> [[UInt8]] {
    links.composer.publish(
      "comm_msg",
      [
        "comm_id": .string(id),
        "data": [
          "method": .string(method), "state": .object(values),
          "buffer_paths": .array(buffers.map { .array([.string($0.name)]) }),
        ],
      ], parent: parent, buffers: buffers.map(\.bytes))
  }

  /// Takes a widget away from all pages.
  func remove(_ id: String, parent: [UInt8]) {
    guard models.withLock({ $0.removeValue(forKey: id) }) != nil else { return }
    comms.remove(id)
    send("comm_close", Content.commClose(id), parent: parent)
  }

  /// Opens the comm on which a page asks for everything.
  func addControl(_ id: String) {
    comms.add(id, target: Self.controlTarget) { [weak self] data, request in
      if data["method"]?.text == "request_states" { self?.sendStates(to: id, request) }
    }
  }

  private func sendStates(to control: String, _ request: Request) {
    let models = models.withLock { $0 }.sorted { $0.key < $1.key }
    let buffers = models.flatMap { id, model in model.buffers.map { (id, $0.name, $0.bytes) } }
    send(
      "comm_msg",
      [
        "comm_id": .string(control),
        "data": [
          "method": "update_states", "states": .object(models.map { JSON.Member($0.key, $0.value.description) }),
          "buffer_paths": .array(buffers.map { [.string($0.0), "state", .string($0.1)] }),
        ],
      ], parent: request.rawHeader, buffers: buffers.map(\.2))
  }

  private func hear(
    _ data: JSON, from id: String, _ request: Request, _ receive: @Sendable (WidgetMessage) -> Void
  ) {
    switch data["method"]?.text {
    case "update":
      let values = (data["state"]?.members ?? []).filter { !$0.name.hasPrefix("_") }
      set(values, of: id)
      put(update(values, of: id, method: "echo_update", parent: request.rawHeader))
      for value in values { receive(.changed(value)) }
    case "custom": receive(.custom(data["content"] ?? .null))
    case "request_state":
      guard let model = models.withLock({ $0[id] }) else { return }
      put(update(model.state.members ?? [], buffers: model.buffers, of: id, parent: request.rawHeader))
    default: break
    }
  }

  private func send(
    _ type: String, _ content: JSON, parent: [UInt8], metadata: JSON = .object([]), buffers: [[UInt8]] = []
  ) {
    put(links.composer.publish(type, content, parent: parent, metadata: metadata, buffers: buffers))
  }

  private func put(_ frames: [[UInt8]]) {
    links.outbox.put(.frames(.iopub, frames, cost: 1))
  }

  private static func buffers(of model: WidgetModel) -> (paths: [JSON], buffers: [[UInt8]]) {
    (model.buffers.map { [.string($0.name)] }, model.buffers.map(\.bytes))
  }
}

/// What a page says about a widget.
enum WidgetMessage: Sendable, Hashable {
  /// A user changed a value.
  case changed(JSON.Member)
  /// Something of the widget's own, such as a click.
  case custom(JSON)
}
