// SPDX-License-Identifier: Apache-2.0
import Figures
import Generative
import Language

/// What a discriminator says between real and generated examples, as a line with what it means.
struct SlopeReport {
  private let gan: GANArgument
  private let found: DiscriminatorSlope

  init(_ gan: GANArgument, _ found: DiscriminatorSlope) {
    self.gan = gan
    self.found = found
  }

  /// The numbers of every place, drawn as a line.
  func table(_ language: MessageLanguage) -> TableObject {
    let rows = found.places.map { place in
      [place.share, place.score, place.spread, place.slope, place.slopeSpread].map(Value.float)
    }
    let figures: [(name: String, value: Double)] = [
      ("fall", found.fall), ("real", found.places.first?.slope ?? .nan), ("middle", found.middle?.slope ?? .nan),
      ("generated", found.places.last?.slope ?? .nan), ("steepest", found.steepest), ("push", found.push),
      ("length", found.length),
    ]
    return TableObject(
      ["share", "score", "spread", "slope", "slope_spread"], rows: rows,
      title: title(language), figures: figures.map { ($0.name, .float($0.value)) }, picture: chart(language))
  }

  private func title(_ language: MessageLanguage) -> String {
    let name = gan.object.name
    let kind = found.isLogit ? Text("logit", zh: "logit") : Text("score", zh: "评分")
    return Text(
      "\(kind.english) of \(name).D from real (0) to generated (1), step \(found.step)",
      zh: "\(name).D 的\(kind.chinese)：由真实（0）到生成（1），第 \(found.step) 步")(language)
  }

  private func chart(_ language: MessageLanguage) -> LineChart {
    let line = LineChart.Series(
      "D", x: found.places.map(\.share), y: found.places.map(\.score), spread: found.places.map(\.spread))
    var chart = LineChart(
      [line], title: title(language), xName: Text("share of the generated image", zh: "生成图像的比例")(language))
    chart.notes = ([ends, slopes, meaning] + [goal].compactMap { $0 }).map { $0(language) }
    return chart
  }

  private func number(_ value: Double) -> String { Numbers.short(value, digits: 3) }

  private var ends: Text {
    let places = [found.places.first, found.places.last].map { place in
      place.map { "\(number($0.score)) ± \(number($0.spread))" } ?? "–"
    }
    return Text(
      "real \(places[0]), generated \(places[1]): means and standard deviations over \(found.lines) lines, on average \(number(found.length)) long",
      zh: "真实 \(places[0])，生成 \(places[1])：\(found.lines) 条线上的均值与标准差，线的平均长度 \(number(found.length))")
  }

  private var slopes: Text {
    let places = [found.places.first, found.middle, found.places.last].map { place in
      place.map { "\(number($0.slope)) ± \(number($0.slopeSpread))" } ?? "–"
    }
    return Text(
      "‖∇D‖ in the image: at real \(places[0]), half way \(places[1]), at generated \(places[2])",
      zh: "D 对图像的梯度 ‖∇D‖：真实处 \(places[0])，中点 \(places[1])，生成处 \(places[2])")
  }

  /// One sentence on the shape of the line.
  private var meaning: Text {
    let fall = number(found.fall)
    let relative = percent(found.steepest > 0 ? (found.places.last?.slope ?? 0) / found.steepest : 0)
    switch found.shape {
    case .flat:
      return Text(
        "flat: the ends differ by \(fall) while answers vary by \(number(found.spread)) anyway, so D knows nothing yet, or G fools it",
        zh: "平坦：两端相差 \(fall)，而回答本身就有 \(number(found.spread)) 的波动：D 尚未学到东西，或已被 G 骗过")
    case .reversed:
      return Text(
        "upside down: D takes generated images for real and real ones for generated; more steps of D (only=\"D\", k=) help",
        zh: "颠倒：D 把生成当真实、把真实当生成；可多训练 D（only=\"D\"、k=）")
    case .saturated:
      return Text(
        "sure: the game hands only \(percent(found.push)) of the slope on to G, which learns little; loss=\"bce\" hands on nearly all, and a weaker D helps too",
        zh: "过于确信：该损失只把斜率的 \(percent(found.push)) 传给 G，G 学不到多少；loss=\"bce\" 几乎全部传递，减弱 D 也有帮助")
    case .step:
      let tenth = percent(min(found.steepestTenth, 1))
      return Text(
        "a step: \(tenth) of the fall lies in a tenth of the way and the slope at generated images is \(relative) of the steepest, so G is hardly told where to go; a weaker or smoother D helps (?dwins)",
        zh: "阶跃：\(tenth) 的下降集中在十分之一的路程内，生成处的斜率是最陡处的 \(relative)，G 几乎得不到方向；可减弱 D 或使其平滑（?dwins）")
    case .even:
      return Text(
        "even: the answer falls by \(fall) along the whole way and the slope at generated images is \(relative) of the steepest: G is told where to go",
        zh: "平缓：回答沿全程下降 \(fall)，生成处的斜率是最陡处的 \(relative)：G 能得到方向")
    }
  }

  /// What a gradient penalty aims at.
  private var goal: Text? {
    guard gan.trainer.gradientPenalty != nil, let middle = found.middle else { return nil }
    return Text(
      "the gradient penalty wants ‖∇D‖ = 1 between real and generated; half way it is \(number(middle.slope))",
      zh: "梯度惩罚要求真实与生成之间 ‖∇D‖ = 1；中点处为 \(number(middle.slope))")
  }

  private func percent(_ share: Double) -> String {
    NumberText.fixed(share * 100, share < 0.01 ? 2 : 0) + " %"
  }
}
