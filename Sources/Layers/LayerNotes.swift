// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// A function on the output of a layer, with the number by which it can be removed.
public final class LayerHook {
  /// Its number on its layer.
  public let id: Int
  /// What is called with the output.
  public let call: LayerNotes.Hook

  init(id: Int, call: @escaping LayerNotes.Hook) {
    self.id = id
    self.call = call
  }
}

/// What people attach to a layer: a name, inference mode, hooks on its output.
public final class LayerNotes {
  /// A function called with what a layer gives; returning a tensor replaces the output.
  public typealias Hook = (_ output: Tensor) throws -> Tensor?

  /// The name under which people know the layer, such as `D`: the first variable it was bound to.
  public var label: String? { didSet { noteChange() } }

  /// Whether the layer behaves as in inference even while the net trains: fixed statistics, no dropout.
  public var isInference = false { didSet { noteChange() } }

  /// The hooks on the output, in the order in which they are called.
  public private(set) var hooks: [LayerHook] = [] { didSet { noteChange() } }

  /// Whether running the layer needs more than its `forward`.
  private(set) var isRemarkable = false
  private var nextHook = 0

  /// Makes the notes of a new layer.
  public init() {}

  /// Adds a hook on the output and returns the number by which it can be removed.
  public func addHook(_ hook: @escaping Hook) -> Int {
    nextHook += 1
    hooks.append(LayerHook(id: nextHook, call: hook))
    return nextHook
  }

  /// Removes the hook of a given number; a number that is not there is no mistake.
  public func removeHook(_ id: Int) {
    hooks.removeAll { $0.id == id }
  }

  /// Puts these hooks in place of all there are.
  public func put(_ hooks: [LayerHook]) {
    self.hooks = hooks
    nextHook = max(nextHook, hooks.map(\.id).max() ?? 0)
  }

  private func noteChange() {
    isRemarkable = isInference || !hooks.isEmpty
  }

  /// The output after the hooks have seen it.
  func hooked(_ output: LayerOutput, of layer: any Layer, input: Shape?) throws(LayerError) -> LayerOutput {
    guard case .tensor(var tensor) = output, !hooks.isEmpty else { return output }
    for hook in hooks {
      do {
        tensor = try hook.call(tensor) ?? tensor
      } catch {
        throw LayerError(.function(error), in: layer, input: input)
      }
    }
    return .tensor(tensor)
  }
}
