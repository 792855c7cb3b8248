// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A learning rate as a function of the step.
public enum Schedule: Sendable, Hashable {
  /// From the starting rate down to `minimum` of it along half a cosine in so many steps; then it stays.
  /// Loshchilov and Hutter 2016, arXiv:1608.03983.
  case cosine(steps: Int, minimum: Double)
  /// Multiplied by `factor` after every so many steps.
  case staircase(every: Int, factor: Double)
  /// Rises in a line from 0 to the starting rate in so many steps, then stays.
  case warmup(steps: Int)

  /// The factor on the starting rate after `step` steps.
  public func factor(at step: Int) -> Double {
    switch self {
    case .cosine(let steps, let minimum):
      let done = min(Double(max(step, 0)) / Double(max(steps, 1)), 1)
      return minimum + (1 - minimum) * 0.5 * (1 + cos(.pi * done))
    case .staircase(let every, let factor):
      return power(factor, max(step, 0) / max(every, 1))
    case .warmup(let steps):
      return min(Double(max(step, 0) &+ 1) / Double(max(steps, 1)), 1)
    }
  }
}

/// Sets the learning rate of an optimizer by a schedule, from the steps that the optimizer took since it was made.
public final class ScheduledRate {
  /// The optimizer whose rate is set.
  public let optimizer: any Optimizer
  /// The rate as a function of the step.
  public let schedule: Schedule
  /// The rate that the schedule multiplies.
  public let startingRate: Double
  /// The step of the optimizer at which the schedule began.
  public let startingStep: Int

  /// Takes over the rate of an optimizer.
  public init(_ optimizer: any Optimizer, _ schedule: Schedule) {
    self.optimizer = optimizer
    self.schedule = schedule
    startingRate = optimizer.learningRate
    startingStep = optimizer.stepsTaken
    update()
  }

  /// Sets the rate for the next step; call it after each step of the optimizer.
  public func update() {
    optimizer.learningRate = startingRate * schedule.factor(at: optimizer.stepsTaken - startingStep)
  }
}

/// `base` to a whole power, by repeated squaring.
private func power(_ base: Double, _ exponent: Int) -> Double {
  var result = 1.0
  var square = base
  var rest = exponent
  while rest > 0 {
    if rest & 1 == 1 { result *= square }
    square *= square
    rest >>= 1
  }
  return result
}
