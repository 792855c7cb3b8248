// SPDX-License-Identifier: Apache-2.0
import Generative
public import Language
public import Layers
import Tensors

/// A layer or a net as a live object of the language.
public final class ModuleObject: HostObject {
  /// The layer.
  public let layer: any Layer

  /// How the layer was reached, as it can be typed: `net[1]`; nil for a net of its own.
  let path: String?
  /// The trainer that the net was asked of.
  private weak var owner: TrainerObject?

  /// Wraps a layer.
  public convenience init(_ layer: any Layer) { self.init(layer, path: nil) }

  /// Wraps a layer inside another.
  init(_ layer: any Layer, path: String?, owner: TrainerObject? = nil) {
    self.layer = layer
    self.path = path
    self.owner = owner
  }

  /// Why the net may have no gradients, when the trainer it was asked of took no step from where it is.
  var absence: Text? { owner.flatMap { GradientAdvice.absence(in: $0.trainer, typed: $0.name) } }

  /// What messages call the layer.
  var title: String { path ?? layer.notes.label ?? layer.summary }

  /// A layer inside, by its name.
  private func child(_ name: String, _ inner: any Layer) -> ModuleObject {
    let isNumber = name.allSatisfy { $0.isASCII && $0.isNumber }
    return ModuleObject(inner, path: isNumber ? "\(title)[\(name)]" : "\(title).\(name)")
  }

  /// The name of the type.
  public static var typeName: String { "Module" }

  /// What can be asked of a net behind a dot, beside its layers and parameters.
  public static let fields: [Field<ModuleObject>] = [
    Field(
      "name", Text("The name that messages use.", zh: "消息中使用的名字。"),
      read: { $0.layer.notes.label ?? $0.layer.typeName }, write: { owner, name, _ in owner.layer.notes.label = name }),
    Field(
      "training", Text("Whether it behaves as in training.", zh: "是否处于训练模式。"),
      read: { !$0.layer.notes.isInference }, write: { owner, flag, _ in owner.layer.notes.isInference = !flag }),
    Field(
      "grad_norm", Text("The length of all its gradients as one vector; 0 without any.", zh: "全部梯度作为一个向量的长度；没有梯度时为 0。")
    ) { owner in
      let squares = try owner.layer.allParameters.compactMap(\.gradient).map { try sum($0 * $0).item() }
      return squares.reduce(0, +).squareRoot()
    },
  ]

  /// The kind of layer.
  public var typeName: String { "Module" }

  // MARK: Looks

  /// As in `Sequential(5 layers)  101k parameters`.
  public func line(_ context: DisplayContext) -> String {
    let count = Numbers.count(layer.parameterCount)
    let size = context.language == .chinese ? "\(count) 个参数" : "\(count) parameters"
    return layer.children.isEmpty && layer.parameters.isEmpty ? layer.summary : "\(layer.summary)  \(size)"
  }

  /// The table of layers.
  public func display(_ context: DisplayContext) -> Display {
    LayerTableDisplay.display(layer, name: layer.notes.label, input: nil, context)
  }

  /// The layer with its settings, for labels of diagnostics.
  public var brief: String { layer.summary }

  // MARK: Parts

  /// The layers and parameters by name.
  public var ownFieldNames: [String] { layer.children.map(\.name) + layer.parameters.map(\.name) }

  /// A layer, or a parameter.
  public func ownField(_ name: String, _ call: Call) throws -> Value? {
    if let child = layer.children.first(where: { $0.name == name }) { return .host(self.child(name, child.layer)) }
    if let found = layer.parameters.first(where: { $0.name == name }) {
      return .host(ParameterObject(found.parameter, name: name, owner: title))
    }
    return nil
  }

  /// Puts another layer in the place of one, or sets the values of a parameter.
  public func setOwnField(_ name: String, to value: Value, _ call: Call) throws -> Bool {
    if let index = layer.children.firstIndex(where: { $0.name == name }) {
      try LayerExchange(self, call).put([value], at: [index])
      return true
    }
    guard let found = layer.parameters.first(where: { $0.name == name }) else { return false }
    guard let tensor = Tensor.convert(value) else { throw TensorFault.notNumbers(value.typeName) }
    try found.parameter.set(tensor.detached())
    return true
  }

