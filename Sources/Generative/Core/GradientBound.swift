// SPDX-License-Identifier: Apache-2.0
import Layers

// Gradients cut to a length before each update: `opt_G.max_norm`, noted, gone back to and saved like other settings.

extension Trainer {
  /// The most length that an optimizer's gradients may have together, or nil.
  public func gradientBound(of name: String) -> Double? { state.gradientBounds[name] }

  /// How gradients are bounded; empty for a step function, which updates by itself.
  var boundSettings: [NamedSetting] {
    self is CustomTrainer
      ? []
      : optimizers.map { name, _ in
        NamedSetting("\(name).max_norm", state.gradientBounds[name].map(SettingValue.number) ?? .none)
      }
  }

  func setGradientBound(of name: String, to value: SettingValue) throws(TrainerError) {
    guard value != .none else { return state.gradientBounds[name] = nil }
    let bound = try value.number(for: "\(name).max_norm", needs: "a number above 0") { $0 > 0 }
    guard !(self is CustomTrainer) else {
      throw .unsupported(
        what: "max_norm", reason: "the step function updates by itself: clip_grads(net, \(bound)) goes before its step")
    }
    state.gradientBounds[name] = bound
  }

  /// Puts back how gradients were bounded.
  func restoreGradientBounds(from settings: [NamedSetting]) throws(TrainerError) {
    for setting in boundSettings {
      let kept = settings.first { $0.name == setting.name }?.value ?? .none
      try setGradientBound(of: String(setting.name.dropLast(".max_norm".count)), to: kept)
    }
  }

  /// Cuts the gradients of an optimizer to the length that was set for it.
  func boundGradients(of optimizer: any Optimizer) throws(TrainerError) {
    guard !state.gradientBounds.isEmpty, let name = optimizers.first(where: { $0.optimizer === optimizer })?.name,
      let bound = state.gradientBounds[name]
    else { return }
    _ = try raising { try clipGradients(of: optimizer.parameters, toNorm: bound) }
  }
}
