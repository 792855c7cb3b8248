// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// What a net is made of, without its weights: enough to make another of the same kind, in this process or another.
///
/// Kept beside weights in files. Nets with functions given from above have none.
public struct LayerBlueprint: Codable, Sendable, Hashable {
  /// The kind of layer, as `Linear`.
  public let type: String
  /// Its numbers by name, as `inputs`.
  public let numbers: [String: Double]
  /// A list of sizes, of layers that have one.
  public let sizes: [Int]
  /// What the whole is called, of a sequence.
  public let title: String
  /// The layers inside, in order.
  public let children: [Child]

  /// A layer inside, with its name.
  public struct Child: Codable, Sendable, Hashable {
    /// The name within its container.
    public let name: String
    /// What it is made of.
    public let layer: LayerBlueprint
  }

  private init(
    _ type: String, _ numbers: [String: Double] = [:], sizes: [Int] = [], title: String = "", children: [Child] = []
  ) {
    self.type = type
    self.numbers = numbers
    self.sizes = sizes
    self.title = title
    self.children = children
  }

  /// The deepest nesting that is followed; files may hold anything.
  private static let depthLimit = 64
}

// MARK: From a net

extension LayerBlueprint {
  /// What a layer is made of; nil when it, or a layer inside, is of a kind that is not known here.
  public init?(_ layer: any Layer) {
    switch layer {
    case let layer as Sequential:
      guard let children = Self.children(layer) else { return nil }
      self.init("Sequential", title: layer.typeName, children: children)
    case is Heads, is SpectralNorm:
      let inside = (layer as? SpectralNorm).map { [("layer", $0.layer)] } ?? layer.children
      guard let children = Self.children(inside) else { return nil }
      self.init(layer.typeName, children: children)
    default:
      guard let simple = Self.simple(layer) else { return nil }
      self = simple
    }
  }

  private static func children(_ layer: any Layer) -> [Child]? { children(layer.children) }

  private static func children(_ layers: [(name: String, layer: any Layer)]) -> [Child]? {
    var children: [Child] = []
    for (name, layer) in layers {
      guard let blueprint = LayerBlueprint(layer) else { return nil }
      children.append(Child(name: name, layer: blueprint))
    }
    return children
  }

  private static func simple(_ layer: any Layer) -> LayerBlueprint? {
    switch layer {
    case let layer as Linear:
      LayerBlueprint("Linear", ["bias": layer.bias == nil ? 0 : 1], sizes: [layer.inputs, layer.outputs])
    case let layer as Conv2d:
      LayerBlueprint(
        "Conv2d", layer.window.numbers(hasBias: layer.bias != nil), sizes: [layer.inputChannels, layer.outputChannels])
    case let layer as ConvTranspose2d:
      LayerBlueprint(
        "ConvTranspose2d", layer.window.numbers(hasBias: layer.bias != nil),
        sizes: [layer.inputChannels, layer.outputChannels])
    case let layer as BatchNorm:
      LayerBlueprint("BatchNorm", ["eps": layer.epsilon, "momentum": layer.momentum], sizes: [layer.features])
    case let layer as LayerNorm: LayerBlueprint("LayerNorm", ["eps": layer.epsilon], sizes: [layer.features])
    case let layer as Embedding: LayerBlueprint("Embedding", sizes: [layer.count, layer.size])
    case let layer as Dropout: LayerBlueprint("Dropout", ["p": layer.probability])
    case let layer as Flatten: LayerBlueprint("Flatten", sizes: [layer.start])
    case let layer as Reshape: LayerBlueprint("Reshape", sizes: layer.shape.dimensions)
    case let layer as Pool:
      LayerBlueprint(layer.typeName, sizes: [layer.window.kernelSize, layer.window.stride])
    case let layer as Upsample: LayerBlueprint("Upsample", sizes: [layer.factor])
    case let layer as ActivationLayer: layer.blueprint
    default: nil
    }
  }
}

extension ConvolutionWindow {
  fileprivate func numbers(hasBias: Bool) -> [String: Double] {
    [
      "kernel": Double(kernelSize), "stride": Double(stride), "padding": Double(padding), "bias": hasBias ? 1 : 0,
    ]
  }
}

