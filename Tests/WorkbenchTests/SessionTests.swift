// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import KernelSession
import Language
import Testing
import Workbench

/// A whole session with the workbench's builtins.
private func makeSession(makeState: @escaping () -> WorkbenchState = { WorkbenchState() }) -> Session {
  Session(
    table: WorkbenchTable.make(topics: HelpTopic.session),
    services: HostServices(
      makeState: makeState, inputStarts: { ($0 as? WorkbenchState)?.input = $1 },
      dataSetNames: WorkbenchTable.dataSetNames, fingerprint: WorkbenchTable.fingerprint,
      streamStatement: { ($0 as? WorkbenchState)?.streamStatement }),
    options: Session.Options(showsPages: true))
}

/// Keeps the text that a session shows.
private final class TextSink: OutputSink {
  var text = ""
  /// What is done when this text is printed.
  var trigger: (text: String, action: () -> Void)?

  func emit(_ output: Output) {
    switch output {
    case .text(let text, _):
      self.text += text
      if text == trigger?.text { trigger?.action() }
    case .note(let line): text += line + "\n"
    case .display(let display, _), .update(let display, _), .result(let display, _): text += display.plain + "\n"
    case .progress, .clear: break
    }
  }

  func readLine(prompt: String, password: Bool) throws(InputError) -> String { throw .notAllowed }
}

extension Session {
  /// Runs a cell and returns what it shows, with the report of an error.
  fileprivate func run(_ code: String, interruptedAt text: String? = nil) -> String {
    let sink = TextSink()
    if let text { sink.trigger = (text + "\n", { _ = self.interrupt.request() }) }
    let execution = execute(ExecutionRequest(code), to: sink)
    return sink.text + (execution.failure?.lines.joined(separator: "\n") ?? "")
  }
}

