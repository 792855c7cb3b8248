// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

/// A derivative beside the slope that two nearby values give.
enum GradientComparison {
  /// How far apart the two values are taken; single precision wants a wide step.
  private static let step: Float = 1e-2
  private static let tolerance = 1e-3
  /// More elements than this are spread over the tensor, or checking would take for ever.
  private static let most = 64

  static func table(of function: FunctionArgument, at x: Tensor, _ call: Call) throws -> TableObject {
    let point = try x.floats().detached()
    let leaf = try point.requiringGradient()
    let result = try number(function(leaf.value, in: call))
    let automatic = try gradient(of: result, withRespectTo: [leaf])[0].scalars()
    var rows: [[Value]] = []
    var agreed = 0
    let stride = max((point.count + most - 1) / most, 1)
    for index in Swift.stride(from: 0, to: point.count, by: stride) {
      try call.checkInterruption()
      let slope = try slope(of: function, at: point, index, call)
      let difference = abs(Double(automatic[index]) - slope)
      if difference <= tolerance * max(1, slope.magnitude) { agreed += 1 }
      rows.append([.int(index), .float(Double(automatic[index])), .float(slope), .float(difference)])
    }
    let count = rows.count
    return TableObject(
      ["element", "automatic", "numeric", "|difference|"], rows: rows,
      notes: [
        Text("\(agreed) of \(count) agree (tolerance 0.001)", zh: "\(count) 个中有 \(agreed) 个一致（容差 0.001）")
      ])
  }

  private static func slope(
    of function: FunctionArgument, at point: Tensor, _ index: Int, _ call: Call
  ) throws -> Double {
    var values = point.scalars()
    let middle = values[index]
    let step = Self.step * max(1, middle.magnitude)
    values[index] = middle + step
    let above = try number(function(Tensor(values, shape: point.shape).value, in: call)).item()
    let high = values[index]
    values[index] = middle - step
    let below = try number(function(Tensor(values, shape: point.shape).value, in: call)).item()
    return (above - below) / Double(high - values[index])
  }

  private static func number(_ value: Value) throws -> Tensor {
    guard let tensor = Tensor.convert(value), tensor.count == 1 else { throw GradientFault.notANumber(value.typeName) }
    return tensor
  }

  private static func abs(_ number: Double) -> Double { number.magnitude }
}
