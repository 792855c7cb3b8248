// SPDX-License-Identifier: Apache-2.0
import Figures
import Glibc
import Images
import TestSupport
import Testing

/// Numbers between −0.5 and 0.5, the same on every run.
func noise(_ index: Int, _ key: UInt64 = 1) -> Double {
  var z = UInt64(index) &* 0x9E37_79B9_7F4A_7C15 &+ key &* 0xD1B5_4A32_D192_ED03
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return Double((z ^ (z >> 31)) >> 11) / Double(1 << 53) - 0.5
}

func losses(_ count: Int) -> LineChart {
  let steps = (0..<count).map { Double($0) / Double(count) }
  return LineChart(
    [
      .init("errD", y: steps.enumerated().map { 0.6 + 0.4 * $1 * (1 - $1) + 0.2 * noise($0) }),
      .init("errG", y: steps.enumerated().map { 1.3 + max(0, 0.9 - 5 * $1) + 0.3 * noise($0, 7) }),
    ], title: "gan on digits", xName: "step")
}

private let coverage = Bars(
  [
    .init("0", 142, reference: 98), .init("1", 187, reference: 113), .init("2", 41, reference: 103),
    .init("八", 0, reference: 97, note: "missing"),
  ], title: "classes of 1000 samples", aside: "step 500", referenceName: "data",
  notes: ["9 of 10 modes covered (≥ 1 %)"])

private let flow = Bars(
  [("G.0", 2.1e-4), ("G.2", 6.0e-4), ("D.3", 9.8e-2)].map { .init($0, $1, text: Numerals.scientific($1, 2)) },
  title: "gradient flow, mean |g| per layer (log scale)", isLogarithmic: true)

private let gains = Bars(
  [.init("shift", 1.9, spread: 0.9), .init("cvae", -3.2, spread: 3.0), .init("placebo", 0.75, spread: 0.68)],
  title: "gain over none, points")

private let scores = Histogram(
  [
    ("D(real)", (0..<300).map { Float(0.7 + 0.3 * noise($0) * noise($0, 2)) }),
    ("D(G(z))", (0..<300).map { Float(0.3 + 0.4 * noise($0, 3)) }),
  ], bins: 24, title: "scores")

private let latent = Scatter(
  (0..<3).map { group in
    .init(
      ["0", "1", "鞋"][group], x: (0..<30).map { 4 * noise($0, 3) + Double(group) },
      y: (0..<30).map { 4 * noise($0, 5) + Double(group % 2) })
  }, title: "latent map", xName: "z1", yName: "z2", arrows: [.init(x: 0, y: 0, dx: 1, dy: 0.5)])

private let surface = HeatMap(
  (0..<400).map { Float(($0 % 20 - 10) * ($0 / 20 - 10)) / 100 }, columns: 20, caption: "a saddle")

private let confusion = ConfusionMatrix(
  [[50, 2, 0], [1, 45, 4], [0, 0, 52]], classes: ["cat", "dog", "鸟"], title: "confusion")

let computation = ComputationTree([
  .init(name: "errD", operation: "add", value: 0.791, inputs: [1, 2]),
  .init(operation: "bce", value: 0.389, inputs: [3]), .init(operation: "bce", value: 0.402, inputs: [4]),
  .init(name: "D.3", operation: "Linear", shape: "[64, 1]", gradientNorm: 1.7, inputs: [5, 7]),
  .init(name: "D.3", operation: "Linear", shape: "[64, 1]", gradientNorm: 1.7, inputs: [6, 7]),
  .init(name: "real", shape: "[64, 1, 28, 28]", kind: .data),
  .init(name: "fake", shape: "[64, 1, 28, 28]", kind: .detached),
  .init(name: "weight", shape: "[1, 128]", kind: .parameter),
])

