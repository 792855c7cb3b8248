// SPDX-License-Identifier: Apache-2.0
import Generative
import Language
import Layers

/// Puts other layers into a net, between two steps of the trainers that use it.
struct LayerExchange {
  private let module: ModuleObject
  private let call: Call

  init(_ module: ModuleObject, _ call: Call) {
    self.module = module
    self.call = call
  }

  /// What is given for a row of layers.
  static func list(_ value: Value) -> [Value] {
    switch value {
    case .list(let items), .tuple(let items): items
    default: [value]
    }
  }

  /// Puts layers, or functions, in the places counted from 0; all of them or none.
  func put(_ values: [Value], at places: [Int]) throws {
    guard let container = module.layer as? any LayerContainer else {
      throw ExchangeFault.fixedInside(
        place: module.title, layer: module.layer.summary, isNamed: module.layer is LabelJoin)
    }
    let place = text(of: places)
    guard values.count == places.count else {
      throw ExchangeFault.count(place: place, places: places.count, given: values.count)
    }
    var layers = container.inside
    for (value, index) in zip(values, places) { layers[index] = try layer(value, in: container, place) }
    let trainers = call.state.trainers(using: container)
    let others = places.flatMap { call.state.trainers(using: layers[$0]) }
    let old = places.map { container.inside[$0] }
    do {
      try exchange(layers, in: container, of: trainers)
    } catch {
      let name = trainers.first.map { $0.state.name ?? $0.typeName } ?? module.title
      let misfit = Misfit(error, at: place, old: old, new: places.map { layers[$0] }, of: name, call)
      throw misfit.diagnostic(in: container, at: places, net: module.title)
    }
    SharedLayers.tell(others, besides: trainers, call)
    for trainer in trainers { call.noteLastLayer(of: trainer) }
  }

  private func layer(_ value: Value, in container: any LayerContainer, _ place: String) throws -> any Layer {
    guard let argument = LayerArgument.convert(value) else {
      throw ExchangeFault.notLayer(place: place, type: value.typeName, isNet: false)
    }
    let layer = argument.layer(in: call)
    guard !layer.contains(container) else { throw ExchangeFault.insideItself(place: place, layer: layer.summary) }
    return layer
  }

  /// As it is typed: `net[1]`, `net[0:3]`, `net.mu`.
  private func text(of places: [Int]) -> String {
    guard let first = places.first else { return "\(module.title)[]" }
    if places.count > 1 {
      let isRow = places.last == first + places.count - 1
      return isRow
        ? "\(module.title)[\(first):\(first + places.count)]"
        : places.map { "\(module.title)[\($0)]" }.joined(separator: ", ")
    }
    let name = module.layer.children[first].name
    let isNumber = name.allSatisfy { $0.isASCII && $0.isNumber }
    return isNumber ? "\(module.title)[\(name)]" : "\(module.title).\(name)"
  }
}

/// Says when a layer now is part of several trainers.
enum SharedLayers {
  static func tell(_ others: [any Trainer], besides trainers: [any Trainer], _ call: Call) {
    let names = others.filter { other in !trainers.contains { $0 === other } }.map { $0.state.name ?? $0.typeName }
    guard let name = names.first else { return }
    call.emit(
      .note(
        Text(
          "it is part of \(name) too: both train it now; copy(…) makes one of its own",
          zh: "它也属于 \(name)：现在两者都会训练它；copy(…) 可得到独立的一份")(call.language)))
  }
}