extension ActivationLayer {
  fileprivate var blueprint: LayerBlueprint {
    if case .leakyReLU(let slope) = kind { return LayerBlueprint("LeakyReLU", slope: slope) }
    return LayerBlueprint(activation: typeName)
  }
}

extension LayerBlueprint {
  fileprivate init(_ type: String, slope: Double) { self.init(type, ["slope": slope]) }
  fileprivate init(activation type: String) { self.init(type) }
}

// MARK: To a net

extension LayerBlueprint {
  /// A net of this make with starting weights drawn from `random`.
  ///
  /// Throws when a kind is not known or a setting is out of range, as a damaged file may have it.
  public func makeLayer(random: RandomStream) throws(LayerError) -> any Layer {
    try make(random, depth: 0)
  }

  private func make(_ random: RandomStream, depth: Int) throws(LayerError) -> any Layer {
    guard depth < Self.depthLimit else { throw unknown("a net that is nested less deep") }
    var inside: [(name: String, layer: any Layer)] = []
    for child in children { inside.append((child.name, try child.layer.make(random, depth: depth + 1))) }
    switch type {
    case "Sequential":
      return Sequential(inside.map(\.layer), names: inside.map(\.name), typeName: title.isEmpty ? type : title)
    case "Heads": return Heads(inside)
    case "SpectralNorm":
      guard let first = inside.first else { throw unknown("a layer inside") }
      return try SpectralNorm(first.layer, random: random)
    default: return try simple(random)
    }
  }

  private func simple(_ random: RandomStream) throws(LayerError) -> any Layer {
    switch type {
    case "Linear": return try Linear(size(0), size(1), bias: number("bias") != 0, random: random)
    case "Conv2d":
      return try Conv2d(
        size(0), size(1), kernelSize: whole("kernel"), stride: whole("stride"), padding: whole("padding"),
        bias: number("bias") != 0, random: random)
    case "ConvTranspose2d":
      return try ConvTranspose2d(
        size(0), size(1), kernelSize: whole("kernel"), stride: whole("stride"), padding: whole("padding"),
        bias: number("bias") != 0, random: random)
    case "BatchNorm": return try BatchNorm(size(0), epsilon: number("eps"), momentum: number("momentum"))
    case "LayerNorm": return try LayerNorm(size(0), epsilon: number("eps"))
    case "Embedding": return try Embedding(size(0), size(1), random: random)
    case "Dropout": return try Dropout(number("p"))
    case "Flatten": return Flatten(start: try size(0))
    case "Reshape": return try Reshape(Shape(sizes))
    case "MaxPool", "AvgPool":
      return try Pool(type == "MaxPool" ? .maximum : .average, kernelSize: size(0), stride: size(1))
    case "Upsample": return try Upsample(size(0))
    default: return ActivationLayer(try activation)
    }
  }

  private var activation: ActivationLayer.Kind {
    get throws(LayerError) {
      switch type {
      case "LeakyReLU": return .leakyReLU(slope: try number("slope"))
      case "relu": return .relu
      case "tanh": return .tanh
      case "sigmoid": return .sigmoid
      case "softplus": return .softplus
      case "elu": return .elu
      case "silu": return .silu
      case "softmax": return .softmax
      case "log_softmax": return .logSoftmax
      default: throw unknown("a kind of layer that is known")
      }
    }
  }

  // MARK: Reading

  private func size(_ index: Int) throws(LayerError) -> Int {
    guard sizes.indices.contains(index) else { throw unknown("\(index + 1) sizes") }
    return sizes[index]
  }

  private func number(_ name: String) throws(LayerError) -> Double {
    guard let number = numbers[name], number.isFinite else { throw unknown("a number \(name)") }
    return number
  }

  private func whole(_ name: String) throws(LayerError) -> Int {
    guard let whole = Int(exactly: try number(name)) else { throw unknown("a whole number \(name)") }
    return whole
  }

  private func unknown(_ needs: String) -> LayerError {
    LayerError(.setting(name: "layer", value: type, needs: needs), of: "blueprint")
  }
}
