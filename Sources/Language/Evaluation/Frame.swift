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
  /// One variable.
  private enum Slot {
    case empty
    case value(Value)
    /// A function that was made in this very frame. Kept without the frame, or the two would keep each other alive and
    /// every call of a function with a lambda in it would leave its tensors behind.
    case own(UserFunction.Blueprint)
  }

  let running: RunningProgram
  private var slots: [Slot]
  /// The frame of the function around, where a function was made inside another.
  let parent: Frame?
  /// The function whose call it is; nil for the top level.
  let function: FunctionNode?
  /// How deep the values that it holds are nested, once a function keeps the frame alive.
  private(set) var capturedNesting: Int?

  init(_ running: RunningProgram, slotCount: Int, parent: Frame?, function: FunctionNode?) {
    self.running = running
    slots = [Slot](repeating: .empty, count: slotCount)
    self.parent = parent
    self.function = function
  }

  var isTopLevel: Bool { function == nil }
  var source: SourceText { running.source }

  /// The value of a variable; nil while it has none.
  subscript(slot: Int) -> Value? {
    get {
      switch slots[slot] {
      case .empty: nil
      case .value(let value): value
      case .own(let blueprint): .function(UserFunction(blueprint, in: self))
      }
    }
    set {
      guard let newValue else {
        slots[slot] = .empty
        return
      }
      if case .function(let function) = newValue, let own = function as? UserFunction, own.captured === self {
        slots[slot] = .own(own.blueprint)
      } else {
        slots[slot] = .value(newValue)
      }
    }
  }

  /// Notes that a function keeps the frame.
  func capture() {
    guard capturedNesting == nil else { return }
    var held = parent?.capturedNesting ?? 0
    for case .value(let value) in slots { held = max(held, value.nesting) }
    capturedNesting = held
  }

  /// Sets a variable; a frame that a function keeps knows how deep its values are nested.
  func set(_ slot: Int, to value: Value) throws {
    if let nesting = capturedNesting {
      let nested = value.nesting
      if nested > Limits.nesting { throw Limits.tooDeep }
      capturedNesting = max(nesting, nested)
    }
    self[slot] = value
  }

  /// The names of the variables that have a value.
  var names: [String] {
    zip(function?.slotNames ?? [], slots).compactMap { name, slot in
      if case .empty = slot { nil } else { name.isEmpty ? nil : name }
    }
  }
}
