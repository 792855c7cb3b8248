// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// What a layer gives: one tensor, or several by name as from `Heads`.
public enum LayerOutput {
  /// The output of most layers.
  case tensor(Tensor)
  /// Outputs by name, in the order in which they were declared.
  case record([(name: String, tensor: Tensor)])

  /// The tensor, when there is just one.
  public var tensor: Tensor? {
    if case .tensor(let tensor) = self { tensor } else { nil }
  }

  /// The output of a given name.
  public subscript(_ name: String) -> Tensor? {
    guard case .record(let fields) = self else { return nil }
    return fields.first { $0.name == name }?.tensor
  }

  /// The shape or the shapes.
  public var shape: LayerShape {
    switch self {
    case .tensor(let tensor): .tensor(tensor.shape)
    case .record(let fields): .record(fields.map { ($0.name, $0.tensor.shape) })
    }
  }
}

/// The shape of what a layer gives: one, or several by name.
public enum LayerShape: CustomStringConvertible {
  /// The shape of a single output.
  case tensor(Shape)
  /// The shapes of named outputs.
  case record([(name: String, shape: Shape)])

  /// The shape, when there is just one.
  public var shape: Shape? {
    if case .tensor(let shape) = self { shape } else { nil }
  }

  /// The shape in brackets, or `mu [64, 16], logvar [64, 16]`.
  public var description: String {
    switch self {
    case .tensor(let shape): shape.description
    case .record(let fields): fields.map { "\($0.name) \($0.shape)" }.joined(separator: ", ")
    }
  }
}