/// A log axis, a gap, a band, and changes so close that their names would cover each other.
private let changes = LineChart(
  [
    .init(
      "loss", y: (0..<60).map { (20..<24).contains($0) ? .nan : exp(-Double($0) / 12) + 0.002 },
      spread: (0..<60).map { 0.3 * exp(-Double($0) / 12) })
  ], title: "a loss", xName: "step", isLogarithmic: true,
  events: [
    .init(x: 20, name: "opt_G.lr 0.0002 → 0.0001"), .init(x: 22, name: "opt_D.lr 0.0002 → 0.0001"),
    .init(x: 45, name: "数据改为 fashion-mnist"), .init(x: 47, name: "k 1 → 2"),
  ])

private let summary = LayerSummary(
  title: "D  Discriminator",
  layers: [
    .init(path: "0", description: "Flatten", output: "[*, 784]"),
    .init(path: "1", description: "Linear(784 → 128)", output: "[*, 128]", parameters: 100_480, norm: 6.53),
    .init(path: "2", description: "sigmoid", output: "[*, 128]"),
  ])

private let page = DatasetSheet(
  title: "fashion-mnist (train, first 6000)", source: "a package",
  facts: [("images", "6000 × 1×28×28"), ("values", "−1 … 1")],
  classes: [("T-shirt", 560), ("Trouser", 643), ("套衫", 608), ("Dress", 20)], notes: ["duplicates 0   blank 0"])

/// One of each kind, by the name of its golden files.
let allFigures: [(name: String, figure: any Figure)] = [
  ("lines", losses(200)), ("coverage", coverage), ("flow", flow), ("gains", gains), ("histogram", scores),
  ("scatter", latent), ("heat", surface), ("confusion", confusion), ("computation", computation),
  ("summary", summary), ("page", page), ("changes", changes), ("dense", losses(5000)),
  ("side", Side([losses(50), coverage])),
]

@Suite("Every figure")
struct FigureTests {
  @Test("plain text, ASCII and reader mode", arguments: allFigures.indices)
  func text(index: Int) {
    let (name, figure) = allFigures[index]
    expectGolden(figure.plainText, "\(name).txt")
    expectGolden(figure.text(on: Canvas(graphics: .ascii, unicode: false)), "\(name)-ascii.txt")
    expectGolden(figure.text(on: Canvas(reader: true)), "\(name)-reader.txt")
  }

  @Test("what figures say themselves, in Chinese", arguments: allFigures.indices)
  func chinese(index: Int) {
    let (name, figure) = allFigures[index]
    let text = figure.text(on: Canvas(wording: .chinese))
    #expect(text.split(separator: "\n").allSatisfy { $0.displayWidth() <= 80 }, "\(name)")
    let spoken = figure.text(on: Canvas(reader: true, wording: .chinese))
    expectGolden(text + "\n\n" + spoken + "\n\n" + figure.alternativeText(.chinese), "\(name)-zh.txt")
  }

