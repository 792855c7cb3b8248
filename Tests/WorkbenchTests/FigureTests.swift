// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Language
import TestSupport
import Testing
import Workbench

@Suite("Figures in the language")
struct FigureTests {
  /// What a program shows last.
  private func last(_ program: String, _ bench: Bench = Bench()) -> Display? {
    #expect(bench.run(program) == nil)
    return bench.console.displays.last
  }

  private func part(_ display: Display?, _ type: String) -> MIMEPart? { display?.parts.first { $0.type == type } }

  @Test("a plot is text, SVG with a description, and Vega-Lite where it is asked for")
  func plot() {
    let display = last("plot((errD=[3, 2.5, 2], errG=[1, 1.5, 1]), title=\"gan\", interactive=True)")
    expectGolden(display?.plain ?? "", "plot.txt")
    #expect(part(display, "image/svg+xml")?.picture?.alt.hasPrefix("gan; errD: from 3 at 1 to 2 at 3") == true)
    #expect(part(display, "application/vnd.vegalite.v5+json") != nil)
    #expect(part(last("plot([1, 2])"), "application/vnd.vegalite.v5+json") == nil)
  }

  @Test("lines take their names from what was typed; matrices give a line a column")
  func names() {
    let display = last("a = tensor([1.0, 2, 3]); plot(a, a * 2, zeros(3, 2))")
    #expect(display?.plain.contains(" a * 2") == true)
    #expect(display?.plain.contains("zeros(3, 2)[:, 1]") == true)
  }

  @Test("a table is drawn over its first rising column")
  func table() {
    let program = "t = Table(\"images\", \"set\", \"accuracy\"); t.add(10, \"a\", 0.7); t.add(50, \"b\", 0.9); plot t"
    let display = last(program)
    #expect(display?.plain.contains("accuracy") == true)
    #expect(display?.plain.contains("images") == true)
    #expect(display?.plain.contains("set") == false)
  }

  @Test(
    "charts of every kind have a picture and words",
    arguments: [
      ("hist(randn(1000), rand(1000), labels=[\"normal\", \"uniform\"])", "image/svg+xml", "uniform: 1000 values"),
      ("scatter(dataset(\"ring8\", limit=400))", "image/svg+xml", "points around"),
      ("scatter(randn(50, 2), color=arange(50) // 25, labels=[\"a\", \"b\"])", "image/svg+xml", "b: 25 points"),
      ("scatter(randn(5, 2), arrows=ones(5, 2), over=heat(tanh, span=3))", "image/svg+xml", "5 arrows"),
      ("heat(randn(28, 28))", "image/png", "28 × 28 values"),
      ("heat(randn(4, 1, 28, 28))", "image/png", "randn(4, 1, 28, 28): blue"),
      ("net = Sequential(Linear(2, 4), tanh, Linear(4, 1), sigmoid); heat net", "image/png", "net: 48 × 48 values"),
      ("summary Discriminator()", "text/html", "<caption>Sequential"),
      ("side(plot([1, 2]), hist([1, 2, 3]))", "image/svg+xml", "Line chart"),
    ])
  func kinds(program: String, type: String, words: String) throws {
    let program = program.contains("tanh, span") ? program.replacing("heat(tanh", with: "heat(x -> x[:, 0]") : program
    let display = try #require(last(program))
    let found = try #require(part(display, type))
    let text: String
    switch found.content {
    case .text(let content), .json(let content): text = content
    case .bytes: text = ""
    }
    #expect("\(found.picture?.alt ?? "") \(text)".contains(words))
    #expect(!display.plain.contains("\u{1B}"))
    #expect(display.plain.split(separator: "\n").allSatisfy { DisplayWidth.columns(of: String($0)) <= 80 })
  }

  @Test("the page of a data set comes in two displays: facts, then pictures with their caption")
  func sheet() throws {
    let bench = Bench()
    #expect(bench.run("sheet dataset(\"digits\", limit=100)") == nil)
    #expect(bench.console.displays.count == 2)
    let page = try #require(bench.console.displays.first)
    #expect(page.plain.contains("images 100 × 1×28×28"))
    #expect(part(page, "text/html") != nil)
    let pictures = try #require(bench.console.displays.last)
    #expect(pictures.caption == "digits: mean image and 2 samples of each class")
    #expect(part(pictures, "image/png")?.picture?.alt.hasPrefix("digits: mean image") == true)
    #expect(pictures.plain.hasSuffix(pictures.caption))
  }

