// SPDX-License-Identifier: Apache-2.0
import Language

extension Call {
  /// Asks whether the user wants to stop: for work of the engine that looks up between its parts.
  var stopRequest: () -> Bool {
    let surroundings = evaluator.surroundings
    return { surroundings.interruption > .none }
  }
}
