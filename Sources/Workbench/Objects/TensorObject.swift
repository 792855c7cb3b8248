// SPDX-License-Identifier: Apache-2.0
public import Language
public import Tensors

/// A tensor as a value of the language: it never changes, assignment to a part gives a changed copy.
public final class TensorObject: HostObject, TensorHolder {
  /// The tensor.
  public let tensor: Tensor

  /// Wraps a tensor.
  public init(_ tensor: Tensor) { self.tensor = tensor }

  /// The name of the type.
  public static var typeName: String { "Tensor" }

  /// What can be asked of a tensor behind a dot.
  public static let fields: [Field<TensorObject>] = [
    Field("shape", Text("The size of each axis.", zh: "各轴的大小。")) { $0.tensor.shape },
    Field("dtype", Text("The type of the elements: f32, i64 or bool.", zh: "元素类型：f32、i64 或 bool。")) {
      $0.tensor.dtype.description
    },
    Field("T", Text("The last two axes exchanged.", zh: "交换最后两个轴（转置）。")) { try $0.tensor.transposed() },
    Field("grad", Text("The gradient gathered by backward, or None.", zh: "backward 累积的梯度，没有则为 None。")) {
      $0.tensor.gradient
    },
    Field(
      "grad_from", Text("The losses whose gradients were gathered.", zh: "梯度来自哪些损失。")
    ) { $0.tensor.provenance },
    Field("requires_grad", Text("Whether a gradient can flow through.", zh: "是否可求梯度。")) {
      $0.tensor.requiresGradient
    },
  ]

  /// A tensor is a value.
  public var isReference: Bool { false }

  /// A changed copy.
  public func replacing(
    _ subscripts: [Language.Subscript], with value: Value, throughOwner: Bool, _ call: Call
  ) throws -> (any HostObject)? {
    TensorObject(try replacingElements(subscripts, with: value))
  }

  /// `_` keeps the elements without the graph they came from.
  public func keptAsLast() -> Value { .host(TensorObject(tensor.detached())) }
}

extension Tensor: ValueConvertible {
  /// The name in signatures and messages.
  public static var typeName: String { "Tensor" }

  /// The elements of a tensor, of a parameter or of pictures.
  public static func convert(_ value: Value) -> Tensor? {
    guard case .host(let object) = value else { return nil }
    if let tensor = object as? TensorObject { return tensor.tensor }
    return (object as? any TensorHolder)?.tensor
  }

  /// The value of the command language.
  public var value: Value { .host(TensorObject(self)) }
}

extension Shape: ValueConvertible {
  /// The name in signatures and messages.
  public static var typeName: String { "Size" }

  /// A list, a tuple or a size such as `8x8`, or one whole number.
  public static func convert(_ value: Value) -> Shape? {
    if case .int(let size) = value { return [size] }
    return [Int].convert(value).map { Shape($0) }
  }

  /// A list of whole numbers.
  public var value: Value { .list(dimensions.map(Value.int)) }
}
