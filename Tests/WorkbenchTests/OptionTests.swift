// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Language
import Testing
import Workbench

/// A history as other tools read it.
private struct SavedHistory: Decodable {
  struct Note: Decodable {
    let step: Int
    let text: String
  }

  let step: [Int]
  let epoch: [Int]
  let columns: [String: [Double?]]
  let notes: [Note]
}

/// What is said of options and looks that mean something else than was thought.
@Suite struct OptionTests {
  /// What a session with a GAN, a VAE and a custom trainer shows for `code`, on one line.
  private func shown(_ code: String) -> String {
    let bench = Bench()
    #expect(bench.run(Self.given) == nil)
    return bench.shown(code).joined(separator: "\n").split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static let given = """
    data = dataset("digits", limit=64); unit = normalize(data, 0, 1)
    g = GAN(data, z=8, batch=16, arch="small"); v = VAE(data, z=4, batch=16, hidden=16)
    net = Linear(2, 1); opt = SGD(net, 0.1)
    def one_step() { opt.zero_grad(); loss = mse(net(ones(4, 2)), zeros(4, 1)); loss.backward(); opt.step(); (loss=loss) }
    mine = Trainer(one_step, parts=(net=net, opt=opt))
    """

  @Test func wordsOfOptionsAreListedWithTheNearest() {
    let form = shown("GAN(data, cond=\"acgan\")")
    for word in ["projection", "auxiliary", "concatenation"] { #expect(form.contains(word), "\(form)") }
    #expect(shown("GAN(data, cond=\"auxilary\")").contains("cond=\"auxiliary\""))
    let augmentation = shown("GAN(data, diffaug=[\"translation\", \"cutot\"])")
    for word in ["translation", "diffaug=[\"cutout\"]", "brightness", "contrast"] {
      #expect(augmentation.contains(word), "\(augmentation)")
    }
    #expect(shown("x = GAN(data, diffaug=\"cutout\", cond=\"projection\"); step x 1").contains("x 1/1"))
    let help = shown("GAN?") + shown("help(GAN)")
    for word in ["auxiliary", "cutout"] { #expect(help.contains("\"\(word)\""), "\(help)") }
  }

  @Test func whatAStepFunctionTakesIsSaidAndWhyItCannotBeForked() {
    let help = shown("help(Trainer)")
    #expect(help.contains("(x)") && help.contains("(x, y)") && help.contains("data="), "\(help)")
    let fork = shown("fork(mine, lr=1)")
    #expect(
      fork.contains("mine cannot be forked: a step function holds on") && fork.contains("snapshot mine"), "\(fork)")
    let only = shown("step mine 1 only=\"net\"")
    #expect(only.contains("trains all its parts together") && only.contains("leave only= out"), "\(only)")
  }

  @Test func aScoreOfNoStepsIsRefused() {
    for steps in [0, -3] {
      let text = shown("cas(data, data, steps=\(steps))")
      #expect(text.contains("steps is \(steps), needs a whole number from 1"), "\(text)")
    }
  }

  @Test func whatAFileNeedsIsOfferedReadyToType() {
    let pictures = shown("save(samples(g, 4), \"s.npz\")")
    #expect(pictures.contains("save(Dataset(samples(g, 4)), \"s.npz\")"), "\(pictures)")
    let net = shown("save(g.D, \"d.onnx\")")
    #expect(net.contains("save(g.D, \"d.onnx\", input=1x28x28)"), "\(net)")
    #expect(shown("save(Dataset(samples(g, 4)), \"/tmp/easel-option-test.npz\")").contains("saved"))
    let path = "/tmp/easel-option-test.onnx"
    #expect(shown("save(g.D, \"\(path)\", input=1x28x28)").contains("saved"))
  }

  @Test func optionsWithoutUseAreNoted() {
    #expect(shown("VAE(data, sigma=0.1)").contains("note: sigma=0.1 has no effect"))
    #expect(shown("GAN(data, loss=\"wasserstein\", smoothing=0.1)").contains("note: smoothing=0.1 has no effect"))
    for fitting in ["VAE(data, recon=\"gaussian\", sigma=0.1)", "GAN(data, smoothing=0.1)"] {
      #expect(!shown(fitting).contains("no effect"), "\(fitting)")
    }
  }

  @Test func dataWithoutLabelsWillDoWhereNoneAreUsed() {
    let taken = shown("v.data = Dataset(unit.x); step v 1; g.data = Dataset(data.x); step g 1; goto g 0; step g 2")
    #expect(!taken.contains("no labels") && !taken.contains("rror"), "\(taken)")
    let refused = shown("c = GAN(data, z=8, batch=16, arch=\"small\", cond=True); c.data = Dataset(data.x)")
    #expect(refused.contains("no labels"), "\(refused)")
  }

  @Test func theJudgeOfABareNumberIsIntroducedOnceAnInput() {
    let bench = Bench()
    bench.state.input = 1
    #expect(bench.run(Self.given + "; j = judge(data, data)") == nil)
    func notes(_ code: String) -> Int {
      bench.state.input += 1
      return bench.shown(code).count { $0.hasPrefix("note: judge: digits classifier, ") && $0.contains("% on test") }
    }
    #expect(notes("frechet(data[0:30], data[30:60], judge=j)") == 1)
    #expect(notes("for i in range(3) { print(kid(data[0:30], data[30:60], judge=j).value) }") == 1)
  }

  @Test func aHistoryIsSavedAsJSON() throws {
    let path = "/tmp/easel-option-test.json"
    #expect(shown("step g 2; g.lr = 1e-3; step g 1; save g.history \"\(path)\"").contains("saved"))
    let saved = try JSONDecoder().decode(SavedHistory.self, from: Data(contentsOf: URL(filePath: path)))
    #expect(saved.step == [1, 2, 3] && saved.epoch.count == 3)
    #expect(saved.columns["errD"]?.count == 3 && saved.columns["D(G(z))"]?.count == 3)
    #expect(saved.notes.contains { $0.step == 2 && $0.text.contains("0.0002 → 0.001") })
    #expect(shown("save g.history \"/tmp/x.xml\"").contains(".csv, .json"))
  }

  @Test func missingGradientsAfterTimeTravelAreExplained() {
    for journey in ["goto g 0", "step g 1; undo g", "restore g \"a\""] {
      for look in ["grads g", "flow g", "grads g.G"] {
        let text = shown("snapshot g \"a\"; step g 2; \(journey); \(look)")
        #expect(!text.contains("something detached"), "\(text)")
        #expect(text.contains("goto, undo and restore do not bring gradients along"), "\(text)")
      }
    }
    #expect(shown("step g 1; goto g 0; grads g").contains("step g 1 makes them"))
    #expect(!shown("step g 1; goto g 0; step g 1; grads g").contains("no grad"))
  }
}
