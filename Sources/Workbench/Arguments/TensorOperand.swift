// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

/// Numbers and tensors, as they stand beside a tensor in an operator or in functions such as `maximum(x, 0)`.
struct TensorOperand: ValueConvertible {
  let tensor: Tensor
  /// What was given.
  let value: Value

  static var typeName: String { "Tensor or number" }

  static func convert(_ value: Value) -> TensorOperand? {
    (try? tensor(of: value)).flatMap { $0 }.map { TensorOperand(tensor: $0, value: value) }
  }

  /// Whether a plain number was given.
  var isNumber: Bool { if case .host(let object) = value { object.isNumber } else { true } }

  /// The tensor of a number, of a truth value or of a tensor; nil for anything else.
  static func tensor(of value: Value) throws(TensorError) -> Tensor? {
    switch value {
    case .int(let number): try Tensor(Int64(number))
    case .float(let number): try Tensor(number)
    case .bool(let flag): try Tensor([flag], shape: .scalar)
    case .host(let object) where object.isNumber: try Tensor(object.number ?? .nan)
    case .host: Tensor.convert(value)
    default: nil
    }
  }
}
