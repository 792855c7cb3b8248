// SPDX-License-Identifier: Apache-2.0

/// A program that is being run, bound to the variables of an evaluator.
final class RunningProgram {
  let program: Program
  let resolutions: [Resolution]
  /// For each of the program's global names, its index in the environment.
  let globals: [Int]

  init(_ program: Program, in environment: Environment) {
    self.program = program
    resolutions = program.resolutions
    globals = program.globalNames.map { environment.index(of: $0) }
  }

  var source: SourceText { program.source }
}

/// The variables of one call of a function, or the hidden ones of the top level.
final class Frame {
  let running: RunningProgram
  var slots: [Value?]
  /// The frame of the function around, where a function was made inside another.
  let parent: Frame?
  /// The function whose call it is; nil for the top level.
  let function: FunctionNode?
  /// How deep the values that it holds are nested, once a function keeps the frame alive.
  private(set) var capturedNesting: Int?

  init(_ running: RunningProgram, slotCount: Int, parent: Frame?, function: FunctionNode?) {
    self.running = running
    slots = [Value?](repeating: nil, count: slotCount)
    self.parent = parent
    self.function = function
  }

  var isTopLevel: Bool { function == nil }
  var source: SourceText { running.source }

  /// Notes that a function keeps the frame.
  func capture() {
    guard capturedNesting == nil else { return }
    let held = slots.lazy.compactMap { $0?.nesting }.max() ?? 0
    capturedNesting = max(held, parent?.capturedNesting ?? 0)
  }

  /// Sets a variable; a frame that a function keeps knows how deep its values are nested.
  func set(_ slot: Int, to value: Value) throws {
    if let nesting = capturedNesting {
      let nested = value.nesting
      if nested > Limits.nesting { throw Limits.tooDeep }
      capturedNesting = max(nesting, nested)
    }
    slots[slot] = value
  }
}
