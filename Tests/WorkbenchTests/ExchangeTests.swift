// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Language
import Testing
import Workbench

/// Nets, layers and optimizers exchanged by what people type.
@Suite struct ExchangeTests {
  private static let given = #"data = dataset("digits", limit=96) |> normalize(0.5, 0.5);"#

  private func bench(_ made: String) throws -> Bench {
    let bench = Bench()
    let error = bench.run(Self.given + "\n" + made)
    try #require(error == nil, "\(error?.summary(.english) ?? "")")
    return bench
  }

  private static let same =
    "print(all([all(a == b).item() for a, b in zip(t.PART.parameters(), other.PART.parameters())]))"

  @Test(
    "What is exchanged stands in the history, is undone by itself, and forks, saves and unfolds to the bit",
    arguments: [
      ("GAN(data, z=8, arch=\"small\"", "t.G[0] = Linear(8, 128)", "G.0 Linear(8 → 128) → Linear(8 → 128)", "G"),
      ("GAN(data, z=8, arch=\"small\"", "t.D[-1] = sigmoid", "D.4 sigmoid → sigmoid", "D"),
      (
        "GAN(data, z=8, arch=\"small\", ema=0.9",
        "t.G[0:3] = [Linear(8, 32), LeakyReLU(0.2), Linear(32, 256)]", "G.0 Linear(8 → 128) → Linear(8 → 32)", "G"
      ),
      (
        "GAN(data, z=8, arch=\"small\"", "t.D = Sequential(Flatten(), Linear(784, 16), relu, Linear(16, 1), sigmoid)",
        "D Sequential(5 layers) → Sequential(5 layers)", "D"
      ),
      ("GAN(data, z=8, arch=\"small\"", "t.opt_G = SGD(t.G, lr=0.01)", "opt_G Adam → SGD", "G"),
      (
        "GAN(data, z=8, cond=\"concatenation\"", "t.G[1] = Linear(18, 256)", "G.1 Linear(18 → 256) → Linear(18 → 256)",
        "G"
      ),
      (
        "GAN(data, z=8, cond=\"projection\"", "t.D.features[1] = Linear(784, 512)",
        "D.features.1 Linear(784 → 512) → Linear(784 → 512)", "D"
      ),
      (
        "GAN(data, z=8, loss=\"hinge\", spectral=True", "t.D[1] = SpectralNorm(Linear(784, 512))",
        "D.1 SpectralNorm(Linear(784 → 512)) → SpectralNorm(Linear(784 → 512))", "D"
      ),
      ("VAE(data, z=4", "t.E[3].mu = Linear(256, 4)", "E.3.mu Linear(256 → 4) → Linear(256 → 4)", "E"),
      ("VAE(data, z=4", "t.opt = RMSprop([t.E, t.D], lr=1e-4)", "opt Adam → RMSprop", "D"),
      ("VIB(data, z=4, hidden=16, beta=0.01", "t.D[0] = Linear(4, 10)", "D.0 Linear(4 → 10) → Linear(4 → 10)", "D"),
      ("Classifier(data", "t.net = Sequential(Flatten(), Linear(784, 10))", "net Sequential", "net"),
      ("Classifier(data", "t.opt = AdamW(t.net, lr=1e-3)", "opt Adam → AdamW", "net"),
      ("SRGAN(data, width=4, weight=0.01", "t.G[2] = Conv2d(4, 4, 3, padding=1)", "G.2 Conv2d", "G"),
    ])
  func exchanged(trainer: String, exchange: String, note: String, part: String) throws {
    let bench = try bench("t = \(trainer), batch=32, seed=7); step t 2;")
    let file = "/tmp/easel-exchange-\(UInt64.random(in: 0 ... .max)).safetensors"
    defer { try? FileManager.default.removeItem(atPath: file) }
    #expect(bench.shown("straight = fork(t); \(exchange); undo t; step t 1; step straight 1;").isEmpty == false)
    #expect(bench.shown(Self.same.replacing("other", with: "straight").replacing("PART", with: part)).last == "True")
    #expect(bench.run("undo t; \(exchange)") == nil)
    #expect(bench.shown("print(t.history.notes)").joined().contains(note))
    #expect(bench.run("step t 2; other = fork(t); save t \"\(file)\"; other2 = load(\"\(file)\")") == nil)
    let text = bench.shown("unfold t").joined(separator: "\n")
    #expect(text.contains("# parts exchanged:"), "\(text)")
    let mistake = bench.run(text)
    #expect(mistake == nil, "\(text)\n\(mistake?.lines(DisplayContext()).joined(separator: "\n") ?? "")")
    #expect(bench.run("step other 1; step other2 1;") == nil)
    let line = Self.same.replacing("PART", with: part)
    #expect(bench.shown(line).last == "True", "\(text)")
    #expect(bench.shown(line.replacing("other", with: "other2")).last == "True")
    #expect(bench.run("goto other 1; goto other 5;") == nil)
    #expect(bench.shown(line.replacing("zip(t", with: "zip(other2")).last == "True")
  }

