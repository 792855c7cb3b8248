// SPDX-License-Identifier: Apache-2.0
import Language
import Testing
import Workbench

/// What `unfold` prints must parse and give the same bits as a step.
@Suite struct UnfoldTests {
  static let trainers = [
    "GAN(data, z=8)", "GAN(data, z=8, loss=\"minimax\", k=2)", "GAN(data, z=8, loss=\"ls\", smoothing=0.1)",
    "GAN(data, z=8, loss=\"hinge\")", "GAN(data, z=8, loss=\"wasserstein\", clip=0.01)",
    "GAN(data, z=8, loss=\"wasserstein\", penalty=10.0)", "GAN(data, z=8, cond=True)",
    "GAN(data, z=8, cond=\"auxiliary\")", "GAN(data, z=8, ema=0.9)", "GAN(data, z=8, minibatch=True)",
    "GAN(data, z=8, diffaug=[\"translation\", \"cutout\", \"brightness\", \"contrast\"])",
    "GAN(data, z=8, loss=\"wasserstein\", penalty=10.0, diffaug=[\"translation\"])",
    "GAN(data, z=8, cond=\"auxiliary\", diffaug=[\"cutout\"])", "GAN(data, z=8, loss=\"hinge\", spectral=True)",
    "VAE(data, z=4)", "VAE(data, z=4, beta=2.5, free_bits=0.1, noise=0.2)",
    "VAE(data |> denormalize(0.5, 0.5), z=4, recon=\"bce\")", "VAE(data, z=4, recon=\"gaussian\")",
    "VAE(data, z=4, k=3)", "VAE(data, z=4, k=3, cond=True, beta=0.5, noise=0.1)",
    "VAE(data |> denormalize(0.5, 0.5), z=4, recon=\"bce\", k=5)", "VAE(data, z=4, recon=\"gaussian\", sigma=0.4, k=2)",
    "VAE(data, z=4, cond=True)", "Classifier(data)", "VIB(data, z=4, hidden=16, beta=0.01)",
    "SRGAN(data, width=4, weight=0.01)", "SRGAN(data, width=4, loss=\"hinge\")",
    "GAN(data, z=8) then t.opt_D.max_norm = 0.2; t.opt_G.max_norm = 0.1", "VAE(data, z=4) then t.opt.max_norm = 5",
  ]

  @Test("A step written out changes the weights as the step does, to the bit", arguments: trainers)
  func sameBits(trainer: String) throws {
    let bench = Bench()
    let (made, changed) = (trainer.split(separator: " then ")[0], trainer.split(separator: " then ").dropFirst().first)
    let error = bench.run(
      """
      data = dataset("digits", limit=96) |> normalize(0.5, 0.5)
      t = \(made.dropLast()), batch=32, seed=7)
      \(changed ?? "")
      """)
    try #require(error == nil, "\(error?.summary(.english) ?? "")")
    #expect(bench.run("step t 2;") == nil)
    #expect(bench.run("other = fork(t)") == nil)
    let text = bench.shown("unfold t").joined(separator: "\n")
    let mistake = bench.run(text)
    #expect(mistake == nil, "\(text)\n\(mistake?.lines(DisplayContext()).joined(separator: "\n") ?? "")")
    #expect(bench.run("step other 1;") == nil)
    let parts =
      switch trainer.prefix(3) {
      case "GAN", "SRG": ["G", "D"]
      case "VAE", "VIB": ["E", "D"]
      default: ["net"]
      }
    for part in parts {
      let same = bench.shown(
        "[all(a == b).item() for a, b in zip(t.\(part).parameters(), other.\(part).parameters())]")
      #expect(
        same.first?.contains("True") == true && same.first?.contains("False") == false,
        "\(trainer): \(part) differs: \(same)\n\(text)")
    }
    if trainer.hasPrefix("GAN") {
      #expect(bench.shown("all(samples(t, 2x2) == samples(other, 2x2))").first?.contains("True") == true)
    }
  }
}
