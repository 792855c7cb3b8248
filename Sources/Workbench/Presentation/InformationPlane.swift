// SPDX-License-Identifier: Apache-2.0
import Datasets
import Figures
import Generative
import Language

/// The path of a training through the information plane: a table of windows of steps, drawn as points.
///
/// Both informations are in bits; each is a bound, as `BottleneckTrainer` says.
struct InformationPlane {
  /// As many windows as a reader can tell apart.
  private static let windows = 80
  private static let bit = 0.693_147_180_559_945_3

  private let vib: BottleneckArgument
  private let measured: InformationReport?
  private let dataName: String

  init(_ vib: BottleneckArgument, _ measured: InformationReport?, on dataName: String?) {
    self.vib = vib
    self.measured = measured
    self.dataName = dataName ?? ""
  }

  /// Means of I(Z; X) and I(Z; Y) over one window of steps.
  private struct Place {
    let step: Int
    let aboutInput: Double
    let aboutLabel: Double
  }

  private var entropy: Double {
    vib.trainer.state.loader.map { vib.trainer.labelEntropy(of: $0.data) } ?? 0
  }

  private var places: [Place] {
    let history = vib.trainer.state.history
    guard let divergences = history["kl"], let errors = history["ce"], !history.steps.isEmpty else { return [] }
    let width = (divergences.count + Self.windows - 1) / Self.windows
    let entropy = entropy
    return stride(from: 0, to: divergences.count, by: width).map { start in
      let window = start..<min(start + width, divergences.count)
      let count = Double(window.count)
      return Place(
        step: history.steps[window.upperBound - 1],
        aboutInput: divergences[window].reduce(0, +) / count / Self.bit,
        aboutLabel: entropy - errors[window].reduce(0, +) / count / Self.bit)
    }
  }

  /// The path as a table that is drawn as points.
  func table(_ language: MessageLanguage) -> TableObject {
    let places = self.places
    let rows = places.map { [Value.int($0.step), .float($0.aboutInput), .float($0.aboutLabel)] }
    let numbers: [(name: String, value: Double)] =
      measured.map {
        [
          ("izx", $0.aboutInput), ("izy", $0.aboutLabel), ("accuracy", $0.accuracyOfOne),
          ("averaged", $0.accuracyOfMany),
        ]
      } ?? places.last.map { [("izx", $0.aboutInput), ("izy", $0.aboutLabel)] } ?? []
    return TableObject(
      ["step", "I(Z;X) bits", "I(Z;Y) bits"], rows: rows, title: title(language), notes: notes,
      figures: numbers.map { ($0.name, .float($0.value)) }, picture: chart(places, language))
  }

  /// The trainer, and what was measured now: a picture is shown without the notes of its table.
  private func title(_ language: MessageLanguage) -> String {
    let trainer = vib.trainer
    let axes = Text("I(Z;X) across, I(Z;Y) up", zh: "横轴 I(Z;X)，纵轴 I(Z;Y)")(language)
    let head = "\(vib.object.name), step \(trainer.state.step), beta \(Numbers.setting(trainer.beta)), \(axes)"
    guard let measured else { return head }
    let (x, y) = (NumberText.fixed(measured.aboutInput, 2), NumberText.fixed(measured.aboutLabel, 2))
    let right = percent(measured.accuracyOfMany)
    return head
      + Text("; \(dataName): \(x) and \(y) bits, \(right) right", zh: "；\(dataName)：\(x) 与 \(y) 比特，正确率 \(right)")(
        language)
  }

  private func chart(_ places: [Place], _ language: MessageLanguage) -> Scatter {
    // Early, later, last: the order in which the plane is crossed.
    let thirds = 3
    var groups: [Scatter.Group] = []
    for part in 0..<thirds {
      let range = (places.count * part / thirds)..<(places.count * (part + 1) / thirds)
      guard let first = places[range].first, let last = places[range].last else { continue }
      groups.append(
        Scatter.Group(
          first.step == last.step ? "\(last.step)" : "… \(last.step)", x: places[range].map(\.aboutInput),
          y: places[range].map(\.aboutLabel)))
    }
    if let measured {
      groups.append(Scatter.Group(dataName, x: [measured.aboutInput], y: [measured.aboutLabel]))
    }
    var chart = Scatter(groups, title: title(language))
    (chart.xName, chart.yName) = ("I(Z;X) bits", "I(Z;Y) bits")
    return chart
  }

  private var notes: [Text] {
    let entropy = NumberText.fixed(self.entropy, 2)
    let meaning = Text(
      "I(Z;X) at most, I(Z;Y) at least; the labels hold \(entropy) bits",
      zh: "I(Z;X) 为上界，I(Z;Y) 为下界；标签共 \(entropy) 比特")
    guard let measured else { return [meaning] }
    let (x, y) = (NumberText.fixed(measured.aboutInput, 2), NumberText.fixed(measured.aboutLabel, 2))
    let (one, many) = (percent(measured.accuracyOfOne), percent(measured.accuracyOfMany))
    return [
      meaning,
      Text(
        "on \(measured.images) of \(dataName): I(Z;X) \(x), I(Z;Y) \(y); right \(one) with one code, \(many) with \(measured.codes)",
        zh:
          "在 \(dataName) 的 \(measured.images) 个样例上：I(Z;X) \(x)，I(Z;Y) \(y)；用 1 个编码正确 \(one)，用 \(measured.codes) 个 \(many)"
      ),
    ]
  }

  private func percent(_ share: Double) -> String { NumberText.fixed(share * 100, 2) + " %" }
}
