// SPDX-License-Identifier: Apache-2.0
import Language
import Layers
import Tensors

/// A function that sees what a layer gives or gets back, until it is removed.
final class HookObject: HostObject {
  static var typeName: String { "Hook" }

  static let fields: [Field<HookObject>] = [
    Field("active", Text("Whether it still listens.", zh: "是否仍在监听。")) { $0.isActive }
  ]

  private let layer: any Layer
  private let place: String
  private let id: Int

  /// Listens to a layer; `remove` ends it.
  init(_ module: ModuleObject, _ hook: @escaping LayerNotes.Hook) {
    layer = module.layer
    place = module.title
    id = layer.notes.addHook(hook)
  }

  /// Whether it is on its layer: going back in time may take it off and put it on again.
  private var isActive: Bool { layer.notes.hooks.contains { $0.id == id } }

  /// Stops listening; a second time changes nothing.
  func remove() {
    layer.notes.removeHook(id)
  }

  func line(_ context: DisplayContext) -> String {
    context.language == .chinese
      ? "Hook：\(place)\(isActive ? "" : "（已移除）")" : "Hook on \(place)\(isActive ? "" : " (removed)")"
  }

  func display(_ context: DisplayContext) -> Display { Display(line(context)) }
}
