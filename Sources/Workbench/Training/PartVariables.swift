// SPDX-License-Identifier: Apache-2.0
import Generative
import Language
import Layers

/// The variables by which a step function reaches the parts of its trainer.
///
/// The function looks them up at each step, while the trainer keeps, takes back and replays the parts it was given:
/// both must mean the same objects.
struct PartVariables {
  private struct Link {
    let variable: String
    let part: String
    let object: AnyObject
  }

  private let links: [Link]
  private let evaluator: Evaluator
  /// The trainer as it was typed, to be made again with other parts.
  private let made: String?

  /// Finds the variables that the function uses and that hold a part.
  init(of function: FunctionArgument, _ parts: Record, _ call: Call) {
    evaluator = call.evaluator
    made = call.site.map { $0.source.text(of: $0.span) }
    let used = PartVariables.names(in: function.callee, call.evaluator)
    var links: [Link] = []
    for (part, value) in zip(parts.names, parts.values) {
      guard let object = PartVariables.object(of: value) else { continue }
      for (name, other) in call.evaluator.variables where used.contains(name) {
        guard PartVariables.object(of: other) === object else { continue }
        links.append(Link(variable: name, part: part, object: object))
      }
    }
    self.links = links
  }

  /// Makes sure that the variables still hold the parts.
  ///
  /// - Throws: `TrainingFault.otherPart`.
  func check(for trainer: String?) throws {
    for link in links {
      guard let value = evaluator[variable: link.variable], PartVariables.object(of: value) !== link.object else {
        continue
      }
      throw TrainingFault.otherPart(
        trainer: trainer ?? "t", part: link.part, variable: link.variable, made: made ?? "Trainer(step_fn, parts=…)")
    }
  }

  /// The net or optimizer that a value stands for.
  private static func object(of value: Value) -> AnyObject? {
    ModuleObject.convert(value)?.layer ?? OptimizerObject.convert(value)?.optimizer
  }

  /// The names of the top level in a function and in the functions that it calls.
  private static func names(in callee: Value, _ evaluator: Evaluator) -> Set<String> {
    var found: Set<String> = []
    var pending = [callee]
    while let next = pending.popLast() {
      guard case .function(let function) = next, let text = function.definition,
        let program = try? Parser.parse(SourceText(text), grammar: evaluator.table.grammar)
      else { continue }
      for name in program.globalNames where found.insert(name).inserted {
        if let value = evaluator[variable: name] { pending.append(value) }
      }
    }
    return found
  }
}
