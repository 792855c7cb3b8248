// SPDX-License-Identifier: Apache-2.0
import Datasets
import Figures
import Generative
import Images
import Language
import Layers
import Tensors

/// What the panel of a trainer shows: its controls, and their contents at a moment.
struct PanelLook {
  private let object: TrainerObject
  private let name: String
  private let language: MessageLanguage
  private let wording: Wording

  /// The samples: so many, and this wide on the page.
  private static let samples = (rows: 5, columns: 5, width: 300)
  /// The rates that a slider reaches.
  private static let rates = (least: 1e-6, most: 1e-1)

  init(_ object: TrainerObject, name: String, _ language: MessageLanguage) {
    self.object = object
    self.name = name
    self.language = language
    wording = language == .chinese ? .chinese : .english
  }

  private var trainer: any Trainer { object.trainer }

  private func say(_ english: String, _ chinese: String) -> String { language == .chinese ? chinese : english }

  // MARK: Controls

  /// The whole panel as it is now.
  func panel() -> Panel {
    var rows = [[Panel.Item("head", .text(html: head))], buttons + part, sliders, [progress]]
    rows.append([Panel.Item("losses", .text(html: losses))])
    rows.append(picture + [Panel.Item("norms", .text(html: norms))])
    return Panel(rows: rows.filter { !$0.isEmpty }, plain: plain)
  }

  /// What is said where no controls can be shown.
  var plain: String {
    let rate = trainer.optimizers.first.map { "\(name).\($0.name).lr = \(Numbers.typed($0.optimizer.learningRate))" }
    let listed = ["step \(name) 100", "goto \(name) 0", rate].compactMap { $0 }.joined(separator: "   ")
    return say("Live controls need Jupyter widgets; type:  \(listed)", "实时控件需要 Jupyter 小部件；请键入：  \(listed)")
  }

  private var buttons: [Panel.Item] {
    let stride = PanelActions.stride
    return [
      .init("run", .button(label: say("Run", "运行"), icon: "play", tooltip: say("Train until paused", "训练直到暂停"))),
      .init(
        "pause", .button(label: say("Pause", "暂停"), icon: "pause", tooltip: say("Pause after this step", "本步后暂停"))),
      .init("step", .button(label: say("Step", "单步"), icon: "step-forward", tooltip: "step \(name) 1")),
      .init(
        "rewind",
        .button(
          label: say("Rewind", "后退"), icon: "fast-backward",
          tooltip: say("Back to a multiple of \(stride) steps", "回到 \(stride) 的整数倍步"))),
    ]
  }

  private var part: [Panel.Item] {
    let parts = trainer.separateParts
    guard !parts.isEmpty else { return [] }
    let options = [say("all parts", "全部")] + parts.map { say("\($0) only", "仅 \($0)") }
    return [.init("part", .choice(label: "", options: options, selected: 0))]
  }

  private var sliders: [Panel.Item] {
    trainer.optimizers.map { part, optimizer in
      .init(
        part,
        .slider(
          label: "\(part).lr", value: Self.inRange(optimizer.learningRate), range: Self.rates.least...Self.rates.most,
          step: 0.05, isLogarithmic: true))
    }
  }

  private static func inRange(_ rate: Double) -> Double { min(max(rate, rates.least), rates.most) }

  private var progress: Panel.Item {
    .init("progress", .progress(label: epoch.label, fraction: epoch.fraction))
  }

  private var picture: [Panel.Item] {
    guard let sheet, let png = png(of: sheet), let size = try? sheet.bitmap(scale: scale(of: sheet)) else {
      return points.map { [.init("points", .text(html: $0))] } ?? []
    }
    return [
      .init("samples", .picture(png: png, width: size.width, height: size.height, alt: sheet.caption))
    ]
  }

  // MARK: Contents

  /// The new contents of everything that changes.
  func changes(isRunning: Bool) -> [(id: String, change: PanelChange)] {
    var changes: [(String, PanelChange)] = [
      ("head", .text(html: head)), ("run", .enabled(!isRunning)), ("pause", .enabled(isRunning)),
      ("progress", .number(epoch.fraction)), ("progress", .label(epoch.label)), ("losses", .text(html: losses)),
      ("norms", .text(html: norms)),
    ]
    for (part, optimizer) in trainer.optimizers {
      changes.append((part, .number(Self.inRange(optimizer.learningRate))))
    }
    if let sheet, let png = png(of: sheet) {
      changes.append(("samples", .picture(png: png)))
    } else if let points {
      changes.append(("points", .text(html: points)))
    }
    return changes
  }

  private var head: String {
    let figures = trainer.state.lastReport.map { TrainerText.figures($0.values) } ?? ""
    let line = TrainerText(object, language).line
    return PanelPieces.head(name: name, line: line, figures: figures)
  }

  /// The place in the data; without data the bar stays empty.
  private var epoch: (label: String, fraction: Double) {
    guard let loader = trainer.state.loader, loader.data.count > 0 else { return ("", 0) }
    let fraction = min(Double(loader.position.taken) / Double(loader.data.count), 1)
    return (say("epoch \(loader.position.epoch)", "第 \(loader.position.epoch) 轮"), fraction)
  }

  private var losses: String {
    let history = trainer.state.history
    guard history.count > 1 else {
      return PanelPieces.empty(say("The losses appear here.", "损失曲线将显示在这里。"))
    }
    return PanelPieces.figure(HistoryPlot.chart(history, title: "", language).svg(wording))
  }

  private var norms: String {
    guard let report = try? trainer.gradients(), report.rows.contains(where: { $0.norm != nil }) else {
      return PanelPieces.empty(say("Gradient norms appear here.", "梯度范数将显示在这里。"))
    }
    return PanelPieces.norms(
      trainer.nets.map { ($0.name, report.norm(of: $0.name), report.rows(of: $0.name)) },
      title: say("Gradient norms", "梯度范数"))
  }

  /// Samples of the same noise at every step.
  private var examples: Tensor? {
    try? (trainer as? any Sampler)?.samples(Self.samples.rows * Self.samples.columns)
  }

  private var sheet: Sheet? {
    guard let examples, examples.rank == 4 else { return nil }
    let step = trainer.state.step
    return Sheet(
      TileReader.tiles(examples, range: object.shownRange), columns: Self.samples.columns,
      caption: say("samples of \(name), step \(step), fixed noise", "\(name) 的样本，第 \(step) 步，固定噪声"))
  }

  private func png(of sheet: Sheet) -> [UInt8]? {
    (try? sheet.bitmap(scale: scale(of: sheet), fittingWidth: 2 * Self.samples.width)).flatMap {
      try? PNGFile.encode($0)
    }
  }

  /// How often a pixel is repeated, so that the picture is about as wide as it is meant to be.
  private func scale(of sheet: Sheet) -> Int {
    let tile = sheet.tiles.compactMap { $0?.width }.max() ?? 1
    return max(1, Self.samples.width / ((tile + 1) * Self.samples.columns))
  }

  /// Samples in a plane, as points.
  private var points: String? {
    guard let made = try? (trainer as? any Sampler)?.samples(256), made.rank == 2, made.shape[1] == 2 else {
      return nil
    }
    let numbers = made.scalars().map(Double.init)
    let x = stride(from: 0, to: numbers.count, by: 2).map { numbers[$0] }
    let y = stride(from: 1, to: numbers.count, by: 2).map { numbers[$0] }
    return PanelPieces.figure(Scatter([.init(say("samples", "样本"), x: x, y: y)], title: "").svg(wording))
  }
}
