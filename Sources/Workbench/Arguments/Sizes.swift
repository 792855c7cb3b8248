// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

/// A shape given as whole numbers, as a list or as a size: `zeros(8, 8)`, `zeros([8, 8])`, `zeros(8x8)`.
struct Sizes: ValueConvertible {
  let shape: Shape

  static var typeName: String { "Size" }
  static var consumption: Consumption { .positionalRest }

  static func convert(_ value: Value) -> Sizes? {
    guard case .list(let items) = value else { return nil }
    if items.count == 1, let shape = Shape.convert(items[0]) { return Sizes(shape: shape) }
    return [Int].convert(value).map { Sizes(shape: Shape($0)) }
  }

  var value: Value { shape.value }
}
