// SPDX-License-Identifier: Apache-2.0
public import Tensors

// A net as a list of named tensors, in the order and with the names of PyTorch's `state_dict`.

extension Layer {
  /// All parameters, its own and those inside, by their paths: `0.weight`.
  ///
  /// A parameter that is used in several places is listed once, under its first path.
  public var namedParameters: [(name: String, parameter: Parameter)] {
    var seen: Set<ObjectIdentifier> = []
    var result: [(name: String, parameter: Parameter)] = []
    forEachLayer { path, layer in
      for (name, parameter) in layer.parameters where seen.insert(ObjectIdentifier(parameter)).inserted {
        result.append((joined(path, name), parameter))
      }
    }
    return result
  }

  /// All parameters, its own and those inside.
  public var allParameters: [Parameter] { namedParameters.map(\.parameter) }

  /// All buffers, its own and those inside, by their paths: `1.running_mean`.
  public var namedBuffers: [(name: String, buffer: Buffer)] {
    var result: [(name: String, buffer: Buffer)] = []
    forEachLayer { path, layer in
      result += layer.buffers.map { (joined(path, $0.name), $0.buffer) }
    }
    return result
  }

  /// How many numbers are trained.
  public var parameterCount: Int { allParameters.reduce(0) { $0 + $1.count } }

  /// Calls `body` with every layer, this one first, and its path: empty, then `0`, `0.1`, ….
  public func forEachLayer(_ body: (_ path: String, _ layer: any Layer) -> Void) {
    visit(path: "", body)
  }

  private func visit(path: String, _ body: (_ path: String, _ layer: any Layer) -> Void) {
    body(path, self)
    for (name, child) in children { child.visit(path: joined(path, name), body) }
  }

  /// Parameters and buffers by path, each layer's parameters before its buffers.
  public var stateDictionary: [(name: String, tensor: Tensor)] {
    var seen: Set<ObjectIdentifier> = []
    var result: [(name: String, tensor: Tensor)] = []
    forEachLayer { path, layer in
      for (name, parameter) in layer.parameters where seen.insert(ObjectIdentifier(parameter)).inserted {
        result.append((joined(path, name), parameter.value.detached()))
      }
      result += layer.buffers.map { (joined(path, $0.name), $0.buffer.value) }
    }
    return result
  }

  /// Sets parameters and buffers from named tensors; nothing changes unless everything fits.
  ///
  /// Throws when a name is missing or too many, or a shape differs.
  public func load(_ state: [(name: String, tensor: Tensor)]) throws(LayerError) {
    let own = stateDictionary
    let given = Dictionary(state.map { ($0.name, $0.tensor) }) { first, _ in first }
    let missing = own.map(\.name).filter { given[$0] == nil }
    guard missing.isEmpty else { throw LayerError(.state(.missing(missing)), in: self) }
    let known = Set(own.map(\.name))
    let unexpected = state.map(\.name).filter { !known.contains($0) }
    guard unexpected.isEmpty else { throw LayerError(.state(.unexpected(unexpected)), in: self) }
    for (name, tensor) in own {
      guard let value = given[name], value.shape == tensor.shape else {
        let found = given[name]?.shape ?? Shape([])
        throw LayerError(.state(.shape(name: name, expected: tensor.shape, found: found)), in: self)
      }
    }
    do {
      for (name, parameter) in namedParameters { if let value = given[name] { try parameter.set(value) } }
    } catch {
      throw LayerError(.tensor(error), in: self)
    }
    for (name, buffer) in namedBuffers { if let value = given[name] { buffer.value = value.detached() } }
  }
}

private func joined(_ path: String, _ name: String) -> String { path.isEmpty ? name : path + "." + name }