  @Test("What does not fit is refused with what to type, and nothing changes")
  func refused() throws {
    let bench = try bench("g = GAN(data, z=8, arch=\"small\", batch=16, seed=1); step g 2; before = fork(g)")
    let narrow = bench.unbroken("g.G[0] = Linear(8, 100)")
    #expect(narrow.contains("G.2 Linear(128 → 256) got a last axis of 100"), "\(narrow)")
    #expect(narrow.contains("g.G[0] = Linear(8, 128)"))
    #expect(narrow.contains("g.G[0:3] = [Linear(8, 100), LeakyReLU(0.2), Linear(100, 256)]"))
    for (wrong, words) in [
      ("g.G = Sequential(Linear(8, 10))", "G gives [2, 10], needs [2, 1, 28, 28]"),
      ("g.G = 3", "must be a layer or a function, not Int"), ("g.G[0] = \"x\"", "must be a layer"),
      ("g.G[9] = relu", "there is no layer 9"), ("g.G[0] = g.G", "inside itself"),
      ("g.G[0:2] = [relu]", "are 2 layers, but 1 are given"), ("g.opt_G = 3", "g.opt_G = SGD(g.G, lr=0.01)"),
      ("g.opt_G = SGD(g.D, lr=0.1)", "g.opt_G = SGD(g.G, lr=0.01)"), ("g.G[0][0] = relu", "g.G[0] = …"),
      ("g.opt_D = g.opt_G", "g.opt_D trains g.D"), ("g.G[0].f = relu", "f"), ("g.Q = relu", "Q"),
    ] {
      let said = bench.unbroken(wrong)
      #expect(said.contains(words), "\(wrong): \(said)")
    }
    #expect(
      bench.shown("print(g.history.notes); step g 2; step before 2; print(all(g.G[0].weight == before.G[0].weight))")
        .first == "[]")
    #expect(bench.console.lines.last == "True")
    let conditional = bench.shown("c = GAN(data, z=8, cond=True); c.G = Sequential(Linear(8, 784), Reshape(1, 28, 28))")
      .joined(separator: "\n")
    #expect(conditional.contains("c.G[1] = …"), "\(conditional)")
  }

  @Test("In a loop of one's own, layers can be exchanged and the optimizer follows; parts are refused with a reason")
  func ownLoop() throws {
    let bench = try bench(
      """
      net = Sequential(Linear(2, 4), relu, Linear(4, 1)); opt = Adam(net, lr=0.1)
      def one_step() { opt.zero_grad(); loss = mse(net(ones(4, 2)), zeros(4, 1)); loss.backward(); opt.step(); (loss=loss) }
      mine = Trainer(one_step, parts=(net=net, opt=opt)); step mine 2;
      """)
    #expect(
      bench.run("w = net[0]; fresh = Linear(2, 4); net[0] = fresh; a = copy(fresh.weight); b = copy(w.weight)") == nil)
    #expect(bench.run("step mine 2; print(any(fresh.weight != a), all(w.weight == b), len(opt.params))") == nil)
    #expect(bench.console.lines.last == "True True 4")
    #expect(bench.run("end = copy(net[0].weight); goto mine 1; goto mine 4; print(all(net[0].weight == end))") == nil)
    #expect(bench.console.lines.last == "True")
    #expect(bench.shown("mine.net = Linear(2, 1)").joined().contains("mine.net[0] = …"))
    #expect(bench.shown("mine.opt = SGD(net, 0.1)").joined().contains("holds on to its own opt"))
    for made in ["net", "net.parameters()", "[net]", "parameters(net) + parameters(Linear(1, 1))"] {
      #expect(
        bench.run("net = Sequential(Linear(2, 1)); o = SGD(\(made), lr=0.5); net[0] = Linear(2, 1, bias=False)") == nil)
      #expect(bench.shown("print(o.params[0].shape, len(o.params) % 2)") == ["[1, 2] 1"], "\(made)")
    }
    // Without a trainer, too: PyTorch would go on with the layer that is gone.
    #expect(
      bench.run("m = Sequential(Linear(2, 1)); o = SGD(m, lr=0.5); m[0] = Linear(2, 1); v = copy(m[0].weight)") == nil)
    #expect(bench.run("sum(m(ones(1, 2))).backward(); o.step(); print(all(m[0].weight == v - 0.5))") == nil)
    #expect(bench.console.lines.last == "True")
  }

  @Test("One's own variable is the trainer's net: an exchange through it is checked at once")
  func ownVariable() throws {
    let bench = try bench(
      """
      G = Sequential(Linear(8, 32), relu, Linear(32, 784), tanh, Reshape(1, 28, 28))
      g = GAN(data, z=8, G=G, batch=16, seed=1); step g 2;
      """)
    #expect(bench.shown("G[0] = Linear(8, 31)").joined().contains("does not fit g"))
    #expect(bench.shown("G[0] = Linear(8, 32); print(g.history.notes)").joined().contains("G.0 Linear(8 → 32)"))
    #expect(bench.run("undo g; step g 1") == nil)
    #expect(
      bench.shown("h = GAN(data, z=8, arch=\"small\", seed=2); h.G[0] = g.G[0]").joined().contains("does not fit h"))
    #expect(bench.shown("h = GAN(data, z=8, seed=2, G=copy(G)); h.G[0] = g.G[0]").joined().contains("part of g too"))
  }

  @Test("Frozen layers, hooks, a run with a block, a paused run")
  func between() throws {
    let bench = try bench("g = GAN(data, z=8, arch=\"small\", batch=16, seed=1); step g 2;")
    #expect(
      bench.run(
        "l = Linear(8, 128); requires_grad(l, False); heard = []; old = g.G[0]; h = hook(old, y -> print(\"heard\"))")
        == nil)
    #expect(bench.shown("g.G[0] = l; print(g.G[0].weight.requires_grad)") == ["False"])
    #expect(bench.shown("print(g.history.notes)").joined().contains("G.frozen"))
    #expect(!bench.shown("step g 1").contains("heard"))
    #expect(bench.shown("undo g 2; step g 1").contains("heard"))
    #expect(bench.run("remove(h); step g 6 every=3 { g.G[0] = Linear(8, 128) }") == nil)
    #expect(
      bench.run("step g 2; end = copy(g.G[0].weight); goto g 4; goto g 11; print(g.steps, all(g.G[0].weight == end))")
        == nil)
    #expect(bench.console.lines.last == "11 True")
    #expect(
      bench.run("step g 6 every=2 { g.G[0].weight[0] = 0.5 }; end = copy(g.G[0].weight); goto g 12; goto g 17") == nil)
    #expect(bench.shown("print(all(g.G[0].weight == end))") == ["True"])
    bench.console.patience = 2
    #expect(bench.run("step g 100") != nil)
    bench.console.patience = nil
    let file = "/tmp/easel-paused-\(UInt64.random(in: 0 ... .max)).safetensors"
    defer { try? FileManager.default.removeItem(atPath: file) }
    #expect(bench.run("twin = fork(g); save g \"\(file)\"; back = load(\"\(file)\"); resume twin; resume back") == nil)
    #expect(bench.shown("print(twin.steps, back.steps, all(twin.G[0].weight == back.G[0].weight))") == ["117 117 True"])
    let left = bench.shown("at = g.steps; g.opt_D = SGD(g.D, lr=1e-3); resume g; print(g.steps - at, g.opt_D)")
    #expect(left.last?.contains("SGD") == true && left.last?.hasPrefix("9") == true, "\(left)")
  }

  @Test("A loaded trainer takes the name of its variable; one that is loaded into keeps its own")
  func names() throws {
    let file = "/tmp/easel-names-\(UInt64.random(in: 0 ... .max)).safetensors"
    defer { try? FileManager.default.removeItem(atPath: file) }
    let bench = try bench("g = VAE(data, z=2, batch=16); step g 1; save g \"\(file)\"; h = load(\"\(file)\"); step h 1")
    #expect(bench.console.progress.last?.hasPrefix("h ") == true)
    #expect(bench.run("k = h; step k 1") == nil)
    #expect(bench.console.progress.last?.hasPrefix("h ") == true)
    #expect(bench.run("q = VAE(data, z=2, batch=16); load_into(q, \"\(file)\"); step q 1") == nil)
    #expect(bench.console.progress.last?.hasPrefix("q ") == true)
  }

  @Test("The steps of a VAE's warm-up, written out once, hold for each of them")
  func warmup() throws {
    let bench = try bench("t = VAE(data, z=4, beta=2.5, warmup=6, batch=16, seed=3); step t 2; other = fork(t)")
    let text = bench.shown("unfold t").joined(separator: "\n")
    #expect(text.contains("2.5 * min([1.0, t.opt.steps / 6])"), "\(text)")
    for _ in 0..<6 { #expect(bench.run(text) == nil) }
    #expect(bench.run("step other 6;") == nil)
    for part in ["E", "D"] {
      #expect(bench.shown(Self.same.replacing("PART", with: part)).last == "True")
    }
    #expect(bench.run("t.opt = SGD([t.E, t.D], lr=1e-5)") == nil)
    #expect(bench.shown("unfold other").joined().contains("kl * 2.5"))
  }

  @Test("A rate that falls goes on falling when its optimizer is given to a trainer")
  func falling() throws {
    let bench = try bench(
      "v = VAE(data, z=2, batch=16); o = Adam([v.E, v.D], lr=0.01); cosine(o, 4); v.opt = o; step v 2")
    #expect(bench.shown("print(round(o.lr, 4))") == ["0.005"])
    #expect(
      bench.shown("step v 2; print(o.lr < 1e-9); o.lr = 0.01; cosine(o, 2); step v 2; print(o.lr < 1e-9)").filter {
        $0 == "True"
      }.count == 2)
  }

  @Test("diff names the parts that two trainers have apart")
  func difference() throws {
    let bench = try bench("g = GAN(data, z=8, arch=\"small\", batch=16, seed=1); h = fork(g)")
    #expect(bench.run("h.G[1] = relu; h.opt_G = SGD(h.G, lr=0.01)") == nil)
    let shown = bench.shown("diff g h").joined(separator: "\n")
    #expect(shown.contains("G.1") && shown.contains("LeakyReLU(0.2)") && shown.contains("SGD"), "\(shown)")
  }
}

