// SPDX-License-Identifier: Apache-2.0
import Layers

/// A learning rate that falls along half a cosine over a trainer's steps.
struct FallingRate: Hashable {
  /// In how many steps.
  let steps: Int
  /// What share of the rate is left.
  let minimum: Double
  /// The rate before.
  let rate: Double
  /// The step at which it began.
  let start: Int

  /// The rate for the step after `step` steps.
  func rate(at step: Int) -> Double {
    rate * Schedule.cosine(steps: steps, minimum: minimum).factor(at: step - start)
  }

  /// As in `10 steps to 0.0 of 0.001 from step 5`.
  var text: String { "\(steps) steps to \(minimum) of \(rate) from step \(start)" }

  init(steps: Int, minimum: Double, rate: Double, start: Int) throws(TrainerError) {
    self.steps = try SettingValue.count(steps).count(for: "steps", in: 1...(1 << 40))
    self.minimum = try SettingValue.number(minimum).number(for: "minimum", needs: "a share from 0 to 1") {
      (0...1).contains($0)
    }
    self.rate = try SettingValue.number(rate).number(for: "lr", needs: "0 or more") { $0 >= 0 }
    self.start = try SettingValue.count(start).count(for: "step", in: 0...(1 << 40))
  }

  /// What a text stands for, or nil for any other text.
  init?(text: String) {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 9, let steps = Int(words[0]), let minimum = Double(words[3]), let rate = Double(words[5]),
      let start = Int(words[8]),
      let made = try? FallingRate(steps: steps, minimum: minimum, rate: rate, start: start), made.text == text
    else { return nil }
    self = made
  }
}

extension Trainer {
  /// Lets the rate of one optimizer fall along half a cosine over the next steps of the trainer.
  ///
  /// It is a setting like others, `opt_G.cosine`: noted, gone back to and saved. A rate that is set by hand ends it.
  ///
  /// - Parameters:
  ///   - name: One of `optimizers`.
  ///   - steps: How many steps of the trainer until the end, at least 1.
  ///   - minimum: What share of the rate is left, 0 … 1.
  /// - Throws: `TrainerError.unknownSetting`, `TrainerError.setting`.
  public func letRateFall(of name: String, steps: Int, minimum: Double = 0) throws(TrainerError) {
    let rate = optimizer(name)?.learningRate ?? 0
    let falling = try FallingRate(steps: steps, minimum: minimum, rate: rate, start: state.step)
    try set("\(name).cosine", to: .text(falling.text))
    // What is set before the first step is otherwise taken for how the trainer was made.
    if state.timeline.first == nil { state.history.note("\(name).cosine → \(falling.text)", at: state.step) }
  }

  /// How the rates fall: `opt_G.cosine`.
  var rateSettings: [NamedSetting] {
    optimizers.map { name, _ in
      NamedSetting("\(name).cosine", state.fallingRates[name].map { .text($0.text) } ?? .none)
    }
  }

  func setFallingRate(of name: String, to value: SettingValue) throws(TrainerError) {
    guard value != .none else { return state.fallingRates[name] = nil }
    guard case .text(let text) = value, let falling = FallingRate(text: text) else {
      throw .setting(name: "\(name).cosine", value: value.description, needs: "cosine(\(name), steps)")
    }
    state.fallingRates[name] = falling
  }

  /// Puts back how the rates fell.
  func restoreFallingRates(from settings: [NamedSetting]) throws(TrainerError) {
    for (name, _) in optimizers {
      let kept = settings.first { $0.name == "\(name).cosine" }?.value ?? .none
      try setFallingRate(of: name, to: kept)
    }
  }

  /// Ends the fall of each rate that was set by hand.
  func endOverriddenFalls() {
    for (name, falling) in state.fallingRates
    where optimizer(name)?.learningRate != falling.rate(at: state.step) {
      state.fallingRates[name] = nil
    }
  }

  /// Moves the rates that fall to their place after a step; that is no change to be noted.
  func moveFallingRates() {
    for (name, falling) in state.fallingRates {
      let rate = falling.rate(at: state.step)
      optimizer(name)?.learningRate = rate
      guard let index = state.knownSettings.firstIndex(where: { $0.name == "\(name).lr" }) else { continue }
      state.knownSettings[index] = NamedSetting("\(name).lr", .number(rate))
    }
  }
}
