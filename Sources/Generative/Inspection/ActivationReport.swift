// SPDX-License-Identifier: Apache-2.0
public import Layers
public import Tensors

/// What the layers of a net give for some input, in figures.
public struct ActivationRow: Sendable, Hashable {
  /// The path of the layer, as `2`.
  public let name: String
  /// The layer with its settings.
  public let layer: String
  /// The shape of its output, with the batch.
  public let shape: Shape
  /// The mean of the output.
  public let mean: Double
  /// Its standard deviation.
  public let deviation: Double
  /// The share of an activation's units that give zero for every example, 0 … 1: dead; 0 for other layers.
  public let deadShare: Double
  /// The share of its values where a sigmoid or tanh is all but flat, 0 … 1; 0 for other layers.
  public let saturatedShare: Double
}

/// Runs a net in inference and looks at what each layer gives.
///
/// Nothing is recorded or changed.
///
/// - Parameters:
///   - net: The net.
///   - inputs: What it is given, the batch first.
///   - random: Where random layers would draw from.
/// - Returns: A row for each layer that contains no other, in the order in which they ran.
/// - Throws: `TrainerError.layer` if the input does not fit.
public func activations(
  of net: any Layer, for inputs: [Tensor], random: RandomStream
) throws(TrainerError) -> [ActivationRow] {
  var rows: [ActivationRow] = []
  var hooks: [(layer: any Layer, id: Int)] = []
  net.forEachLayer { path, layer in
    guard layer.children.isEmpty else { return }
    let id = layer.notes.addHook { output in
      rows.append(try ActivationRow(name: path, layer: layer, output: output))
      return nil
    }
    hooks.append((layer, id))
  }
  defer { for (layer, id) in hooks { layer.notes.removeHook(id) } }
  let context = ForwardContext(
    isTraining: false, random: random, recordsGradients: false, updatesStatistics: false)
  try raising { _ = try net.output(of: inputs.map { $0.detached() }, in: context) }
  return rows
}

extension ActivationRow {
  init(name: String, layer: any Layer, output: Tensor) throws(TensorError) {
    self.name = name
    self.layer = layer.summary
    shape = output.shape
    let numbers = output.scalars()
    let count = Double(max(numbers.count, 1))
    let average = numbers.reduce(0.0) { $0 + Double($1) } / count
    mean = average
    deviation = (numbers.reduce(0.0) { $0 + (Double($1) - average) * (Double($1) - average) } / count).squareRoot()
    // A pixel that is always black is no dead unit.
    deadShare = layer is ActivationLayer ? Self.deadShare(numbers, batch: output.rank > 0 ? output.shape[0] : 1) : 0
    let flat: (Float) -> Bool =
      switch (layer as? ActivationLayer)?.kind {
      case .tanh: { abs($0) > 0.99 }
      case .sigmoid: { $0 < 0.01 || $0 > 0.99 }
      default: { _ in false }
      }
    saturatedShare = Double(numbers.count(where: flat)) / count
  }

  private static func deadShare(_ numbers: [Float], batch: Int) -> Double {
    let units = numbers.count / max(batch, 1)
    guard units > 0 else { return 0 }
    let dead = (0..<units).count { unit in (0..<batch).allSatisfy { numbers[$0 * units + unit] == 0 } }
    return Double(dead) / Double(units)
  }
}
