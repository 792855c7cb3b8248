// SPDX-License-Identifier: Apache-2.0
import Tensors

/// What an optimizer remembers of each parameter: some tensors of the parameter's shape and a count of steps.
struct OptimizerSlots {
  /// The names of the tensors in PyTorch.
  let names: [String]
  /// For each parameter, as many tensors as names, or none before its first step.
  var tensors: [[Tensor]]
  /// For each parameter, how often it was changed.
  var steps: [Int]

  init(_ names: [String], count: Int) {
    self.names = names
    tensors = Array(repeating: [], count: count)
    steps = Array(repeating: 0, count: count)
  }

  /// Makes sure that the tensors of a parameter exist; new ones are zero.
  mutating func prepare(_ index: Int, like parameter: Parameter) throws(TensorError) {
    guard tensors[index].isEmpty, !names.isEmpty else { return }
    var zeros: [Tensor] = []
    for _ in names { zeros.append(try .zeros(parameter.value.shape)) }
    tensors[index] = zeros
  }

  /// The tensors of a parameter, which leave the slots.
  mutating func take(_ index: Int) -> [Tensor] {
    var taken: [Tensor] = []
    swap(&taken, &tensors[index])
    return taken
  }

  /// The same memory in the order of other parameters; those that were not there have none.
  func moved(from old: [Parameter], to new: [Parameter]) -> OptimizerSlots {
    var places: [ObjectIdentifier: Int] = [:]
    for (place, parameter) in old.enumerated() { places[ObjectIdentifier(parameter)] = place }
    var slots = OptimizerSlots(names, count: new.count)
    for (index, parameter) in new.enumerated() {
      guard let place = places[ObjectIdentifier(parameter)] else { continue }
      slots.tensors[index] = tensors[place]
      slots.steps[index] = steps[place]
    }
    return slots
  }

  /// The tensors and step counts under PyTorch's names.
  var named: [(name: String, tensor: Tensor)] {
    var result: [(name: String, tensor: Tensor)] = []
    for (index, group) in tensors.enumerated() where steps[index] > 0 {
      if let count = try? Tensor(Double(steps[index])) { result.append(("state.\(index).step", count)) }
      for (name, tensor) in zip(names, group) { result.append(("state.\(index).\(name)", tensor)) }
    }
    return result
  }

  /// Slots filled from names and tensors; throws when a shape is not its parameter's.
  func filled(
    from state: OptimizerState, for parameters: [Parameter], of optimizer: String
  ) throws(LayerError) -> OptimizerSlots {
    guard state.typeName == optimizer else {
      throw LayerError(.state(.kind(expected: optimizer, found: state.typeName)), of: optimizer)
    }
    var slots = OptimizerSlots(names, count: parameters.count)
    let byName = Dictionary(state.tensors.map { ($0.name, $0.tensor) }) { first, _ in first }
    for (index, parameter) in parameters.enumerated() {
      guard let step = byName["state.\(index).step"] else { continue }
      slots.steps[index] = Int(step.integers().first ?? 0)
      for name in names {
        let key = "state.\(index).\(name)"
        guard let tensor = byName[key] else {
          // Momentum may have been switched off when the state was kept.
          if name == "momentum_buffer" { continue }
          throw LayerError(.state(.missing([key])), of: optimizer)
        }
        guard tensor.shape == parameter.value.shape else {
          throw LayerError(
            .state(.shape(name: key, expected: parameter.value.shape, found: tensor.shape)), of: optimizer)
        }
        slots.tensors[index].append(tensor)
      }
    }
    return slots
  }
}
