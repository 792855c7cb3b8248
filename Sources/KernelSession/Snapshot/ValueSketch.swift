// SPDX-License-Identifier: Apache-2.0
import Language

/// What a snapshot knows of a value: enough to complete and inspect it on another thread.
struct ValueSketch: Sendable {
  /// The name of the type.
  var typeName: String
  /// The name under which its fields are declared: `Trainer` for a `GAN`; nil when it is the name of the type.
  var declaredType: String?
  /// One line about it.
  var line: String
  /// How it is called, when it can be.
  var signature: String?
  /// Names of its parameters, when it can be called.
  var parameterNames: [String] = []
  /// The text of its definition, when the user wrote it.
  var definition: String?
  /// Parts that only this object has, and the fields of a record.
  var parts: [(name: String, sketch: ValueSketch)] = []

  /// The part with this name.
  func part(_ name: String) -> ValueSketch? { parts.first { $0.name == name }?.sketch }
}

/// A variable in a snapshot.
struct VariableSketch: Sendable {
  let name: String
  var value: ValueSketch
}
