// SPDX-License-Identifier: Apache-2.0
import Language
import TestSupport
import Testing
import Workbench

/// What people see when they are wrong, whole, in both languages.
@Suite struct ErrorTests {
  /// A mistake with the lines that lead to it.
  struct Mistake: Sendable, CustomTestStringConvertible {
    let name: String
    let given: String
    let code: String
    var testDescription: String { name }
  }

  static let nets = """
    real = randn(64, 1, 28, 28); real_label = ones(64, 1); criterion = bce
    G = Generator(); D = Discriminator()
    """

  static let small = "gan = GAN(dataset(\"digits\", limit=64), z=8, arch=\"small\")"

  static let mistakes: [Mistake] = [
    .init(name: "loss-shapes", given: nets, code: "errD_real = criterion(D(real).view(-1), real_label)"),
    .init(name: "noise-into-discriminator", given: nets, code: "D(randn(64, 100))"),
    .init(name: "flatten-first", given: nets, code: "Linear(784, 128)(real)"),
    .init(name: "method-typo", given: "errG = sum(requires_grad(ones(2)))", code: "errG.backwards()"),
    .init(
      name: "graph-used", given: "loss = sum(requires_grad(ones(2)) * 2); loss.backward()", code: "loss.backward()"),
    .init(
      name: "argument-typo", given: "gan = GAN(dataset(\"digits\", limit=64))", code: "step gan 100 unti=errD < 0.1"),
    .init(name: "torch-prefix", given: nets, code: "optimizer = torch.optim.Adam(D.parameters(), lr=2e-4)"),
    .init(name: "matmul", given: "a = zeros(2, 3); b = zeros(2, 3)", code: "a @ b"),
    .init(name: "broadcast", given: "a = zeros(4, 3); b = zeros(2, 3)", code: "a + b"),
    .init(name: "reshape", given: "x = zeros(2, 3)", code: "x.view(4, 2)"),
    .init(name: "no-such-class", given: "", code: "cross_entropy(zeros(2, 3), tensor([1, 7]))"),
    .init(
      name: "targets-not-probabilities", given: "x = sigmoid(zeros(2, 4)); real = full([2, 4], -1.0)",
      code: "bce(x, real)"),
    .init(name: "not-a-probability", given: "", code: "bce(full([2], 1.5), ones(2))"),
    .init(name: "not-scalar", given: "y = requires_grad(ones(3)) * 2", code: "y.backward()"),
    .init(name: "no-graph", given: "y = sum(ones(3))", code: "y.backward()"),
    .init(name: "ambiguous-truth", given: "x = ones(3)", code: "if x > 0 { print(1) }"),
    .init(name: "index", given: "x = ones(3)", code: "x[5]"),
    .init(name: "channels", given: nets, code: "Conv2d(3, 8, 3)(real)"),
    .init(name: "huge", given: "", code: "zeros(100000, 100000, 1000)"),
    .init(name: "negative", given: "", code: "zeros(-1, 3)"),
    .init(name: "ragged", given: "", code: "tensor([[1, 2], [3]])"),
    .init(name: "unknown-setting", given: "", code: "init(Linear(2, 2), \"havier\")"),
    .init(name: "optimizer-field", given: "opt = Adam(Linear(2, 2))", code: "opt.lrr = 1"),
    .init(name: "bad-rate", given: "", code: "Adam(Linear(2, 2), lr=-1)"),
    .init(name: "no-labels", given: "gan = GAN(dataset(\"digits\", limit=64))", code: "samples(gan, 8, label=3)"),
    .init(name: "never-reached", given: "gan = GAN(dataset(\"digits\", limit=64))", code: "goto gan 50"),
    .init(name: "unknown-snapshot", given: "gan = GAN(dataset(\"digits\", limit=64))", code: "restore gan \"before\""),
    .init(name: "exchange-misfit", given: small, code: "gan.G[0] = Linear(8, 100)"),
    .init(name: "exchange-optimizer", given: small, code: "gan.opt_G = SGD(gan.D, lr=0.1)"),
    .init(name: "exchange-no-layer", given: small, code: "gan.G = 3"),
    .init(
      name: "exchange-label", given: "gan = GAN(dataset(\"digits\", limit=64), z=8, cond=True)",
      code: "gan.G = Sequential(Linear(8, 784), Reshape(1, 28, 28))"),
    .init(
      name: "exchange-code", given: "vae = VAE(dataset(\"digits\", limit=64), z=4)",
      code: "vae.E = Sequential(Flatten(), Linear(784, 4))"),
    .init(
      name: "exchange-fixed",
      given: "net = Linear(2, 1); opt = SGD(net, 0.1); mine = Trainer(() -> record(loss=1), parts=(net=net, opt=opt))",
      code: "mine.opt = Adam(net)"),
    .init(
      name: "inside-a-function", given: nets + "\ndef judge(x) = criterion(D(x), ones(3))", code: "judge(real)"),
  ]

  @Test("A mistake is explained with the place, both shapes and what to type instead", arguments: mistakes)
  func explained(mistake: Mistake) {
    var text = ""
    for language in MessageLanguage.allCases {
      let bench = Bench()
      bench.console.language = language
      if !mistake.given.isEmpty {
        let error = bench.run(mistake.given)
        #expect(error == nil, "\(mistake.name): \(error?.summary(.english) ?? "")")
      }
      let shown = bench.shown(mistake.code)
      #expect(!shown.isEmpty, "\(mistake.name) is no mistake")
      #expect(shown.count <= 12, "\(mistake.name) takes \(shown.count) lines")
      text += ">> \(mistake.code)\n" + shown.joined(separator: "\n") + "\n\n"
    }
    expectGolden(text, "errors/\(mistake.name).txt")
  }
}
