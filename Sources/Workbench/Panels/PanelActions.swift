// SPDX-License-Identifier: Apache-2.0
import Language
import Synchronization

/// Turns what a user does with the panel of a trainer into commands of the language.
///
/// While no cell runs a command is executed as if it had been typed. While one runs, what can act between two steps is
/// left for the trainer as a wish, and the rest is executed as soon as the cell has ended, which it is asked to do.
/// Any thread may use it.
final class PanelActions: Sendable {
  /// What the running training is to do after this step.
  struct Wishes: Sendable, Hashable {
    /// It ends the command, with everything kept.
    var isPaused = false
    /// Learning rates by the name of their optimizer, as `opt_D`.
    var rates: [String: Double] = [:]
    /// The part to train from now on, when another was chosen; nil inside for all.
    var part: String??

    /// Whether there is nothing to do.
    var isEmpty: Bool { self == Wishes() }
  }

  /// What the thread of cells last said of the trainer.
  struct Position: Sendable, Hashable {
    var step = 0
    /// The part that a paused command trained; nil when nothing is left to resume.
    var unfinished: String??
  }

  private struct State: Sendable {
    var isBusy = false
    /// A command was sent that has not begun.
    var isAwaited = false
    var part: String?
    var wishes = Wishes()
    var position = Position()
  }

  /// Rewind goes back to a multiple of so many steps: the places that a running training keeps.
  static let stride = 100
  /// Run goes on until somebody pauses it; nobody waits for so many steps.
  private static let untilPaused = 1_000_000

  private let name: String
  private let parts: [String]
  private let host: any PanelHost
  private let state = Mutex(State())

  /// Makes the actions of a panel.
  ///
  /// - Parameters:
  ///   - name: What stands for the trainer in commands, such as `gan`.
  ///   - parts: What can be trained by itself, in the order of the panel's choice, which begins with all.
  ///   - host: Where commands are executed.
  init(name: String, parts: [String], host: any PanelHost) {
    self.name = name
    self.parts = parts
    self.host = host
  }

  // MARK: The page

  /// Takes what a user does.
  func receive(_ event: PanelEvent) {
    let command: String? = state.withLock { state in
      switch event {
      case .pressed("step"):
        state.wishes.isPaused = state.isBusy
        return "step \(name) 1\(only(state.part))"
      case .pressed("rewind"):
        state.wishes.isPaused = state.isBusy
        return "goto \(name) \(Self.place(before: state.position.step))"
      case .pressed("run"):
        guard !state.isBusy else { return nil }
        state.isAwaited = true
        return goingOn(state)
      case .pressed("pause"):
        state.wishes.isPaused = state.isBusy || state.isAwaited
        return nil
      case .chosen("part", let place):
        state.part = place > 0 && place <= parts.count ? parts[place - 1] : nil
        if state.isBusy { state.wishes.part = .some(state.part) }
        return nil
      case .moved(let optimizer, let rate):
        let rate = Self.rounded(rate)
        if state.isBusy { state.wishes.rates[optimizer] = rate }
        return state.isBusy ? nil : setting(optimizer, rate)
      default: return nil
      }
    }
    if let command { host.execute(command) }
  }

  private func goingOn(_ state: State) -> String {
    if let unfinished = state.position.unfinished, unfinished == state.part { return "resume \(name)" }
    return "step \(name) \(Self.untilPaused)\(only(state.part))"
  }

  private func only(_ part: String?) -> String { part.map { " only=\"\($0)\"" } ?? "" }

  /// Where Rewind goes from a step.
  static func place(before step: Int) -> Int { max(0, (step - 1) / stride * stride) }

  /// The command that sets a learning rate.
  func setting(_ optimizer: String, _ rate: Double) -> String {
    "\(name).\(optimizer).lr = \(Numbers.typed(rate))"
  }

  /// A rate with three digits: a slider moves by powers, and nobody means more.
  static func rounded(_ rate: Double) -> Double {
    Double(NumberText.general(rate, 3)) ?? rate
  }

  // MARK: The thread of cells

  /// Notes that a cell begins.
  func begin() {
    state.withLock { state in
      state.isBusy = true
      state.isAwaited = false
    }
  }

  /// What a training is to do now, once; nil for nothing.
  func take() -> Wishes? {
    state.withLock { state in
      guard !state.wishes.isEmpty else { return nil }
      defer { state.wishes = Wishes() }
      return state.wishes
    }
  }

  /// Notes where the trainer is.
  func note(_ position: Position) {
    state.withLock { $0.position = position }
  }

  /// Notes that the cell ended; what no step has taken up is executed as commands.
  func end() {
    let left = state.withLock { state in
      defer { state.wishes = Wishes() }
      state.isBusy = false
      return state.wishes.rates
    }
    for (optimizer, rate) in left.sorted(by: { $0.key < $1.key }) { host.execute(setting(optimizer, rate)) }
  }
}