struct SessionTests {
  /// Every line of code that people are shown: the examples of the help, the walkthroughs, the article's loops.
  private static func programs(_ session: Session) -> [String] {
    let examples = session.snapshots.current.builtins.builtins.flatMap(\.examples).map {
      ($0.given ?? "") + "\n" + $0.code
    }
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "notebooks/source")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let walkthroughs = names.sorted().compactMap {
      try? String(contentsOf: folder.appending(path: $0), encoding: .utf8)
    }
    return examples + walkthroughs + [session.run("%article gan"), session.run("%article vae --as-printed")]
  }

  @Test func `completion and inspection answer at every character that people are shown`() {
    let session = makeSession()
    _ = session.run("data = dataset(\"digits\", limit=64); gan = GAN(data); x = randn(4, 4); G = gan.G")
    let snapshot = session.snapshots.current
    let programs = Self.programs(session)
    #expect(programs.count > 100)
    var found = 0
    for program in programs {
      // A place is a byte, also one inside a character; long texts are asked at every character of their code alone.
      for line in program.split(separator: "\n") where line.utf8.count <= 200 {
        let text = String(line)
        for offset in 0...text.utf8.count {
          found += snapshot.complete(text, at: offset).matches.isEmpty ? 0 : 1
          _ = snapshot.inspect(text, at: offset)
        }
      }
    }
    #expect(found > 1000)
  }

  @Test func `parts of a trainer are completed as deep as they go`() {
    let session = makeSession()
    _ = session.run("gan = GAN(dataset(\"digits\", limit=64))")
    let snapshot = session.snapshots.current
    let offered = { (code: String) in snapshot.complete(code, at: code.utf8.count).matches.map(\.text) }
    #expect(Set(offered("gan.")).isSuperset(of: ["G", "D", "opt_G", "history", "steps", "step"]))
    #expect(offered("gan.G.").contains("0"))
    #expect(offered("step gan only=\"").sorted() == ["D", "G"] || offered("step gan only=\"").contains("D"))
    #expect(offered("step ") == ["gan"])
    #expect(offered("dataset(\"fash") == ["fashion-mnist"])
  }

  @Test func `a trainer is made again from its recipe, equal to the bit`() {
    let session = makeSession()
    _ = session.run("seed 3")
    _ = session.run("other = randn(5)")
    _ = session.run("data = dataset(\"digits\", limit=64) |> normalize(0.5, 0.5)")
    _ = session.run("gan = GAN(data, z=4, batch=16)")
    _ = session.run("step gan 2")
    _ = session.run("samples(gan, 1x2);")
    _ = session.run("gan.lr = 1e-3")
    _ = session.run("step gan 1")
    #expect(session.run("%verify gan").hasPrefix("verified"))
    let recipe = session.run("%recipe gan")
    #expect(!recipe.contains("samples") && !recipe.contains("other"))
  }

  @Test func `a trainer whose parts were exchanged is made again to the bit`() {
    let session = makeSession()
    _ = session.run("gan = GAN(dataset(\"digits\", limit=96) |> normalize(0.5, 0.5), z=8, batch=16, arch=\"small\")")
    _ = session.run("G = gan.G; step gan 2")
    _ = session.run("G[0] = Linear(8, 128)")
    _ = session.run("own = SGD(gan.D, lr=0.01)")
    _ = session.run("gan.opt_D = own; step gan 2")
    _ = session.run("step gan 4 every=2 { gan.G[0] = Linear(8, 128) }")
    let recipe = session.run("%recipe gan")
    #expect(recipe.contains("G[0] = Linear(8, 128)") && recipe.contains("own = SGD"), "\(recipe)")
    #expect(session.run("%verify gan").hasPrefix("verified"))
    _ = session.run("undo gan 2")
    #expect(session.run("%verify gan").hasPrefix("verified"))
    // What shows nothing by itself, but decides what undo and restore do later.
    _ = session.run("snapshot gan \"a\"")
    _ = session.run("step gan 3")
    _ = session.run("goto gan 7")
    _ = session.run("undo gan 2")
    _ = session.run("gan.lr = 1e-3; step gan 1")
    #expect(session.run("%verify gan").hasPrefix("verified"))
    _ = session.run("restore gan \"a\"")
    #expect(session.run("%verify gan").hasPrefix("verified"))
  }

  @Test func `a backward that stands alone is a change of what it reached`() {
    let session = makeSession()
    _ = session.run("gan = GAN(dataset(\"digits\", limit=64) |> normalize(0.5, 0.5), z=8, batch=16, arch=\"small\")")
    for line in ["l = sum(gan.G(ones(2, 8)))", "l.backward()", "gan.opt_G.step()"] { _ = session.run(line) }
    #expect(session.run("%recipe gan").contains("l.backward()"))
    #expect(session.run("%verify gan").hasPrefix("verified"))
    for line in ["net = Linear(4, 1)", "opt = SGD(net, 0.1)", "k = mse(net(ones(2, 4)), zeros(2, 1))", "k.backward()"] {
      _ = session.run(line)
    }
    _ = session.run("sum(net(ones(1, 4)))")
    _ = session.run("opt.step()")
    #expect(session.run("%verify net").hasPrefix("verified"))
    #expect(!session.run("%recipe net").contains("sum(net"))
    #expect(session.run("%verify opt").hasPrefix("verified"))
    for line in ["x = requires_grad(ones(3))", "y = sum(x * 2)", "y.backward()", "g = x.grad"] { _ = session.run(line) }
    #expect(session.run("%verify g").hasPrefix("verified: 4 statements"))
  }

  private static let madeSmall =
    "gan = GAN(dataset(\"digits\", limit=64) |> normalize(0.5, 0.5), z=8, batch=16, arch=\"small\")"

  @Test func `a command with a block that was paused is kept with the steps that it took`() {
    let session = makeSession()
    _ = session.run(Self.madeSmall)
    let step = "step gan 50 every=2 { gan.G[0].bias[0] = gan.steps; print(gan.steps) }"
    #expect(session.run(step, interruptedAt: "4").contains("paused at step 4 of 50"))
    #expect(session.run("%recipe gan").contains("step gan 4 every=2 { gan.G"))
    #expect(session.run("%verify gan").hasPrefix("verified: 3 statements"))
    #expect(session.run("resume gan { print(gan.steps) }", interruptedAt: "7").contains("paused at step 7 of 50"))
    #expect(session.run("%recipe gan").contains("step gan 3 { print"))
    #expect(session.run("%verify gan").hasPrefix("verified: 4 statements"))
    _ = session.run("undo gan 2")
    #expect(session.run("%verify gan").hasPrefix("verified: 5 statements"))
  }

  @Test func `a loop that was interrupted is said to be so, and is not run to its end`() {
    let session = makeSession()
    _ = session.run(Self.madeSmall)
    _ = session.run("for i in range(500000) { step gan 1; print(i) }", interruptedAt: "1")
    #expect(session.run("%recipe gan").contains("# was interrupted on its way: this cannot be repeated exactly\nfor i"))
    #expect(session.run("%verify gan").contains("gan cannot be made again exactly"))
    _ = session.run("def train(t) { step t 2; print(t.steps); step t 500000 }")
    _ = session.run(Self.madeSmall)
    _ = session.run("train(gan)", interruptedAt: "2")
    #expect(session.run("%recipe gan").contains("exactly\ntrain(gan)"))
  }

  @Test func `verifying that is stopped leaves nothing to resume`() {
    var states = 0
    var stop: () -> Void = {}
    let session = makeSession {
      states += 1
      if states == 2 { stop() }
      return WorkbenchState()
    }
    stop = { _ = session.interrupt.request() }
    _ = session.run(Self.madeSmall)
    _ = session.run("step gan 2")
    let text = session.run("%verify gan")
    #expect(text.contains("%verify was stopped; gan is as it was") && !text.contains("resume"))
    stop = {}
  }

  @Test func `a statement that failed after it had changed something fails again`() {
    let session = makeSession()
    _ = session.run(Self.madeSmall)
    _ = session.run("for i in range(3) { step gan 1; nothing_here }")
    #expect(session.run("%recipe gan").contains("# ends with an error, after what it changed\nfor i"))
    #expect(session.run("%verify gan").hasPrefix("verified"))
  }

  @Test func `a condition that fails at once leaves nothing, and later what was done`() {
    for before in ["", "step gan 2"] {
      let session = makeSession()
      _ = session.run(Self.madeSmall + "; " + before)
      #expect(session.run("step gan 2 until=nope > 3").contains("NameError"))
      #expect(session.run("gan.steps").hasPrefix(before.isEmpty ? "0" : "2"))
      #expect(!session.run("%recipe gan").contains("until"))
      #expect(session.run("%verify gan").hasPrefix("verified"))
      // What was set before the first step counts as the first settings.
      _ = session.run("gan.lr = 1e-3; step gan 2; undo gan")
      #expect(session.run("%verify gan").hasPrefix("verified"))
      _ = session.run("reset gan; step gan 1")
      #expect(session.run("%verify gan").hasPrefix("verified"))
      _ = session.run("a = [0]")
      _ = session.run("step gan 5 until=a[gan.steps - 3]")
      #expect(session.run("gan.steps").hasPrefix("4"))
      #expect(session.run("%recipe gan").contains("step gan 3"))
      #expect(session.run("%verify gan").hasPrefix("verified"))
      _ = session.run("step gan 4 every=2 { nope }")
      #expect(session.run("%verify gan").hasPrefix("verified"))
      _ = session.run("undo gan 2")
      #expect(session.run("%verify gan").hasPrefix("verified"))
    }
  }

  @Test func `undo takes back weights that were set by hand, and a step that failed keeps no state`() {
    let session = makeSession()
    _ = session.run(Self.madeSmall + "; step gan 5")
    _ = session.run("gan.G[0].weight[0, 0] = float(\"nan\")")
    #expect(session.run("step gan 2").contains("the step was undone"))
    _ = session.run("undo gan")
    #expect(session.run("gan.steps").hasPrefix("5"))
    #expect(!session.run("gan.G[0].weight[0, 0].item()").contains("nan"))
    #expect(session.run("%verify gan").hasPrefix("verified"))
    _ = session.run("undo gan")
    #expect(session.run("gan.steps").hasPrefix("0"))
    #expect(session.run("%verify gan").hasPrefix("verified"))
    // Also when nobody took a step since, and together with what was set before.
    _ = session.run("step gan 3; gan.lr = 1e-3; gan.G[0].weight[0, 0] = 1000.0")
    _ = session.run("undo gan")
    #expect(session.run("gan.steps").hasPrefix("3"))
    #expect(session.run("print(gan.G[0].weight[0, 0].item() < 999, gan.opt_G.lr)").hasPrefix("True 0.001"))
    #expect(
      session.run("step gan 4 every=2 { gan.G[0].weight[0, 0] = 0.5 }; undo gan; print(gan.steps)").hasSuffix("3\n"))
    #expect(session.run("%verify gan").hasPrefix("verified"))
  }

  @Test func `a variable of a step function that holds another part is refused, in steps and in replays`() {
    let session = makeSession()
    _ = session.run("net = Linear(2, 1); opt = Adam(net, lr=0.1)")
    _ = session.run("def update(loss) { opt.zero_grad(); loss.backward(); opt.step() }")
    _ = session.run("def one() { loss = mse(net(ones(4, 2)), zeros(4, 1)); update(loss); (loss=loss) }")
    _ = session.run("t = Trainer(one, parts=(net=net, opt=opt)); step t 6")
    _ = session.run("before = sum(net.weight).item(); opt = SGD(net, lr=0.0)")
    for command in ["goto t 2", "step t 1"] {
      let text = session.run(command)
      #expect(text.contains("opt is no longer the opt of t"), "\(text)")
      #expect(text.contains("opt = t.opt") && text.contains("t = Trainer(one, parts=(net=net, opt=opt))"))
    }
    #expect(session.run("print(t.steps, sum(net.weight).item() == before)").hasPrefix("6 True"))
    #expect(session.run("%verify t").hasPrefix("verified"))
    _ = session.run("opt = t.opt; goto t 2")
    #expect(session.run("print(t.steps)").hasPrefix("2"))
    // A name that the function does not use is free.
    _ = session.run("mine = net; mine = 3; step t 1")
    #expect(session.run("print(t.steps)").hasPrefix("3"))
    _ = session.run("opt = SGD(net, lr=0.0); t = Trainer(one, parts=(net=net, opt=opt)); step t 2")
    #expect(session.run("print(t.steps)").hasPrefix("2"))
  }

  @Test func `other data of the same name and length are a change`() {
    let session = makeSession()
    _ = session.run("raw = dataset(\"digits\", limit=64) |> normalize(0.5, 0.5)")
    _ = session.run("data = dataset(\"digits\", limit=64) |> normalize(0.4, 0.4)")
    _ = session.run("gan = GAN(raw, z=8, batch=16, arch=\"small\")")
    _ = session.run("step gan 1")
    _ = session.run("gan.data = data")
    _ = session.run("step gan 1")
    #expect(session.run("%recipe gan").contains("gan.data = data"))
    #expect(session.run("%verify gan").hasPrefix("verified"))
  }

  @Test func `a hand-written loop is made again too`() {
    let session = makeSession()
    _ = session.run("D = Sequential(Linear(4, 1), sigmoid)")
    _ = session.run("opt = SGD(D.parameters(), lr=0.1)")
    _ = session.run("for i in range(3) { opt.zero_grad(); bce(D(randn(2, 4)), ones(2, 1)).backward(); opt.step() }")
    #expect(session.run("%who").contains("D"))
    #expect(
      session.run("%verify D").hasPrefix("verified: 3 statements") || session.run("%verify D").hasPrefix("verified"))
  }
}
