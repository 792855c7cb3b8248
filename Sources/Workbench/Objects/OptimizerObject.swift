// SPDX-License-Identifier: Apache-2.0
public import Generative
public import Language
public import Layers
import Tensors

/// An optimizer as a live object of the language.
public final class OptimizerObject: HostObject {
  /// The optimizer, with the layers that the nets it was made from have now.
  public var optimizer: any Optimizer {
    if place == nil { made.followSources() }
    return made
  }

  private let made: any Optimizer
  /// The name that messages use: the first variable it was bound to.
  public private(set) var name: String?
  /// What sets the learning rate after each step, if anything does.
  private var schedule: ScheduledRate?

  /// The trainer that steps it, and its name there, if there is one.
  private let place: (trainer: any Trainer, part: String)?

  /// Wraps an optimizer.
  public init(_ optimizer: any Optimizer, name: String? = nil, of place: (trainer: any Trainer, part: String)? = nil) {
    made = optimizer
    self.place = place
    self.name = name
  }

  /// Changes each parameter once by its gradient.
  func step() throws {
    let user = GradientSource.User(optimizer, name: name ?? "")
    for parameter in optimizer.parameters { parameter.noteGradientUse(by: user) }
    try optimizer.step()
    schedule?.update()
  }

  /// Lets the learning rate fall from now on: over the steps of its trainer, or over its own.
  func fall(inSteps steps: Int, minimum: Double) throws {
    if let place { return try place.trainer.letRateFall(of: place.part, steps: steps, minimum: minimum) }
    schedule = ScheduledRate(optimizer, .cosine(steps: steps, minimum: minimum))
  }

  /// In how many of its steps its rate falls from now on, and to what share; nil when it does not fall any more.
  var fallAhead: (steps: Int, minimum: Double)? {
    guard let schedule, case .cosine(let steps, let minimum) = schedule.schedule else { return nil }
    let left = steps - (made.stepsTaken - schedule.startingStep)
    return left > 0 ? (left, minimum) : nil
  }

  private var gradientBound: Double? { place.flatMap { $0.trainer.gradientBound(of: $0.part) } }

  private func setGradientBound(_ bound: Double?) throws {
    guard let place else { throw TrainingFault.boundOutsideTrainer(name ?? "opt") }
    try place.trainer.set("\(place.part).max_norm", to: bound.map(SettingValue.number) ?? .none)
  }

  /// The name of the type.
  public static var typeName: String { "Optimizer" }

  /// What can be asked of an optimizer behind a dot, beside its other settings.
  public static let fields: [Field<OptimizerObject>] = [
    Field(
      "lr", Text("The learning rate.", zh: "学习率。"), read: { $0.optimizer.learningRate },
      write: { owner, rate, _ in try owner.optimizer.set("lr", to: rate) }),
    Field(
      "max_norm",
      Text(
        "The length that its gradients are cut to before each update of a trainer, or None.",
        zh: "训练器每次更新前梯度裁剪到的范数，或 None。"), read: { $0.gradientBound },
      write: { owner, bound, _ in try owner.setGradientBound(bound) }),
    Field("params", Text("The parameters that it changes.", zh: "所更新的参数。")) { owner in
      owner.optimizer.parameters.map { ParameterObject($0) }
    },
    Field("steps", Text("How many steps were taken.", zh: "已更新的次数。")) { $0.optimizer.stepsTaken },
  ]

  /// As in `Adam  lr 0.0002  betas 0.5, 0.999  4 parameters`.
  public func line(_ context: DisplayContext) -> String {
    let count = optimizer.parameters.count
    let size = context.language == .chinese ? "\(count) 个张量" : "\(count) tensors"
    let steps = context.language == .chinese ? "已走 \(optimizer.stepsTaken) 步" : "\(optimizer.stepsTaken) steps taken"
    return ([optimizer.typeName] + settingTexts + [size, steps]).joined(separator: "  ")
  }

  private var settingTexts: [String] {
    var texts = gradientBound.map { ["max_norm " + Numbers.setting($0)] } ?? []
    for (name, value) in optimizer.settings where name == "lr" || value != 0 {
      if name == "betas.1" {
        texts[texts.count - 1] += ", " + Numbers.setting(value)
      } else if name != "eps" {
        texts.append(name.replacingDot + " " + Numbers.setting(value))
      }
    }
    return texts
  }

  /// The line.
  public func display(_ context: DisplayContext) -> Display { Display(line(context)) }

  /// Settings other than the learning rate.
  public var ownFieldNames: [String] {
    let names = optimizer.settings.map(\.name).filter { $0 != "lr" && !$0.hasPrefix("betas.") }
    return optimizer.settings.contains { $0.name == "betas.0" } ? ["betas"] + names : names
  }

  /// A setting; `betas` is a pair.
  public func ownField(_ name: String, _ call: Call) throws -> Value? {
    let settings = optimizer.settings
    if name == "betas" {
      let pair = settings.filter { $0.name.hasPrefix("betas.") }.map { Value.float($0.value) }
      return pair.count == 2 ? .tuple(pair) : nil
    }
    return settings.first { $0.name == name }.map { .float($0.value) }
  }

  /// Changes a setting.
  public func setOwnField(_ name: String, to value: Value, _ call: Call) throws -> Bool {
    if name == "betas", ownFieldNames.contains("betas"), let pair = [Double].convert(value), pair.count == 2 {
      try setBetas(pair[0], pair[1])
      return true
    }
    guard ownFieldNames.contains(name), let number = Double.convert(value) else { return false }
    try optimizer.set(name, to: number)
    return true
  }

  /// Changes both or neither.
  private func setBetas(_ first: Double, _ second: Double) throws {
    let before = optimizer.settings.first { $0.name == "betas.0" }?.value
    try optimizer.set("betas.0", to: first)
    do {
      try optimizer.set("betas.1", to: second)
    } catch {
      if let before { try optimizer.set("betas.0", to: before) }
      throw error
    }
  }

  /// Takes the first variable it is bound to as its name.
  public func assigned(to name: String) {
    if self.name == nil { self.name = name }
  }

  /// Whether both are the same optimizer.
  public func equals(_ other: any HostObject) -> Bool {
    (other as? OptimizerObject)?.optimizer === optimizer
  }
}

extension String {
  /// The setting's name as people write it: `betas.0` is the first of `betas`.
  fileprivate var replacingDot: String { hasPrefix("betas.") ? "betas" : self }
}
