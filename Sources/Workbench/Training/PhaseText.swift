// SPDX-License-Identifier: Apache-2.0
import Figures
import Generative
import Language
import Tensors

/// A step in slow motion: a line for each phase.
///
///     gan step 501, phase by phase
///      D 1/5 sample     real [64, 1, 28, 28]   fake = G(z) [64, 1, 28, 28]
///      D 2/5 classify   D(x) 0.71 ± 0.18   D(G(z)) 0.31 ± 0.16
struct PhaseText {
  private let phases: [StepPhase]
  private let title: Text

  init(_ phases: [StepPhase], of object: TrainerObject, step: Int) {
    self.phases = phases
    title = Text("\(object.name) step \(step), phase by phase", zh: "\(object.name) 第 \(step) 步，逐阶段")
  }

  /// The lines, and for notebooks a table of the same.
  func display(_ context: DisplayContext) -> Display {
    let rows = rows(context.language)
    let width = rows.map { DisplayWidth.columns(of: $0[1]) }.max() ?? 0
    let lines = rows.map { row in
      let blanks = String(repeating: " ", count: width - DisplayWidth.columns(of: row[1]))
      return " \(row[0]) \(row[1])\(blanks)   \(row[2])"
    }
    let head = context.language == .chinese ? ["部分", "阶段", "内容"] : ["part", "phase", "what happens"]
    let table = Table(
      title(context.language), columns: head.map { Table.Column($0) },
      rows: rows.map { row in row.map { Table.Cell($0) } })
    return Display(
      ([title(context.language)] + lines).joined(separator: "\n"),
      parts: [MIMEPart("text/html", .text(table.html(context.wording)))])
  }

  private func rows(_ language: MessageLanguage) -> [[String]] {
    phases.enumerated().map { index, phase in
      let place = phases[...index].count { $0.part == phase.part }
      let total = phases.count { $0.part == phase.part }
      return ["\(phase.part) \(place)/\(total)", phase.kind.title(language), what(phase).joined(separator: "   ")]
    }
  }

  private func what(_ phase: StepPhase) -> [String] {
    phase.values.map { "\($0.name) \($0.shape)" } + figures(phase)
  }

  /// Means with their deviations, norms by layer, losses before and after.
  private func figures(_ phase: StepPhase) -> [String] {
    var parts: [String] = []
    for figure in phase.figures {
      let number = Numbers.short(figure.value, digits: 3)
      if figure.name.hasPrefix("± "), !parts.isEmpty {
        parts[parts.count - 1] += " ± " + number
      } else if figure.name.hasPrefix("‖g‖ ") {
        let layer = figure.name.dropFirst(4)
        parts.append("\(layer.hasSuffix(".weight") ? layer.dropLast(7) : layer) ‖g‖ \(number)")
      } else if figure.name == "loss after", !parts.isEmpty {
        parts[parts.count - 1] += " → " + number
      } else if figure.name == "lr" {
        parts.append("lr \(Numbers.setting(figure.value))")
      } else {
        parts.append("\(figure.name) \(number)")
      }
    }
    return parts
  }
}

extension StepPhase.Kind {
  /// What a phase does, in a word.
  fileprivate func title(_ language: MessageLanguage) -> String {
    guard language == .chinese else { return rawValue }
    return switch self {
    case .sample: "取样"
    case .encode: "编码"
    case .decode: "解码"
    case .classify: "判别"
    case .loss: "损失"
    case .gradients: "梯度"
    case .update: "更新"
    }
  }
}
