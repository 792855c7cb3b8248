// SPDX-License-Identifier: Apache-2.0
import Generative
import Language
import Layers

/// The panel of one trainer: shows where it is, and passes on what its users want.
///
/// Belongs to the thread of cells. What it draws is looked at only: no random stream of the training moves.
final class TrainerPanel {
  private let object: TrainerObject
  private let actions: PanelActions
  private let look: PanelLook
  private let handle: any PanelHandle
  private let language: MessageLanguage
  /// What was drawn last.
  private var shown: Shown?
  /// When it was drawn, and how long that took, in seconds.
  private var drawn = (at: -Double.infinity, took: 0.0)

  /// What a panel shows, as far as it tells whether it must be drawn again.
  private struct Shown: Hashable {
    var step: Int
    var rates: [Double]
    var isRunning: Bool
  }

  /// Shows the panel in the running cell.
  init(_ object: TrainerObject, named name: String, on host: any PanelHost, _ language: MessageLanguage) {
    self.object = object
    self.language = language
    let actions = PanelActions(name: name, parts: object.trainer.separateParts, host: host)
    self.actions = actions
    look = PanelLook(object, name: name, language)
    handle = host.show(look.panel()) { actions.receive($0) }
    actions.begin()
  }

  // MARK: Life

  /// Notes that a cell begins.
  func begin() { actions.begin() }

  /// Notes that the cell ended, and shows how things are now.
  func end(now: Double) {
    actions.end()
    draw(isRunning: false, now: now)
  }

  /// Takes the panel away; another takes its place.
  func close() { handle.close() }

  // MARK: A running training

  /// What is to be done after this step, once; nil for nothing.
  func wishes() -> PanelActions.Wishes? { actions.take() }

  /// Shows a training after a step; seldom enough that at most one part in twenty of the time is spent on it.
  func follow(now: Double) {
    guard now - drawn.at >= max(0.5, 20 * drawn.took) else { return }
    draw(isRunning: true, now: now)
  }

  private func draw(isRunning: Bool, now: Double) {
    let trainer = object.trainer
    let position = PanelActions.Position(
      step: trainer.state.step, unfinished: trainer.state.unfinished.map { .some($0.only) } ?? nil)
    actions.note(position)
    let next = Shown(
      step: trainer.state.step, rates: trainer.optimizers.map(\.optimizer.learningRate), isRunning: isRunning)
    guard next != shown else { return }
    let start = ContinuousClock.now
    for (id, change) in look.changes(isRunning: isRunning) { handle.update(id, change) }
    shown = next
    drawn = (now, (ContinuousClock.now - start) / .seconds(1))
  }
}

extension WorkbenchState {
  /// Shows a panel for a trainer, in place of the one it had.
  func show(_ panel: TrainerPanel, for trainer: any Trainer) {
    panels.removeValue(forKey: ObjectIdentifier(trainer))?.close()
    panels[ObjectIdentifier(trainer)] = panel
  }

  /// The panel of a trainer, when it has one.
  func panel(of trainer: any Trainer) -> TrainerPanel? {
    panels.isEmpty ? nil : panels[ObjectIdentifier(trainer)]
  }

  /// Notes that an input begins.
  public func beginInput(_ number: Int) {
    input = number
    for panel in panels.values { panel.begin() }
  }

  /// Notes that the input has ended: panels show what it left behind.
  public func endInput() {
    for panel in panels.values { panel.end(now: 0) }
  }
}
