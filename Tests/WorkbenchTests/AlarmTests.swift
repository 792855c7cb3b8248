// SPDX-License-Identifier: Apache-2.0
import Language
import Testing
import Workbench

/// What a user sees of alarms: a line after the command, a table on request, a page of help for each.
@Suite struct AlarmTests {
  @Test("A command that goes wrong says so in a line that names a page of help")
  func toldUnasked() throws {
    let bench = Bench()
    let error = bench.run(
      """
      vae = VAE(dataset("digits", limit=200), z=16, batch=32, beta=50, seed=1)
      step(vae, 150)
      """)
    #expect(error == nil)
    let note = try #require(bench.console.lines.first { $0.hasPrefix("note: posterior collapse") })
    #expect(note.hasSuffix("See ?posterior"))
  }

  @Test("The table of alarms says which, and is empty for sound training")
  func asked() {
    let bench = Bench()
    let error = bench.run(
      """
      vae = VAE(dataset("digits", limit=200), z=16, batch=32, beta=50, seed=1)
      step(vae, 150); print(alarms(vae).names)
      sound = VAE(dataset("digits", limit=200), z=16, batch=32, seed=1)
      step(sound, 150); print(alarms(sound).names)
      """)
    #expect(error == nil)
    #expect(bench.console.lines.contains("[\"posterior collapse\"]"))
    #expect(bench.console.lines.contains("[]"))
  }

  /// The article's step as printed, its generator fed with real images.
  private let literalStep = """
    real = dataset("digits", limit=200); j = judge(real, dataset("digits", split="test", limit=60))
    G = Sequential(Flatten(), Generator(z=784)); D = Discriminator()
    optG = Adam(G.parameters(), lr=1e-3); optD = Adam(D.parameters(), lr=1e-3)
    def one_step(x) {
      optD.zero_grad(); errD = bce(D(x), ones(50, 1)) + bce(D(G(x)), zeros(50, 1)); errD.backward(); optD.step()
      optG.zero_grad(); errG = bce(D(G(x)), ones(50, 1)); errG.backward(); optG.step()
      (errD=errD, errG=errG)
    }
    mine = Trainer(one_step, parts=(G=G, D=D, optG=optG, optD=optD), data=Loader(real, batch=50))
    step(mine, 30)
    """

  @Test("A generator that was fed images is found to ignore them, and a net that copies them is not")
  func inputIgnored() {
    let bench = Bench()
    let error = bench.run(
      literalStep + """

        print(alarms(mine, judge=j).names)
        found = mapping(G, real, judge=j); print(found.ignored, found.agreement < 0.2, found.modes <= 3)
        same = Sequential(Flatten(), Reshape(1, 28, 28)); print(mapping(same, real, judge=j).ignored)
        """)
    #expect(error == nil, "\(error?.summary(.english) ?? "")")
    #expect(bench.console.lines.contains { $0.contains("input ignored") })
    #expect(bench.console.lines.suffix(2) == ["True True True", "False"])
  }

  @Test("A loop of one's own stops in the step that spoils a weight or a loss, and is as it was before")
  func ownLoopGuard() {
    let bench = Bench()
    let setUp = bench.run(
      """
      net = Linear(2, 1); opt = SGD(net, 0.1); scale = 1.0
      def one_step() { opt.zero_grad(); loss = mse(net(ones(4, 2)), ones(4, 1)) * scale; loss.backward(); opt.step(); (loss=loss) }
      mine = Trainer(one_step, parts=(net=net, opt=opt))
      step mine 3; before = copy(net.weight)
      """)
    #expect(setUp == nil, "\(setUp?.summary(.english) ?? "")")
    let spoiled = bench.run("opt.lr = 1e4; scale = 1e37; step mine 2")
    #expect(spoiled?.summary(.english).contains("appeared in weights net.") == true, "\(String(describing: spoiled))")
    #expect(bench.run("print(mine.steps, all(net.weight == before).item())") == nil)
    #expect(bench.console.lines.last == "3 True")
    let loss = bench.run("x = requires_grad(zeros(2)); loss = sum(log(x)); loss.backward()")
    #expect(loss?.summary(.english).contains("loss is −Inf, by all signs from log") == true)
    #expect(loss?.help.first?.code == "graph loss")
  }

  @Test("A net that makes no images of images is refused, and noise is named to one that takes noise")
  func noMapping() {
    let bench = Bench()
    let refused = bench.run("mapping(Discriminator(), dataset(\"digits\", limit=20))")
    #expect(refused?.summary(.english).contains("does not make images of images") == true)
    let fed = bench.run("G = Generator(z=100); real = dataset(\"digits\", limit=20).x; fake = G(real)")
    #expect(fed?.help.compactMap(\.code).contains { $0.contains("randn(real.size(0), 100)") } == true)
  }

  @Test("A judge that is given looks at any images, also where nobody knows what data they imitate")
  func givenJudge() {
    let bench = Bench()
    let error = bench.run(
      """
      real = dataset("digits", limit=200); j = judge(real, dataset("digits", split="test", limit=60))
      q = quality(real.x, judge=j); print(q.recall > 0.5, q.judge_accuracy == j.accuracy)
      """)
    #expect(error == nil, "\(error?.summary(.english) ?? "")")
    #expect(bench.console.lines.last == "True True")
  }

  @Test(
    "Every alarm has a page of help",
    arguments: [
      "collapse", "dwins", "vanishing", "exploding", "posterior", "copies", "blurred", "noisy", "condition", "ignores",
    ])
  func pages(topic: String) {
    #expect(WorkbenchTable.make().topics.contains { $0.name == topic })
  }
}
