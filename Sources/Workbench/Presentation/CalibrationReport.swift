// SPDX-License-Identifier: Apache-2.0
import Figures
import Generative
import Language

/// How often answers of each confidence are right, as bars beside what was said.
struct CalibrationReport {
  private let found: Calibration
  private let name: String
  private let data: String

  init(_ found: Calibration, of name: String, on data: String) {
    self.found = found
    self.name = name
    self.data = data
  }

  /// A row for each bin that holds answers, drawn as bars.
  func table(_ language: MessageLanguage) -> TableObject {
    let bins = found.bins.filter { $0.count > 0 }
    let rows = bins.map { bin -> [Value] in
      [
        .float(bin.lower), .float(bin.upper), .int(bin.count), .float(share(bin)), .float(bin.accuracy),
        .float(bin.confidence), .float(bin.gap),
      ]
    }
    let figures: [(name: String, value: Double)] = [
      ("ece", found.expectedError), ("mce", found.largestError), ("mean_accuracy", found.accuracy),
      ("mean_confidence", found.confidence),
    ]
    let title = Text(
      "how often \(name) is right on \(data), by how sure it is", zh: "\(name) 在 \(data) 上：不同置信度下的正确率")(language)
    let bars = bins.map { bar($0, language) }
    return TableObject(
      ["lower", "upper", "images", "share", "accuracy", "confidence", "gap"], rows: rows, title: title, notes: notes,
      figures: figures.map { ($0.name, .float($0.value)) },
      picture: Bars(
        bars, title: title, referenceName: Text("confidence", zh: "置信度")(language), notes: notes.map { $0(language) }))
  }

  private func bar(_ bin: Calibration.Bin, _ language: MessageLanguage) -> Bars.Bar {
    let ends = [bin.lower, bin.upper].map { NumberText.fixed($0, 2) }
    let said = percent(bin.confidence)
    return Bars.Bar(
      ends.joined(separator: "-"), bin.accuracy, reference: bin.confidence, text: percent(bin.accuracy),
      note: Text("says \(said), n \(bin.count)", zh: "自称 \(said)，n \(bin.count)")(language))
  }

  private var notes: [Text] {
    let (error, largest) = (NumberText.fixed(found.expectedError, 3), NumberText.fixed(found.largestError, 3))
    return [
      Text(
        "expected calibration error \(error): |accuracy − confidence| of \(found.bins.count) bins, weighted by their n images; largest \(largest) (Guo et al. 2017, arXiv:1706.04599)",
        zh:
          "期望校准误差（ECE）\(error)：\(found.bins.count) 个区间的 |正确率 − 置信度| 按图像数 n 加权平均；最大 \(largest)（Guo 等 2017，arXiv:1706.04599）"
      ),
      meaning,
    ]
  }

  /// Whether it is too sure on the whole, beyond what chance explains.
  private var meaning: Text {
    let (said, right) = (percent(found.confidence), percent(found.accuracy))
    let gap = found.confidence - found.accuracy
    let chance = 2 * (found.accuracy * (1 - found.accuracy) / Double(max(found.count, 1))).squareRoot()
    let facts = Text(
      "on average it says \(said) and is right in \(right) of \(found.count)",
      zh: "平均自称 \(said)，\(found.count) 个中正确 \(right)")
    if abs(gap) <= max(chance, 0.005) {
      return Text("\(facts.english): as sure as it may be", zh: "\(facts.chinese)：自信适度")
    }
    return gap > 0
      ? Text(
        "\(facts.english): too sure; more data, augmentation or fewer epochs help",
        zh: "\(facts.chinese)：过于自信；更多数据、增强或更少的轮数有帮助")
      : Text("\(facts.english): not sure enough; more epochs help", zh: "\(facts.chinese)：不够自信；更多的轮数有帮助")
  }

  private func share(_ bin: Calibration.Bin) -> Double { Double(bin.count) / Double(max(found.count, 1)) }

  private func percent(_ share: Double) -> String { NumberText.fixed(share * 100, 1) + " %" }
}
