// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// One line of the table that describes a net.
public struct LayerRow {
  /// The path of the layer: `0`, `3.mu`.
  public let name: String
  /// The layer with its settings.
  public let layer: any Layer
  /// The shapes it gives, with `*` for the batch; nil when they could not be worked out.
  public let output: String?
  /// How many numbers of its own it trains.
  public let parameterCount: Int
  /// The length of its weights taken as one vector, biases included; nil when it has none.
  public let weightNorm: Double?
  /// How deep it lies: 0 for the layers of the net itself.
  public let depth: Int
}

extension Layer {
  /// The layers of a net in the order in which they run, with the shapes they make of an input.
  ///
  /// `input` includes the batch axis. Without it the shapes of layers that know their own input are shown.
  public func table(for input: Shape? = nil) -> [LayerRow] {
    var rows: [LayerRow] = []
    var shape = input.map(LayerShape.tensor)
    describe(self, path: "", depth: -1, shape: &shape, into: &rows)
    return rows
  }
}

private func describe(
  _ layer: any Layer, path: String, depth: Int, shape: inout LayerShape?, into rows: inout [LayerRow]
) {
  let result = shape?.shape.flatMap { try? layer.outputShape(for: $0) }
  if depth >= 0 || layer.children.isEmpty {
    let own = layer.parameters.map(\.parameter)
    rows.append(
      LayerRow(
        name: path, layer: layer, output: result.map(withoutBatch), parameterCount: own.reduce(0) { $0 + $1.count },
        weightNorm: own.isEmpty ? nil : norm(of: own), depth: max(depth, 0)))
  }
  let isParallel = layer is Heads
  var inner = shape
  for (name, child) in layer.children {
    var own = isParallel ? shape : inner
    describe(child, path: path.isEmpty ? name : path + "." + name, depth: depth + 1, shape: &own, into: &rows)
    inner = own
  }
  shape = result
}

private func norm(of parameters: [Parameter]) -> Double? {
  var squares = 0.0
  for parameter in parameters {
    let value = parameter.value.detached()
    guard let square = try? sum(value * value).item() else { return nil }
    squares += square
  }
  return squares.squareRoot()
}

private func withoutBatch(_ shape: LayerShape) -> String {
  func starred(_ shape: Shape) -> String {
    "[" + (["*"] + shape.dimensions.dropFirst().map(String.init)).joined(separator: ", ") + "]"
  }
  switch shape {
  case .tensor(let shape): return starred(shape)
  case .record(let fields): return fields.map { "\($0.name) \(starred($0.shape))" }.joined(separator: ", ")
  }
}
