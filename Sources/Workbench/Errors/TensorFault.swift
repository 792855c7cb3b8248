// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

/// Mistakes with tensors that only the language can make.
enum TensorFault: Error {
  /// A tensor of several elements where a truth value is needed.
  case truth(Shape)
  /// A loop over a single number.
  case iteration
  /// Something that is not a number on the right of an assignment to elements.
  case notNumbers(String)
  /// Something between brackets that is no position.
  case index(String)

  var diagnostic: Diagnostic {
    switch self {
    case .truth(let shape):
      Diagnostic(
        .value,
        Text(
          "a tensor of \(shape.count) elements \(shape) is neither true nor false",
          zh: "含 \(shape.count) 个元素的张量 \(shape) 既非真也非假"),
        help: [
          .init(code: "any(x)", Text("true if one element is", zh: "有一个元素为真即为真")),
          .init(code: "all(x)", Text("true if every element is", zh: "所有元素为真才为真")),
        ])
    case .iteration:
      Diagnostic(
        .type, Text("a tensor without axes cannot be looped over", zh: "没有轴的张量不能循环遍历"),
        help: [.init(code: "item(x)", Text("the number itself", zh: "其数值"))])
    case .notNumbers(let type):
      Diagnostic(.type, Text("elements of a tensor are numbers, not \(type)", zh: "张量的元素是数，不能是 \(type)"))
    case .index(let type):
      Diagnostic(
        .type,
        Text(
          "a position is a whole number, a slice, a list of whole numbers or a mask, not \(type)",
          zh: "下标应为整数、切片、整数列表或布尔掩码，不能是 \(type)"))
    }
  }
}
