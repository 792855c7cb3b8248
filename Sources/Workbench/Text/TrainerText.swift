// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import Layers
import Tensors

/// What is said of a trainer: one line, and a card of three.
struct TrainerText {
  private let trainer: any Trainer
  private let name: String
  private let isChinese: Bool

  init(_ object: TrainerObject, _ language: MessageLanguage) {
    trainer = object.trainer
    name = object.name
    isChinese = language == .chinese
  }

  /// As in `GAN on digits (6000 × 28×28)  G 243k + D 101k parameters  step 0`: short enough for 80 columns, the name of a
  /// variable in front.
  var line: String {
    [head, parts, step].filter { !$0.isEmpty }.joined(separator: "  ")
  }

  /// The line, the last figures, what can be reached.
  var card: String {
    var lines = ["\(name): \(line)"]
    if let report = trainer.state.lastReport { lines.append("  " + Self.figures(report.values)) }
    lines.append("  " + reach)
    return lines.joined(separator: "\n")
  }

  private var head: String {
    guard let data = trainer.state.loader?.data else { return trainer.typeName }
    // One channel goes without saying.
    let sides = data.exampleShape.first == 1 ? Array(data.exampleShape.dropFirst()) : data.exampleShape
    let size = "\(data.count) × \((sides.isEmpty ? [1] : sides).map(String.init).joined(separator: "×"))"
    return isChinese ? "\(trainer.typeName)，数据 \(data.name)（\(size)）" : "\(trainer.typeName) on \(data.name) (\(size))"
  }

  private var parts: String {
    let nets = trainer.nets.map { "\($0.name) \(Numbers.count($0.net.parameterCount))" }.joined(separator: " + ")
    guard !nets.isEmpty else { return "" }
    return isChinese ? "\(nets) 个参数" : "\(nets) parameters"
  }

  private var step: String { isChinese ? "第 \(trainer.state.step) 步" : "step \(trainer.state.step)" }

  private var reach: String {
    let (step, furthest, undo) = (trainer.state.step, trainer.furthestStep, trainer.undoCount)
    if isChinese {
      return (furthest > step ? "可 goto 到第 \(furthest) 步，" : "") + "可 undo \(undo) 次，种子 \(trainer.state.seed)"
    }
    let ahead = furthest > step ? "\(furthest) reachable by goto, " : ""
    return ahead + "\(undo) undo, seed \(trainer.state.seed)"
  }

  /// As in `errD 0.873  errG 1.214  D(x) 0.71`: losses with three decimals, scores with two.
  static func figures(_ values: [NamedValue], errors: [String: Double] = [:]) -> String {
    values.map { figure in
      let text =
        errors[figure.name].map { Numbers.measured(figure.value, error: $0) }
        ?? Numbers.fixed(figure.value, figure.name.contains("(") ? 2 : 3)
      return "\(figure.name) \(text)"
    }.joined(separator: "  ")
  }
}