  /// The layer at a position, counted from either end.
  public func subscripted(_ subscripts: [Language.Subscript], _ call: Call) throws -> Value? {
    let children = layer.children
    guard subscripts.count == 1, case .index(let value) = subscripts[0] else { return nil }
    if let name = String.convert(value) { return try ownField(name, call) }
    let found = children[try position(value)]
    return .host(child(found.name, found.layer))
  }

  /// A position counted from either end.
  private func position(_ value: Value) throws -> Int {
    let count = layer.children.count
    guard let index = Int.convert(value) else { throw TensorFault.index(value.typeName) }
    guard index < count, index >= -count else { throw ModuleFault.noLayer(index: index, count: count, net: title) }
    return index < 0 ? index + count : index
  }

  /// Puts other layers in the places of one or some that follow each other.
  public func replacing(
    _ subscripts: [Language.Subscript], with value: Value, throughOwner: Bool, _ call: Call
  ) throws -> (any HostObject)? {
    guard subscripts.count == 1 else { return nil }
    guard layer is any LayerContainer || subscripts[0].isName else {
      throw ExchangeFault.fixedInside(place: title, layer: layer.summary, isNamed: layer is LabelJoin)
    }
    switch subscripts[0] {
    case .index(.string(let name)): return try setOwnField(name, to: value, call) ? self : nil
    case .index(let index): try LayerExchange(self, call).put([value], at: [position(index)])
    case .slice(let start, let stop, let step):
      let (first, end) = try (edge(start, 0), edge(stop, layer.children.count))
      let width = step.flatMap { Int.convert($0) } ?? 1
      guard width >= 1 else { throw ExchangeFault.backwards(place: title) }
      try LayerExchange(self, call).put(LayerExchange.list(value), at: Array(stride(from: first, to: end, by: width)))
    default: return nil
    }
    return self
  }

  /// An end of a slice, counted from either end and kept within the net.
  private func edge(_ value: Value?, _ otherwise: Int) throws -> Int {
    let count = layer.children.count
    guard let value else { return otherwise }
    if case .nothing = value { return otherwise }
    guard let index = Int.convert(value) else { throw TensorFault.index(value.typeName) }
    return min(max(index < 0 ? index &+ count : index, 0), count)
  }

  /// How many layers there are.
  public var length: Int? { layer.children.count }

  /// The layers, one after the other.
  public func iterator(_ call: Call) throws -> ValueIterator? {
    ValueIterator(layer.children.map { .host(child($0.name, $0.layer)) })
  }

  // MARK: Calls

  /// A net can be called.
  public var isCallable: Bool { true }

  /// The output for one or more tensors; several outputs come as a record.
  public func called(with arguments: Arguments, _ call: Call) throws -> Value? {
    let inputs = try arguments.positional.map { argument throws -> Tensor in
      guard let tensor = try TensorOperand.tensor(of: argument) else {
        throw ModuleFault.notTensor(net: title, type: argument.typeName)
      }
      return tensor
    }
    if let extra = arguments.named.first {
      throw ModuleFault.namedArgument(net: title, name: extra.name)
    }
    do throws(LayerError) {
      return try layer.output(of: inputs, in: call.state.context).value
    } catch {
      throw LayerExplanation(error, call, net: layer, input: inputs.first?.shape).diagnostic
    }
  }

  // MARK: Life

  /// A net without a name takes the first variable it is bound to.
  public func assigned(to name: String) {
    if layer.notes.label == nil { layer.notes.label = name }
  }

  /// Whether both are the same net.
  public func equals(_ other: any HostObject) -> Bool {
    (other as? ModuleObject)?.layer === layer
  }
}

extension Language.Subscript {
  /// Whether it is a name, as in `net["weight"]`.
  fileprivate var isName: Bool { if case .index(.string) = self { true } else { false } }
}
