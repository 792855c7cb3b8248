// SPDX-License-Identifier: Apache-2.0
import Language
import Testing
import Workbench

/// What `grads` shows of a loop of one's own: the gradients as its optimizers used them.
@Suite struct GradientUseTests {
  @Test("What a later loss adds to D's gradient is not shown as used by D's optimizer")
  func ownLoop() {
    let bench = Bench()
    let error = bench.run(
      """
      seed 3
      data = dataset("digits", limit=80) |> normalize(0.5, 0.5)
      G = Generator(z=4, hidden=[8]); D = Discriminator(hidden=[8]); og = SGD(G, 0.1); od = SGD(D, 0.1)
      def one(real) {
        n = real.size(0); fake = G(randn(n, 4)); od.zero_grad()
        errD = bce(D(real), ones(n, 1)) + bce(D(fake.detach()), zeros(n, 1)); errD.backward()
        used = norm(D[1].weight.grad).item(); od.step()
        og.zero_grad(); errG = bce(D(fake), ones(n, 1)); errG.backward(); og.step()
        (errD=errD, errG=errG, used=used)
      }
      t = Trainer(one, (G=G, D=D, og=og, od=od), Loader(data, batch=20))
      step t 3
      """)
    #expect(error == nil, "\(String(describing: error))")
    let used = bench.shown("print(f\"{t.history.used[-1]:.1e}\")").last ?? ""
    let shown = bench.shown("grads t")
    let row = shown.first { $0.contains("[8, 784]") } ?? ""
    #expect(row.contains(used), "used \(used), shown \(row)")
    #expect(shown.contains { $0.contains("D  (from errD)") }, "\(shown)")
    #expect(bench.shown("grads D").contains { $0.contains("errG") }, "The net itself holds what was added.")
    #expect(bench.run("goto t 2; undo t") == nil)
  }
}
