// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

/// Points in a plane: so many rows of two numbers that a picture says more than the numbers.
struct PointsArgument: ValueConvertible {
  let tensor: Tensor

  var value: Value { tensor.value }

  static var typeName: String { "Tensor" }

  static func convert(_ value: Value) -> PointsArgument? {
    guard let tensor = Tensor.convert(value), tensor.rank == 2, tensor.shape[1] == 2, tensor.shape[0] >= 16 else {
      return nil
    }
    return PointsArgument(tensor: tensor)
  }
}