  @Test("gradients in a table: norms, flags in words, and whose they are")
  func gradients() throws {
    let program = """
      net = Sequential(Linear(4, 3), tanh, Linear(3, 1))
      errN = mse(net(ones(5, 4)), zeros(5, 1)); errN.backward(); grads net
      """
    let display = try #require(last(program))
    expectGolden(display.plain, "grads.txt")
    #expect(part(display, "text/html") != nil)
    expectGolden(try #require(last(program.replacing("grads net", with: "flow net"))).plain, "flow.txt")
    let none = try #require(last("net = Linear(2, 2); grads(net, bias=True)"))
    #expect(none.plain.contains("no grad: no loss reached this parameter"))
  }

  @Test("the graph of a loss names the layers")
  func graph() throws {
    let program = """
      D = Sequential(Linear(4, 3), tanh, Linear(3, 1))
      real = ones(5, 4)
      errD = mse(D(real), zeros(5, 1)) + mse(D(real.detach()), ones(5, 1)); errD.backward(retain=True); graph errD
      """
    let display = try #require(last(program))
    expectGolden(display.plain, "graph.txt")
    #expect(part(display, "image/svg+xml") != nil)
    #expect(Bench().run("graph ones(3)")?.kind == .gradient)
  }

  @Test("Chinese words in figures")
  func chinese() throws {
    let bench = Bench()
    bench.console.language = .chinese
    #expect(try #require(last("hist([1, 2, 3])", bench)).plain.contains("3"))
    #expect(try #require(last("summary Linear(2, 2)", bench)).plain.contains("个参数"))
    #expect(try #require(last("sheet dataset(\"digits\", limit=50)", bench)).caption.contains("各类的平均图像"))
  }

  @Test("mistakes name the culprit")
  func mistakes() {
    let bench = Bench()
    #expect(
      bench.summarised("plot(\"text\")") == ["TypeError: a line is drawn of numbers: a tensor or a list, not String"])
    #expect(bench.run("scatter(ones(3, 3))")?.kind == .shape)
    #expect(bench.run("scatter(ones(3, 2), color=[1])")?.kind == .value)
    #expect(bench.run("side(plot([1]), 3)")?.kind == .type)
    #expect(bench.run("heat(ones(2, 2, 2, 2, 2))")?.kind == .shape)
    #expect(bench.run("save(plot([1, 2]), \"x.gif\")")?.kind == .file)
    #expect(bench.run("save(plot([1, 2]), \"/nowhere/at/all/x.svg\")")?.kind == .file)
  }

