// SPDX-License-Identifier: Apache-2.0
import Language
import Layers
import Tensors

/// A layer: a net, or a plain function such as `relu`, `tanh` or a lambda.
struct LayerArgument: ValueConvertible {
  let value: Value

  static var typeName: String { "Layer" }

  static func convert(_ value: Value) -> LayerArgument? {
    switch value {
    case .host(let object) where object is ModuleObject: LayerArgument(value: value)
    case .function: LayerArgument(value: value)
    default: nil
    }
  }

  /// The layer; a function becomes one that calls it.
  func layer(in call: Call) -> any Layer {
    if let module = ModuleObject.convert(value) { return module.layer }
    guard case .function(let function) = value else { return Sequential([]) }
    if function is BuiltinFunction, let kind = Self.activations[function.name ?? ""] { return ActivationLayer(kind) }
    let value = value
    return FunctionLayer(function.name ?? function.signature) { _, inputs, context in
      try call.state.withContext(context) {
        try LayerOutput(call.apply(value, to: Arguments(inputs.map(\.value))))
      }
    }
  }

  private static let activations: [String: ActivationLayer.Kind] = [
    "relu": .relu, "leaky_relu": .leakyReLU(slope: 0.2), "tanh": .tanh, "sigmoid": .sigmoid, "softplus": .softplus,
    "softmax": .softmax, "log_softmax": .logSoftmax,
  ]
}

extension LayerOutput {
  /// A tensor, or a record of tensors.
  var value: Value {
    switch self {
    case .tensor(let tensor): .host(TensorObject(tensor))
    case .record(let fields): .record(Record(fields.map { ($0.name, $0.tensor.value) }))
    }
  }

  /// What a function of the language gave, as the output of a layer.
  init(_ value: Value) throws {
    if let tensor = Tensor.convert(value) {
      self = .tensor(tensor)
    } else if case .record(let record) = value, let tensors = [Tensor].convert(.list(record.values)) {
      self = .record(Array(zip(record.names, tensors)).map { (name: $0, tensor: $1) })
    } else if case .tuple(let items) = value, let tensors = [Tensor].convert(value), items.count == tensors.count {
      self = .record(tensors.enumerated().map { (name: String($0), tensor: $1) })
    } else {
      throw TensorFault.notNumbers(value.typeName)
    }
  }
}

/// Parameters to train: a net, a parameter, or a list of both.
struct WeightsArgument: ValueConvertible {
  let sources: [ParameterSource]
  let value: Value

  /// All of them.
  var weights: [Weight] { sources.flatMap { $0.parameters } }

  /// An optimizer of them that follows when layers of their nets are exchanged.
  func object(_ optimizer: any Optimizer) -> OptimizerObject {
    let followsNets = sources.contains { if case .net = $0 { true } else { false } }
    if followsNets { optimizer.sources = sources }
    return OptimizerObject(optimizer)
  }

  /// The net that a list of parameters begins with, all of it: as `net.parameters()` gives them.
  private static func wholeNet(in items: ArraySlice<Value>) -> (net: any Layer, count: Int)? {
    guard let first = items.first, let net = ParameterObject.convert(first)?.net else { return nil }
    let all = net.allParameters
    let listed = items.prefix(all.count).compactMap { ParameterObject.convert($0)?.parameter }
    return !all.isEmpty && areSame(listed, all) ? (net, all.count) : nil
  }

  static var typeName: String { "Module or parameters" }

  static func convert(_ value: Value) -> WeightsArgument? {
    sources(of: value).map { WeightsArgument(sources: $0, value: value) }
  }

  private static func sources(of value: Value) -> [ParameterSource]? {
    switch value {
    case .host(let object):
      if let module = object as? ModuleObject { return [.net(module.layer)] }
      if let parameter = object as? ParameterObject { return [.parameter(parameter.parameter)] }
      return (object as? OptimizerObject)?.optimizer.parameters.map { .parameter($0) }
    case .list(let items), .tuple(let items):
      var all: [ParameterSource] = []
      var rest = items[...]
      while let item = rest.first {
        // Lists in lists are not looked into: a list of parameters is all that `parameters` gives.
        guard case .host = item, let sources = sources(of: item) else { return nil }
        let whole = wholeNet(in: rest)
        all += whole.map { [.net($0.net)] } ?? sources
        rest = rest.dropFirst(whole?.count ?? 1)
      }
      return all
    default: return nil
    }
  }
}
