// SPDX-License-Identifier: Apache-2.0
import Language
import Testing
import Workbench

/// Data in another scale than a net learned from are not measured as if nothing were.
@Suite struct ScaleTests {
  @Test("The same images in another scale give the same figures, and a note says so")
  func sameFigures() throws {
    let bench = Bench()
    let error = bench.run(
      """
      unit = dataset("digits", limit=200); data = unit |> normalize(0.5, 0.5)
      clf = Classifier(data, batch=32, seed=1); step(clf, 20)
      vae = VAE(data, z=4, batch=32, seed=1); step(vae, 20)
      print(accuracy(clf, unit) == accuracy(clf, data), evaluate(vae, unit).loss == evaluate(vae, data).loss)
      print(all(recon(vae, unit[0:4]) == recon(vae, data[0:4])).item(), all(latent(vae, unit[0:9]).mu == latent(vae, data[0:9]).mu).item())
      """)
    #expect(error == nil, "\(error?.summary(.english) ?? "")")
    #expect(bench.console.lines.filter { !$0.hasPrefix("note") }.suffix(2) == ["True True", "True True"])
    #expect(bench.console.lines.contains { $0.contains("digits was 0 … 1; here it is −1 … 1, as clf learned from") })
  }
}
