// SPDX-License-Identifier: Apache-2.0
import Language
import Testing
import Workbench

/// Settings of a trainer that are changed between steps.
@Suite struct SettingTests {
  private let made = #"g = GAN(dataset("digits", limit=60), z=8, batch=16, lr=(1e-3, 2e-4), seed=1); step g 1"#

  @Test("A pair of betas that is refused changes neither, and no note is left")
  func betas() {
    let bench = Bench()
    #expect(bench.run(made + "; before = g.opt_G.betas") == nil)
    #expect(bench.run("g.opt_G.betas = (0.9, 2)") != nil)
    #expect(bench.run("print(g.opt_G.betas == before); g.opt_G.betas = (0.9, 0.99); print(g.opt_G.betas)") == nil)
    #expect(bench.console.lines.suffix(2) == ["True", "(0.9, 0.99)"])
  }

  @Test("The size of a batch is read and set on the trainer and on its loader")
  func batch() {
    let bench = Bench()
    #expect(bench.run(made + "; g.batch = 32; print(g.batch, g.loader.batch); g.loader.batch = 8") == nil)
    #expect(bench.run("print(g.batch); step g 1; h = fork(g, batch=4); print(h.batch, g.batch)") == nil)
    #expect(bench.console.lines.contains("32 32"))
    #expect(bench.console.lines.contains("8"))
    #expect(bench.console.lines.contains("4 8"))
    #expect(bench.run("g.batch = 0") != nil)
  }

  @Test("A cosine moves the rate of a trainer's optimizer with the trainer's steps")
  func cosine() {
    let bench = Bench()
    let error = bench.run(
      """
      c = Classifier(dataset("digits", limit=60), batch=16, seed=1); cosine(c.opt, 10); step c 10; print(c.opt.lr < 1e-9)
      """)
    #expect(error == nil)
    #expect(bench.console.lines.last == "True")
    #expect(bench.run("cosine(c.opt, 0)") != nil)
  }

  @Test("Rates are read and set as they are given when the trainer is made")
  func rates() throws {
    let bench = Bench()
    #expect(bench.run(made) == nil)
    #expect(bench.summarised("print(g.lr)") == ["(0.001, 0.0002)"])
    #expect(bench.summarised("g.lr = (1e-4, 5e-5); print(g.opt_G.lr, g.opt_D.lr)") == ["0.0001 5e-05"])
    #expect(
      bench.summarised("h = fork(g, lr=(3e-4, 2e-4)); print(h.lr, g.lr)").last == "(0.0003, 0.0002) (0.0001, 5e-05)")
    #expect(bench.summarised("g.lr = 0.001; print(g.lr)") == ["0.001"])
    let refused = try #require(bench.run("g.lr = (1e-4, 2e-4, 3e-4)"))
    #expect(refused.summary(.english).contains("opt_G, opt_D"))
    #expect(bench.run("g.lr = (1e-4, -1)") != nil)
    #expect(bench.summarised("print(g.lr)") == ["0.001"])
  }

  @Test("After NaN the help keeps two rates apart")
  func help() throws {
    let bench = Bench()
    #expect(bench.run(made + "; g.lr = (1e30, 1e25)") == nil)
    let error = try #require(bench.run("step g 20"))
    let help = error.lines(DisplayContext(language: .english, canvas: TerminalCanvas())).joined(separator: " ")
    #expect(help.contains("g.opt_G.lr = g.opt_G.lr / 10; g.opt_D.lr = g.opt_D.lr / 10"))
  }

  @Test("The game and the class pull at both nets of a GAN with an auxiliary classifier; a lone term is said to be one")
  func angles() {
    let bench = Bench()
    let error = bench.run(
      """
      g = GAN(dataset("digits", limit=60), z=8, batch=16, cond="auxiliary", seed=1); step g 2; angle g
      plain = GAN(dataset("digits", limit=60), z=8, batch=16, seed=1); angle plain
      """)
    #expect(error == nil)
    let rows = bench.console.lines.filter { $0.contains("adversarial, class") }
    #expect(rows.count == 2)
    #expect(bench.console.lines.contains { $0.contains("G: one term") })
  }
}
