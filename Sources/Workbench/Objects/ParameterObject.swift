// SPDX-License-Identifier: Apache-2.0
public import Language
public import Layers
public import Tensors

/// A trained tensor of a net: behaves as a tensor, and writing to a part of it through its net changes the net.
public final class ParameterObject: HostObject, TensorHolder {
  /// The parameter of the net.
  public let parameter: Layers.Parameter
  /// Its name in the net it was reached through: `weight`, `0.weight`.
  public let name: String
  /// The net or layer that owns it, as people know it.
  public let owner: String

  /// The net whose parameters were asked for, if this is one of them.
  private(set) var net: (any Layer)?

  /// Wraps one of all parameters of a net.
  convenience init(_ parameter: Layers.Parameter, name: String, owner: String, of net: any Layer) {
    self.init(parameter, name: name, owner: owner)
    self.net = net
  }

  /// Wraps a parameter.
  public init(_ parameter: Layers.Parameter, name: String? = nil, owner: String = "") {
    self.parameter = parameter
    self.name = name ?? parameter.name
    self.owner = owner
  }

  /// The present value.
  public var tensor: Tensor { parameter.value }

  /// The name of the type.
  public static var typeName: String { "Parameter" }

  /// What can be asked of a parameter behind a dot.
  public static let fields: [Field<ParameterObject>] = [
    Field("name", Text("The name in its net, as in PyTorch.", zh: "在网络中的名字，与 PyTorch 一致。")) { $0.name },
    Field("owner", Text("The net it belongs to.", zh: "所属的网络。")) { $0.owner },
    Field("shape", Text("The size of each axis.", zh: "各轴的大小。")) { $0.tensor.shape },
    Field("dtype", Text("The type of the elements.", zh: "元素类型。")) { $0.tensor.dtype.description },
    Field("T", Text("The last two axes exchanged.", zh: "交换最后两个轴（转置）。")) { try $0.tensor.transposed() },
    Field("grad", Text("The gradient gathered by backward, or None.", zh: "backward 累积的梯度，没有则为 None。")) {
      $0.parameter.gradient
    },
    Field("grad_from", Text("The losses whose gradients were gathered.", zh: "梯度来自哪些损失。")) {
      $0.parameter.provenance
    },
    Field(
      "requires_grad", Text("Whether it is trained; False freezes it.", zh: "是否参与训练；设为 False 即冻结。"),
      read: { !$0.parameter.isFrozen }, write: { owner, isTrained, _ in owner.parameter.isFrozen = !isTrained }),
  ]

  /// As in `Parameter [128, 784] f32 …  G.0.weight`.
  public func line(_ context: DisplayContext) -> String {
    let place = [owner, name].filter { !$0.isEmpty }.joined(separator: ".")
    return TensorLine(tensor, kind: Self.typeName, context).line + "  " + place
  }

  /// Writes to some elements; only through the net, so that nobody changes a net by accident.
  public func replacing(
    _ subscripts: [Language.Subscript], with value: Value, throughOwner: Bool, _ call: Call
  ) throws -> (any HostObject)? {
    guard throughOwner else { throw ModuleFault.writeThroughOwner(name: name, owner: owner) }
    try parameter.set(try replacingElements(subscripts, with: value).detached())
    return self
  }

  /// Whether both are the same parameter.
  public func equals(_ other: any HostObject) -> Bool {
    (other as? ParameterObject)?.parameter === parameter
  }
}