  @Test("SVG", arguments: allFigures.indices)
  func svg(index: Int) throws {
    let (name, figure) = allFigures[index]
    if let side = figure as? Side { expectGolden(try #require(side.svg()), "\(name).svg") }
    guard let figure = figure as? any VectorFigure else { return }
    expectGolden(figure.svg(), "\(name).svg")
    #expect(figure.svg() == figure.svg())
  }

  @Test("no line is wider than the terminal, and nothing but text comes out without colours", arguments: [40, 80, 200])
  func width(columns: Int) {
    for (name, figure) in allFigures {
      for unicode in [true, false] {
        let graphics: Canvas.Graphics = unicode ? .braille : .ascii
        let text = figure.text(on: Canvas(columns: columns, graphics: graphics, unicode: unicode))
        #expect(text.split(separator: "\n").allSatisfy { $0.displayWidth() <= columns }, "\(name)")
        #expect(!text.contains("\u{1B}"), "\(name)")
      }
    }
  }

  @Test("with colours the text is the same but for the codes")
  func colors() {
    // Several lines are told apart by marks where there are no colours.
    for (name, figure) in allFigures where !["heat", "scatter", "lines", "dense", "side"].contains(name) {
      let plain = figure.text(on: Canvas(graphics: .braille))
      let colored = figure.text(on: Canvas(graphics: .braille, color: .sixteen))
      #expect(withoutCodes(colored) == plain, "\(name)")
    }
  }

  @Test("in ASCII mode only what people wrote themselves lies outside ASCII")
  func ascii() {
    for (name, figure) in allFigures {
      let text = figure.text(on: Canvas(graphics: .ascii, unicode: false))
      #expect(text.unicodeScalars.allSatisfy { $0.isASCII || "八鞋鸟套衫数据改为".unicodeScalars.contains($0) }, "\(name)")
    }
  }

  @Test("lines of one colour carry marks, and their names the same marks")
  func marks() {
    let plain = losses(200).text(on: Canvas())
    #expect(plain.contains(" * errD") && plain.contains(" o errG"))
    let colored = losses(200).text(on: Canvas(color: .full))
    #expect(!colored.contains("o errG") && colored.contains("errG"))
  }

  private func withoutCodes(_ text: String) -> String {
    var result = ""
    var isInside = false
    for character in text {
      if character == "\u{1B}" { isInside = true }
      if !isInside { result.append(character) }
      if character == "m" { isInside = false }
    }
    return result
  }
}

@Suite("Line charts")
struct LineChartTests {
  @Test("missing values leave gaps, and what a log axis cannot show is said")
  func missing() {
    var chart = losses(100)
    chart.series[0].y.replaceSubrange(40..<60, with: [Double](repeating: .nan, count: 20))
    chart.series[1].y[3] = -1
    chart.isLogarithmic = true
    let text = chart.plainText
    #expect(text.contains("errD: 100 values, of which 20 not finite"))
    #expect(text.contains("errG: 100 values, of which 1 not positive, which a log axis cannot show"))
    // Three runs: errD twice, errG in two parts.
    #expect(chart.svg().split(separator: "stroke-width=\"1.8\"").count - 1 == 4)
  }

  @Test("one wild value among ten thousand is still there")
  func extremes() {
    var values = (0..<10_000).map { noise($0) }
    values[5432] = 40
    let chart = LineChart([.init("x", y: values)])
    #expect(chart.plainText.hasPrefix(" 40.0┤"))
    #expect(chart.svg().utf8.count < 40_000)
    #expect(chart.svg().contains(",21.4 "))
    #expect(chart.vegaLite().contains("\"y\":40"))
  }

  @Test("Vega-Lite says its version, its values and null for what is missing")
  func vegaLite() {
    let chart = LineChart([.init("a \"b\"", y: [1, .nan, 3])], title: "t", xName: "step")
    expectGolden(chart.vegaLite() + "\n", "lines.vl.json")
  }

  @Test("the sentence for those who cannot see the chart")
  func alternative() {
    let chart = LineChart([.init("loss", y: [3, 1, 2])], xName: "step")
    #expect(
      chart.alternativeText
        == "Line chart; loss: from 3 at step 1 to 2 at step 3, lowest 1 at step 2, highest 3 at step 1")
  }

  @Test(
    "any numbers are drawn without a crash",
    arguments: [
      [], [1], [.nan], [.infinity, 1], [0, 0, 0], [-.greatestFiniteMagnitude, .greatestFiniteMagnitude],
      [.leastNonzeroMagnitude, 1e300], [.leastNonzeroMagnitude, .leastNonzeroMagnitude * 3], [1e15, 1e15 + 1],
      [1, .nan, 1],
    ] as [[Double]])
  func hostile(values: [Double]) {
    for isLogarithmic in [false, true] {
      for x in [nil, values, values.map { -$0 }] {
        let chart = LineChart(
          [.init("a", x: x, y: values, spread: values), .init("b", y: values)], isLogarithmic: isLogarithmic,
          events: [.init(x: values.first ?? .nan, name: "event")])
        for canvas in [
          Canvas.plain, Canvas(columns: 1, rows: 1, graphics: .ascii, unicode: false), Canvas(reader: true),
        ] {
          #expect(!chart.text(on: canvas).isEmpty)
        }
        #expect(chart.svg().hasSuffix("</svg>\n"))
        #expect(chart.vegaLite().hasSuffix("}"))
      }
    }
  }

  @Test("a logarithmic axis has powers of ten, each at its row")
  func decades() {
    let chart = LineChart([.init("x", y: (0..<100).map { pow(10, -Double($0) / 20) })], isLogarithmic: true)
    let labels = chart.plainText.split(separator: "\n").filter { $0.contains("┤") }.map { $0.prefix { $0 != "┤" } }
    #expect(labels.map { $0.filter { $0 != " " } } == ["1", "0.01", "0.0001"])
  }

  @Test("names at the ends of lines that meet are set apart")
  func names() {
    let chart = LineChart((0..<6).map { .init("series \($0)", y: [0, 1]) } + [.init("far", y: [0, 30])])
    for index in 0..<6 { #expect(chart.plainText.contains("series \(index)")) }
  }

  @Test("text of users is escaped")
  func escaping() {
    let chart = LineChart([.init("<b>&", y: [1, 2])], title: "\"><script>alert(1)</script>\u{0}")
    #expect(!chart.svg().contains("<script>"))
    #expect(chart.svg().contains("&lt;b&gt;&amp;"))
  }
}

@Suite("Other charts")
struct OtherChartTests {
  @Test("hostile numbers", arguments: [[], [.nan], [.infinity, -1], [0], [1e38, -1e38], [3, 3]] as [[Float]])
  func hostile(values: [Float]) throws {
    let doubles = values.map(Double.init)
    let figures: [any Figure] = [
      Histogram([("a", values), ("b", [])], bins: 7), Histogram([("", values)], bins: -3),
      Bars(doubles.map { .init("x", $0, spread: $0, reference: $0) }),
      Bars(doubles.map { .init("x", $0) }, isLogarithmic: true),
      Scatter(
        [.init("a", x: doubles, y: doubles.reversed())], arrows: doubles.map { .init(x: $0, y: 0, dx: $0, dy: $0) }),
      HeatMap(values, columns: 0), HeatMap(values, columns: 3, palette: .diverging),
      HeatMap(values, columns: 1, palette: .grey),
    ]
    for figure in figures {
      for canvas in [Canvas.plain, Canvas(columns: 5, rows: 0, graphics: .half, color: .full), Canvas(reader: true)] {
        _ = figure.text(on: canvas)
      }
      #expect(!figure.alternativeText.isEmpty)
      if let vector = figure as? any VectorFigure {
        #expect(vector.svg().hasSuffix("</svg>\n"))
        #expect(try vector.bitmap(scale: 1).width > 0)
      }
    }
  }

  @Test("counts of a histogram by hand; the top end belongs to the last bin")
  func histogram() {
    let histogram = Histogram([("x", [0, 0.5, 1, 1.5, 2, .nan, 4])], bins: 4)
    #expect(histogram.series[0].counts == [2, 2, 1, 1])
    #expect(histogram.series[0].notFinite == 1)
    #expect(
      histogram.alternativeText
        == "Histogram; x: 6 values from 0.00 to 4.00, mean 1.50, sd 1.41, most (2) from 0.00 to 1.00, 1 not finite")
  }

  @Test("colours of a heat map: zero is grey, the ends are blue and orange, NaN is magenta")
  func heatMap() throws {
    let tile = try HeatMap([-2, 0, 1, .nan], columns: 2).tile()
    #expect(tile.pixels == [0x1E, 0x96, 0xFF, 0x6E, 0x6E, 0x6E, 0xB7, 0x85, 0x48, 0xFF, 0x00, 0xFF])
    #expect(try HeatMap([0, 1], columns: 2, palette: .grey).tile().pixels == [0, 0, 0, 255, 255, 255])
    #expect(
      HeatMap([-2, 0, 1, .nan], columns: 2).legend(.english) == "blue −2, grey 0, orange 2; 1 not finite (magenta)")
    #expect(throws: ImageError.self) { try HeatMap([], columns: 2).tile() }
    let print = try fingerprint(surface.bitmap())
    #expect(print == "280×280×3 fac055066d2047a1")
  }

