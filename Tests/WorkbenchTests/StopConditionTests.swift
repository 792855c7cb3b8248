// SPDX-License-Identifier: Apache-2.0
import Language
import Testing
import Workbench

/// Training that stops at a condition, and what people type for it by habit.
@Suite struct StopConditionTests {
  private static let made = "gan = GAN(dataset(\"digits\", limit=64), z=8, batch=16, arch=\"small\", seed=1)\n"

  @Test("Training stops at a condition over gradients: of a net, of a layer, of one parameter")
  func stops() {
    for condition in [
      "gan.D.grad_norm > 0", "gan.D[1].grad_norm > 0", "norm(gan.G[0].weight.grad) > 0",
      "gan.G.grad_norm < 1e6 * gan.D.grad_norm",
    ] {
      let bench = Bench()
      #expect(bench.run(Self.made + "step gan 20 until=\(condition)") == nil, "\(condition)")
      #expect(bench.shown("print(gan.steps)").last == "1", "\(condition)")
    }
  }

  @Test("The norm of a net is that of all its gradients, and 0 before there are any")
  func norm() {
    let bench = Bench()
    #expect(bench.run(Self.made + "print(gan.D.grad_norm); step gan 1; n = gan.D.grad_norm") == nil)
    #expect(bench.console.lines.first { $0 == "0.0" } != nil)
    #expect(
      bench.shown(
        "s = 0.0; for p in gan.D.parameters() { s = s + norm(p.grad).item() ** 2 }; print(abs(sqrt(s) - n) < 1e-4 * n)"
      ).last == "True")
  }

  /// A habit, and the line that must be offered.
  private static let habits: [(typed: String, meant: String)] = [
    ("break when norm(gan.G[0].weight.grad) > 10", "step gan 500 until=norm(gan.G[0].weight.grad) > 10"),
    ("break when grad(gan.D[1]) > 10", "step gan 500 until=grad(gan.D[1]) > 10"),
    ("break if errD < 1", "step gan 500 until=errD < 1"), ("break if errD < 1", "if errD < 1 { break }"),
    ("stop when errD < 1", "step gan 500 until=errD < 1"), ("when errD < 1 { print(1) }", "until=errD < 1"),
    ("until vae.loss < 1 { step vae }", "step vae 500 until=vae.loss < 1"),
    ("step gan 5 when errD < 1", "step gan 5 until=errD < 1"),
    ("step gan 5 until errD < 1", "step gan 5 until=errD < 1"),
    ("breakpoint()", "until="),
  ]

  @Test("What debuggers taught is answered with until=", arguments: habits)
  func habit(typed: String, meant: String) throws {
    let bench = Bench()
    #expect(bench.run(Self.made) == nil)
    let error = try #require(bench.run(typed))
    let help = error.lines(DisplayContext(language: .english, canvas: TerminalCanvas())).joined(separator: " ")
    #expect(help.contains(meant), "\(help)")
  }

  @Test("A loop's own break is left alone")
  func ownBreak() {
    #expect(Bench().shown("for i in range(9) { if i > 2 { break }; print(i) }") == ["0", "1", "2"])
  }
}
