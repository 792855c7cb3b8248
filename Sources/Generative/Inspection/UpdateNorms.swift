// SPDX-License-Identifier: Apache-2.0
import Layers
import Tensors

/// How far optimizers moved each parameter in their last step, worked out from what they remember.
///
/// Nothing has to be kept while training: the running means after a step are those the step used.
struct UpdateNorms {
  private var norms: [ObjectIdentifier: Double] = [:]

  init(_ optimizers: [any Optimizer]) throws(TensorError) {
    for optimizer in optimizers where optimizer.stepsTaken > 0 {
      let state = optimizer.state
      let settings = Dictionary(state.settings.map { ($0.name, $0.value) }) { first, _ in first }
      let tensors = Dictionary(state.tensors.map { ($0.name, $0.tensor) }) { first, _ in first }
      for (index, parameter) in optimizer.parameters.enumerated() where !parameter.isFrozen {
        guard let update = try Self.update(of: parameter, index, state.typeName, settings, tensors) else { continue }
        norms[ObjectIdentifier(parameter)] = try VectorFigures(update).norm
      }
    }
  }

  subscript(_ parameter: Parameter) -> Double? { norms[ObjectIdentifier(parameter)] }

  private static func update(
    of parameter: Parameter, _ index: Int, _ kind: String, _ settings: [String: Double], _ tensors: [String: Tensor]
  ) throws(TensorError) -> Tensor? {
    func remembered(_ name: String) -> Tensor? { tensors["state.\(index).\(name)"] }
    let rate = settings["lr"] ?? 0
    switch kind {
    case "Adam", "AdamW":
      guard let first = remembered("exp_avg"), let second = remembered("exp_avg_sq"),
        let steps = try remembered("step")?.item()
      else { return nil }
      let mean = 1 - scalarPower(settings["betas.0"] ?? 0, steps)
      let square = 1 - scalarPower(settings["betas.1"] ?? 0, steps)
      return try first * (rate / mean) / (sqrt(second * (1 / square)) + (settings["eps"] ?? 0))
    case "RMSprop":
      guard let square = remembered("square_avg"), let gradient = parameter.gradient else { return nil }
      return try gradient * rate / (sqrt(square) + (settings["eps"] ?? 0))
    case "SGD":
      guard let direction = remembered("momentum_buffer") ?? parameter.gradient else { return nil }
      return try direction * rate
    default: return nil
    }
  }
}
