// SPDX-License-Identifier: Apache-2.0
import Glibc
import Layers
import Tensors

/// A forward pass that was made in a step: enough to make it again when something went wrong.
struct ForwardPass {
  let name: String
  let net: any Layer
  let inputs: [Tensor]
}

extension Trainer {
  /// The value of a loss, known to be finite.
  ///
  /// - Throws: `TrainerError.notFinite`, with the layer that made the first NaN or infinity.
  func finite(_ loss: Tensor, _ name: String, after passes: [ForwardPass]) throws(TrainerError) -> Double {
    let value = try raising { try loss.item() }
    guard value.isFinite else {
      throw .notFinite(
        NonFiniteFinding(
          kind: value.isNaN ? "NaN" : "infinite", tensor: name, origin: origin(after: passes, loss: name),
          step: state.step + 1, loss: name))
    }
    return value
  }

  /// Adds the gradients of a loss to the parameters that it was computed from.
  ///
  /// - Throws: `TrainerError.notFinite`, with the operation whose slope is NaN or infinite; no gradient is changed then.
  func propagate(_ loss: Tensor, _ name: String) throws(TrainerError) {
    do {
      try backward(loss, label: name)
    } catch .gradientNotFinite(let operation, let value) {
      throw .notFinite(
        NonFiniteFinding(
          kind: value.isNaN ? "NaN" : "infinite", tensor: "gradient of \(name)",
          origin: .backward(loss: name, operation: operation), step: state.step + 1, loss: name))
    } catch {
      throw .tensor(error)
    }
  }

  /// Makes sure that no gradient of a net is NaN or infinite, before an optimizer uses it.
  ///
  /// Looks at the smallest gradient of each layer. A bias sums what flows back through its layer, so one NaN anywhere
  /// in it shows there, at a hundredth of the cost of looking at the weights.
  ///
  /// - Throws: `TrainerError.notFinite`.
  func guardGradients(of net: any Layer, named netName: String, loss: String) throws(TrainerError) {
    for (name, parameter) in sentinels(of: net) {
      guard let gradient = parameter.gradient, let kind = nonFiniteKind(of: gradient) else { continue }
      throw .notFinite(
        NonFiniteFinding(
          kind: kind, tensor: "gradient of \(netName).\(name)", origin: .backward(loss: loss, operation: nil),
          step: state.step + 1, loss: loss))
    }
  }

  /// Makes sure that no weight of a net became NaN or infinite in a step whose updates nobody could look at before.
  ///
  /// Looks where `guardGradients` does: what spoils a layer's weights spoils its bias.
  ///
  /// - Throws: `TrainerError.notFinite`.
  func guardWeights(of net: any Layer, named netName: String) throws(TrainerError) {
    for (name, parameter) in sentinels(of: net) {
      guard let kind = nonFiniteKind(of: parameter.value) else { continue }
      throw .notFinite(
        NonFiniteFinding(
          kind: kind, tensor: "weights \(netName).\(name)", origin: .update, step: state.step + 1,
          loss: netName))
    }
  }

  /// The parameter of each layer whose gradient has the fewest elements.
  private func sentinels(of net: any Layer) -> [(name: String, parameter: Parameter)] {
    var chosen: [(name: String, parameter: Parameter)] = []
    net.forEachLayer { path, layer in
      guard let smallest = layer.parameters.min(by: { $0.parameter.count < $1.parameter.count }) else { return }
      chosen.append((path.isEmpty ? smallest.name : path + "." + smallest.name, smallest.parameter))
    }
    return chosen
  }

  /// The first layer of the passes that gives a NaN or an infinity when they are made again.
  func origin(after passes: [ForwardPass], loss: String) -> NonFiniteFinding.Origin {
    for pass in passes {
      for (index, input) in pass.inputs.enumerated() where nonFiniteKind(of: input) != nil {
        return .input(net: pass.name, place: index + 1)
      }
      for (name, parameter) in pass.net.namedParameters where nonFiniteKind(of: parameter.value) != nil {
        return .weights("\(pass.name).\(name)")
      }
      if let layer = firstBadLayer(of: pass) { return .layer(layer) }
    }
    return .loss(loss)
  }

  private func firstBadLayer(of pass: ForwardPass) -> String? {
    var found: String?
    var hooks: [(layer: any Layer, id: Int)] = []
    pass.net.forEachLayer { path, layer in
      guard layer.children.isEmpty else { return }
      let place = path.isEmpty ? pass.name : "\(pass.name).\(path)"
      let id = layer.notes.addHook { output in
        if found == nil, let kind = nonFiniteKind(of: output) { found = "\(place) \(layer.summary) (\(kind))" }
        return nil
      }
      hooks.append((layer, id))
    }
    defer { for (layer, id) in hooks { layer.notes.removeHook(id) } }
    let context = ForwardContext(
      isTraining: true, random: state.streams.fixedDisplay(), recordsGradients: false, updatesStatistics: false)
    _ = try? pass.net.output(of: pass.inputs.map { $0.detached() }, in: context)
    return found
  }
}

/// `NaN ×3` or `infinite ×1`, or nil when every element is finite.
func nonFiniteKind(of tensor: Tensor) -> String? {
  guard tensor.dtype == .float32 else { return nil }
  return try? tensor.withUnsafeFloats { (elements) throws(TensorError) -> String? in
    // A finite sum of zeros times elements: any NaN or infinity makes it NaN.
    var probe: Float = 0
    for element in elements { probe += element * 0 }
    guard probe != 0 else { return nil }
    let nans = elements.count { $0.isNaN }
    return nans > 0 ? "NaN ×\(nans)" : "infinite ×\(elements.count { $0.isInfinite })"
  }
}