  @Test("points over a surface: the surface behind them, and what its colours mean")
  func ground() {
    var chart = Scatter([.init("a", x: [0, 1], y: [0, 1]), .init("b", x: [-1], y: [1])], title: "points")
    var map = HeatMap((0..<400).map { Float($0 % 20) / 19 }, columns: 20, range: 0...1, caption: "D")
    (map.xRange, map.yRange) = (-2...2, -2...2)
    chart.ground = map
    expectGolden(chart.text(on: Canvas()), "surface.txt")
    expectGolden(chart.text(on: Canvas(graphics: .ascii, unicode: false)), "surface-ascii.txt")
    expectGolden(chart.svg(), "surface.svg")
    #expect(chart.text(on: Canvas(color: .full)).contains("\u{1B}[0;48;2;"))
    #expect(chart.text(on: Canvas(color: .full)).hasSuffix("D: dark 0, bright 1"))
    #expect(chart.svg().contains("D: dark 0, bright 1"))
  }

  @Test("a matrix as thin as a thread is drawn wider than its numbers")
  func threads() throws {
    let column = HeatMap([Float](repeating: 1, count: 256), columns: 1)
    let picture = try column.bitmap()
    #expect((picture.width, picture.height) == (64, 256))
    let line = HeatMap((0..<256).map(Float.init), columns: 256)
    #expect(line.text(on: Canvas(graphics: .half, color: .full)).split(separator: "\n").count > 2)
  }