  @Test("files: a chart as SVG and PNG, a table as CSV")
  func files() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "easel-figures-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let bench = Bench()
    #expect(bench.run("p = plot([1, 2]); save(p, \"\(folder.path)/a.svg\"); save(p, \"\(folder.path)/a.png\")") == nil)
    #expect(bench.run("t = Table(\"a\", \"b\"); t.add(1, 2.5); save(t, \"\(folder.path)/t.csv\")") == nil)
    #expect(try String(decoding: Data(contentsOf: folder.appending(path: "a.svg")), as: UTF8.self).hasPrefix("<svg"))
    #expect(try Data(contentsOf: folder.appending(path: "a.png")).starts(with: [0x89, 0x50]))
    #expect(try Data(contentsOf: folder.appending(path: "t.csv")) == Data("a,b\r\n1,2.5\r\n".utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 3)
  }

  private let digits = "data = dataset(\"digits\", limit=100); "

  @Test("a grid is a picture of doubled pixels with its size, its words and its caption")
  func grid() throws {
    let display = try #require(last(digits + "grid(data[0:32])"))
    let picture = try #require(part(display, "image/png")?.picture)
    // Eight labelled tiles of 28 pixels a row, one pixel apart, eleven more for each row of labels.
    #expect((picture.width, picture.height) == (466, 322))
    #expect(picture.alt.hasPrefix("32 images of digits"))
    #expect(display.caption == "32 images of digits")
    #expect(display.plain.hasSuffix("\n32 images of digits"))
    guard case .bytes(let bytes)? = part(display, "image/png")?.content else { return }
    #expect(bytes.count < 200_000)
  }

  @Test("the same grid gives the same bytes, seen or saved")
  func sameBytes() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "easel-grid-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let display = try #require(last(digits + "g = grid(data[0:6], 3); g"))
    guard case .bytes(let shown)? = part(display, "image/png")?.content else { return }
    #expect(Bench().run(digits + "save(grid(data[0:6], 3), \"\(folder.path)/g.png\")") == nil)
    #expect(try Data(contentsOf: folder.appending(path: "g.png")) == Data(shown))
  }

  @Test("a very large grid stays under the limit of a message")
  func largeGrid() throws {
    let display = try #require(last("grid(rand(900, 28, 28), 30x30)"))
    guard case .bytes(let bytes)? = part(display, "image/png")?.content else { return }
    #expect(bytes.count <= 200_000)
    #expect(part(display, "image/png")?.picture?.width == 960)
  }

  @Test("pairs stand above each other under the names that were typed")
  func pairs() throws {
    let display = try #require(last(digits + "pairs(data[0:4], data[4:8], diff=True)"))
    #expect(display.caption.contains("4 images of digits and 4 images of digits; mean squared error"))
    #expect(display.plain.contains("data[0:4]\n"))
    #expect(display.plain.contains("difference\n"))
    #expect(part(display, "image/png")?.picture?.alt.hasSuffix("rows: data[0:4], data[4:8], difference") == true)
  }

  @Test("show takes rows=\"all\"; colours and shapes of pictures")
  func shapes() throws {
    let bench = Bench()
    let short = try #require(last("show grid(rand(400, 28, 28))", bench)).plain
    let whole = try #require(last("show(grid(rand(400, 28, 28)), rows=\"all\")", bench)).plain
    #expect(short.contains("more rows"))
    #expect(whole.split(separator: "\n").count > 2 * short.split(separator: "\n").count)
    for shape in ["2, 3, 8, 8", "3, 8, 8", "5, 784", "9, 9", "2, 5, 8, 8"] {
      #expect(part(last("grid(rand(\(shape)))", bench), "image/png") != nil)
    }
    #expect(bench.run("grid(rand(3))")?.kind == .type)
    #expect(bench.run("grid(rand(3, 8, 8), 0)") != nil)
  }

  @Test("the history of a trainer as lines, its gradients with the losses they come from")
  func training() throws {
    let bench = Bench()
    #expect(bench.run(digits + "gan = GAN(data, z=8, batch=16); step gan 3") == nil)
    let plot = try #require(last("plot gan.history", bench))
    #expect(plot.plain.contains("errD"))
    #expect(!plot.plain.contains("D(x)"))
    #expect(last("plot(gan.history[\"D(x)\"])", bench)?.plain.contains("D(x)") == true)
    let grads = try #require(last("grads gan", bench)).plain
    #expect(grads.contains("G  (from errG)"))
    #expect(grads.contains("step 3"))
    #expect(last("flow gan", bench)?.plain.contains("D.3") == true)
    let samples = try #require(last("samples(gan, 2x4)", bench))
    #expect(samples.caption == "2×4 samples of gan, step 3, fixed noise, seed \(try seed(bench))")
  }

  @Test("progress in a notebook: a bar, a table of figures, their course, all of it small")
  func progress() throws {
    let bench = Bench()
    #expect(bench.run(digits + "gan = GAN(data, z=8, batch=16); step gan 30") == nil)
    for state in bench.console.progressDisplays.dropLast() {
      guard case .text(let running)? = part(state, "text/html")?.content else { return }
      #expect(running.contains("<progress max=\"100\" value=\"") && running.contains("<code>gan  "))
    }
    // At the end the result says the line; the card keeps the figures and does not say it twice.
    let last = try #require(bench.console.progressDisplays.last)
    guard case .text(let html)? = part(last, "text/html")?.content else { return }
    #expect(!html.contains("<progress") && !html.contains("<code>"))
    #expect(last.plain.hasPrefix("gan  30/30"))
    #expect(html.contains("<caption>gan, step 30</caption>"))
    #expect(html.contains("<th scope=\"row\" style=\"text-align:left\">D(G(z))</th>"))
    #expect(html.utf8.count < 4000)
  }

  private func seed(_ bench: Bench) throws -> String { try #require(last("gan.seed", bench)).plain }

  @Test("a terminal draws figures in its own way")
  func terminal() throws {
    let display = try #require(last("heat(randn(28, 28))"))
    let drawing = try #require(display.drawing)
    #expect(drawing.draw(on: TerminalCanvas(graphics: .half, colour: .full)).contains("\u{1B}[38;2;"))
    #expect(!drawing.draw(on: TerminalCanvas(graphics: .shade)).contains("\u{1B}"))
  }
}