extension Bench {
  /// What a text shows, with no line broken.
  fileprivate func unbroken(_ text: String) -> String {
    shown(text).joined(separator: " ").split(separator: " ").joined(separator: " ")
  }
}

/// Hooks as part of the past of a training.
@Suite struct HookTests {
  private func bench(_ made: String) throws -> Bench {
    let bench = Bench()
    let given = #"data = dataset("digits", limit=96) |> normalize(0.5, 0.5); "#
    let error = bench.run(given + made)
    try #require(error == nil, "\(error?.summary(.english) ?? "")")
    return bench
  }

  private static let two =
    #"t = GAN(data, z=8, arch="small", batch=16, seed=7); u = GAN(data, z=8, arch="small", batch=16, seed=7); "#

  private func same(_ bench: Bench) -> String? {
    bench.shown("print(all([all(a == b).item() for a, b in zip(t.G.parameters(), u.G.parameters())]))").last
  }

  @Test(
    "Steps before a hook are replayed without it, and those after it with it",
    arguments: ["h = hook(t.G[0], y -> y * 0)", #"h = hook(t.G[0], y -> y * 0, on="gradient")"#])
  func replayed(hook: String) throws {
    let bench = try bench(Self.two + "step t 6; step u 2; \(hook); goto t 2")
    #expect(same(bench) == "True")
    #expect(bench.shown("h.active").last == "False")
    #expect(
      bench.run(
        "goto t 6; step t 2; goto t 7; step u 4; \(hook.replacing("h = hook(t.G", with: "k = hook(u.G")); step u 1")
        == nil)
    #expect(same(bench) == "True")
    #expect(bench.shown("print(t.history.notes)").joined().contains("hook on G.0 added"))
    #expect(bench.run("goto t 8; remove(h); step t 1; goto t 8; goto t 9") == nil)
    #expect(bench.shown("h.active").last == "False")
    #expect(bench.shown("print(t.history.notes)").joined().contains("hook on G.0 removed"))
  }

  @Test("Going back to before a hook says that it is not there")
  func noted() throws {
    let bench = try bench(Self.two)
    let lines = bench.shown("step t 3; h = hook(t.G[0], y -> y * 0); goto t 2")
    #expect(lines.contains("note: 1 hook on G.0 was not there at step 2"), "\(lines)")
  }

  @Test("A fork and a file leave hooks behind and say so; the past that a fork replays has them")
  func leftBehind() throws {
    let bench = try bench(Self.two + "h = hook(t.G[0], y -> y * 0); step t 4; goto t 3; goto t 4;")
    #expect(bench.shown("f = fork(t)").contains("note: 1 hook on G.0 stays with t"))
    let file = "/tmp/easel-hooks-\(UInt64.random(in: 0 ... .max)).safetensors"
    defer { try? FileManager.default.removeItem(atPath: file) }
    #expect(bench.shown("save t \"\(file)\"").contains("note: 1 hook on G.0 stays with t"))
    #expect(bench.run("u = f; goto f 2; goto t 2") == nil)
    #expect(same(bench) == "True")
    #expect(bench.run("goto t 4; goto f 4; remove(h); step t 1; step f 1") == nil)
    #expect(same(bench) == "True")
  }
}

/// Going back to the beginning, and other data.
@Suite struct BeginningTests {
  private static let given = #"raw = dataset("digits", limit=64); c = Classifier(raw, batch=16, seed=7); "#

  @Test("Labels beyond the classes are refused at once, with the classes")
  func labels() {
    let bench = Bench()
    let lines = bench.summarised(Self.given + "c.data = Dataset(raw.x, raw.y * 3)")
    #expect(lines.last?.contains("the data have label 27, but c knows 10 classes, labels 0 … 9") == true, "\(lines)")
  }

  @Test("Reset of a loaded trainer says where it stands, and NaN of a file offers only what works")
  func loaded() {
    let bench = Bench()
    let file = "/tmp/easel-loaded-\(UInt64.random(in: 0 ... .max)).safetensors"
    defer { try? FileManager.default.removeItem(atPath: file) }
    let train = "step c 2; save c \"\(file)\"; b = load(\"\(file)\"); step b 1; reset b"
    #expect(bench.shown(Self.given + train).last == "b: step 2 (as it was loaded; a file holds no earlier step)")
    let spoil = "c.net[0].weight = c.net[0].weight * float(\"nan\"); save c \"\(file)\"; b = load(\"\(file)\")"
    let lines = bench.shown(spoil + "; step b 1")
    let text = lines.joined(separator: "\n")
    #expect(text.contains("it was in the file"), "\(text)")
    #expect(!text.contains("goto b"), "\(text)")
  }
}

/// What is said where parts, data and losses do not suit each other.
@Suite struct SuitingTests {
  private static let given =
    #"raw = dataset("digits", limit=64); data = raw |> normalize(0.5, 0.5); g = GAN(data, z=8, arch="small", batch=16, seed=1); "#

  @Test("A frozen discriminator names how to train the generator alone, and that works")
  func frozen() {
    let bench = Bench()
    let lines = bench.shown(Self.given + "requires_grad(g.D, False); step g 1")
    let text = lines.joined(separator: "\n")
    #expect(text.contains("every parameter of D is frozen"), "\(text)")
    #expect(text.contains("step g 1 only=\"G\"") && text.contains("requires_grad(g.D)"), "\(text)")
    #expect(bench.run("step g 1 only=\"G\"; requires_grad(g.D); step g 1") == nil)
  }

  @Test("A last layer that cannot give what the data hold is named with what to type")
  func lastLayer() {
    let bench = Bench()
    let quiet = bench.shown(Self.given).filter { $0.contains("sigmoid") }
    #expect(quiet.isEmpty, "\(quiet)")
    let exchanged = bench.shown("g.G[-2] = sigmoid; g.G[-1] = g.G[-1]").joined(separator: "\n")
    #expect(exchanged.contains("sigmoid gives 0 … 1, but the data are"), "\(exchanged)")
    let own = "Sequential(Linear(4, 784), tanh, Reshape(1, 28, 28))"
    let made = bench.shown("v = VAE(raw, z=4, D=\(own), recon=\"bce\", seed=1)").joined(separator: "\n")
    #expect(made.contains("D.1 tanh gives −1 … 1, but recon=\"bce\" needs a sigmoid"), "\(made)")
    #expect(made.contains("D[1] = sigmoid"), "\(made)")
  }

  @Test("A rate that a loop of one's own lets fall is one note, and replays to the bit")
  func fallingRate() {
    let bench = Bench()
    let loop = """
      net = Linear(2, 1); opt = SGD(net, 0.1); cosine(opt, 100)
      def one() { opt.zero_grad(); loss = mse(net(ones(4, 2)), zeros(4, 1)); loss.backward(); opt.step(); (loss=loss) }
      t = Trainer(one, parts=(net=net, opt=opt)); step t 12
      w = net.weight.clone(); r = opt.lr; goto t 5; goto t 12
      """
    let error = bench.run(loop)
    #expect(error == nil, "\(error?.summary(.english) ?? "")")
    #expect(bench.shown("print(t.history.notes)").last == "[\"1: opt.lr is moved by the step itself\"]")
    #expect(bench.shown("print(all(net.weight == w).item(), opt.lr == r)").last == "True True")
  }
}
