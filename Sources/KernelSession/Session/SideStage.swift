// SPDX-License-Identifier: Apache-2.0
import Language

/// The session's own surroundings with a host state of its own, for programs that must not disturb the session.
final class SideStage: Surroundings {
  private let stage: Stage
  let host: AnyObject?

  init(_ stage: Stage, host: AnyObject?) {
    self.stage = stage
    self.host = host
  }

  func emit(_ emission: Emission) { stage.emit(emission) }
  func readLine(prompt: String, isPassword: Bool) throws -> String {
    try stage.readLine(prompt: prompt, isPassword: isPassword)
  }
  var interruption: Interruption { stage.interruption }
  var language: MessageLanguage { stage.language }
  var canvas: TerminalCanvas { stage.canvas }
  var panels: (any PanelHost)? { stage.panels }
  func now() -> Double { stage.now() }
  func perform(_ command: SessionCommand, in evaluator: Evaluator) throws {
    try stage.perform(command, in: evaluator)
  }
}

extension Session {
  /// An evaluator with no variables and a fresh host, whose output is the session's.
  func sideEvaluator() -> Evaluator {
    Evaluator(table: table, surroundings: SideStage(stage, host: services.makeState()))
  }
}
