// SPDX-License-Identifier: Apache-2.0

/// Checks of the settings of optimizers: each gives the value back or throws what it should have been.
enum Setting {
  static func learningRate(_ value: Double, of optimizer: String) throws(LayerError) -> Double {
    try require(value >= 0 && value.isFinite, "lr", shortest(value), needs: "a finite number from 0", for: optimizer)
    return value
  }

  static func fraction(_ name: String, _ value: Double, of optimizer: String) throws(LayerError) -> Double {
    try require((0..<1).contains(value), name, shortest(value), needs: "0 ≤ \(name) < 1", for: optimizer)
    return value
  }

  static func notNegative(_ name: String, _ value: Double, of optimizer: String) throws(LayerError) -> Double {
    try require(value >= 0 && value.isFinite, name, shortest(value), needs: "a finite number from 0", for: optimizer)
    return value
  }

  static func unknown(_ name: String, _ value: Double, of optimizer: any Optimizer) -> LayerError {
    let known = optimizer.settings.map(\.name).joined(separator: ", ")
    return LayerError(.setting(name: name, value: shortest(value), needs: "one of \(known)"), of: optimizer.typeName)
  }
}

/// Each parameter once, in the order of its first appearance: a shared parameter is changed once a step.
func unique(_ parameters: [Parameter]) -> [Parameter] {
  var seen: Set<ObjectIdentifier> = []
  return parameters.filter { seen.insert(ObjectIdentifier($0)).inserted }
}