  @Test("the accuracy of a confusion matrix and its commonest mistake")
  func confusionMatrix() {
    #expect(confusion.total == 154)
    #expect(abs(confusion.accuracy - 147.0 / 154) < 1e-12)
    #expect(confusion.mostConfused(1).map(\.count) == [4])
    #expect(ConfusionMatrix([], classes: ["a"]).accuracy == 0)
  }

  @Test("a computation with cycles, missing inputs and thousands of nodes ends")
  func computationLimits() {
    let circle = ComputationTree([.init(name: "a", inputs: [1, 9]), .init(name: "b", inputs: [0, 0])])
    #expect(circle.plainText.contains("see above"))
    #expect(circle.svg().contains("</svg>"))
    let chain = ComputationTree((0..<5000).map { .init(operation: "add", inputs: [$0 + 1, max(0, $0 - 1)]) })
    #expect(chain.plainText.split(separator: "\n").count < 400)
    #expect(chain.svg().utf8.count < 100_000)
    #expect(ComputationTree([], root: 3).plainText == "(nothing was computed)")
    #expect(ComputationTree([], root: 3).svg().contains("</svg>"))
  }

  @Test("a chart in pixels: the same at every call, its lines where the SVG has them")
  func rasterized() throws {
    let chart = LineChart([.init("a", y: [0, 1])], title: "title")
    let bitmap = try chart.bitmap(scale: 1)
    #expect((bitmap.width, bitmap.height, bitmap.format) == (640, 300, .rgba))
    #expect(fingerprint(bitmap) == "640×300×4 427e849772a74e40")
    #expect(try chart.bitmap(scale: 1) == bitmap)
    #expect(Array(try chart.bitmap(scale: 1, ground: nil)[639, 0]) == [0, 0, 0, 0])
  }

  @Test("figures stand side by side where they fit, else below each other")
  func side() {
    let pair = Side([losses(50), losses(60)])
    let wide = pair.text(on: Canvas(columns: 140)).split(separator: "\n")
    #expect(wide[0].split(separator: "gan on digits", omittingEmptySubsequences: false).count == 3)
    #expect(pair.text(on: Canvas(columns: 60)).split(separator: "\n").count == 2 * wide.count)
    let colored = pair.text(on: Canvas(columns: 140, color: .full)).split(separator: "\n")
    #expect(colored.count == wide.count)
  }
}
