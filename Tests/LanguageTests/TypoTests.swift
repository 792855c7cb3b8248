// SPDX-License-Identifier: Apache-2.0
import Language
import Testing

/// What a newcomer types, and the help that must appear, letter by letter.
private let typos: [(typed: String, meant: String)] = [
  // Misspelt builtins.
  ("x = rnadn(64, 100)", "x = randn(64, 100)"), ("zeroes(3)", "zeros(3)"), ("one(3)", "ones(3)"),
  ("Lienar(784, 128)", "Linear(784, 128)"), ("linear(784, 128)", "Linear(784, 128)"), ("sigmod(v)", "sigmoid(v)"),
  ("leakyrelu(v)", "leaky_relu(v)"), ("LeakyRelu(0.2)", "LeakyReLU(0.2)"), ("Conv2D(1, 8, 3)", "Conv2d(1, 8, 3)"),
  ("adam(params)", "Adam(params)"), ("dataste(\"digits\")", "dataset(\"digits\")"), ("Sequental(1)", "Sequential(1)"),
  ("normalise(v)", "normalize(v)"), ("flaten(v)", "flatten(v)"), ("D = Discrimnator()", "D = Discriminator()"),
  ("cros_entropy(v, v)", "cross_entropy(v, v)"), ("gan(v)", "GAN(v)"), ("c = Classifer(v)", "c = Classifier(v)"),
  ("randomrotate(3)", "RandomRotate(3)"), ("sampels(m, 8)", "samples(m, 8)"), ("accuarcy(m, v)", "accuracy(m, v)"),
  ("batchnorm(3)", "BatchNorm(3)"), ("oneslike(v)", "ones_like(v)"), ("zerograd(v)", "zero_grad(v)"),
  ("summ(v)", "sum(v)"), ("Genrator()", "Generator()"), ("vae(v)", "VAE(v)"),
  // Misspelt verbs.
  ("stpe m 10", "step m 10"), ("trian m", "train m"), ("shwo v", "show v"), ("polt v", "plot v"), ("undoo m", "undo m"),
  ("sumary m", "summary m"), ("pritn v", "print v"), ("x = 1; sohw v", "show v"),
  // Misspelt variables and fields.
  ("opitmizer", "optimizer"), ("optimiser", "optimizer"), ("m.stpes", "m.steps"), ("m.histroy", "m.history"),
  ("m.lrr = 1", "m.lr = 1"), ("v.shap", "v.shape"), ("v.backwards()", "v.backward()"), ("y = v.maen()", "y = v.mean()"),
  // Misspelt arguments and words.
  ("step m 100 unti=errD < 0.1", "until=errD < 0.1"), ("step m evry=10", "every=10"),
  ("Loader(v, batchsize=64)", "batch=64"), ("Loader(v, shufle=True)", "shuffle=True"),
  ("GAN(v, loss=\"wassertein\")", "loss=\"wasserstein\""), ("step m only=\"d\"", "only=\"D\""),
  ("GAN(v, sed=1)", "seed=1"),
  // Habits of Python and PyTorch.
  ("x = torch.randn(64, 100)", "x = randn(64, 100)"),
  ("optimizer = torch.optim.Adam(D.parameters(), lr=2e-4)", "optimizer = Adam(D.parameters(), lr=2e-4)"),
  ("criterion = nn.BCELoss()", "criterion = bce"), ("y = F.relu(v)", "y = relu(v)"), ("a = nn.ReLU()", "a = relu"),
  ("l = MSELoss(reduction=\"sum\")", "l = ((a, b) -> mse(a, b, reduction=\"sum\"))"),
  ("for e in range(25):", "for e in range(25) { … }"), ("with torch.no_grad():", "with no_grad() { … }"),
  ("if v: print(v)", "if v { print(v) }"), ("f = lambda x: x * 2", "f = x -> x * 2"), ("v.to(device)", "v"),
  ("y = v.cuda()", "y = v"), ("x = true", "x = True"), ("y = null", "y = None"), ("1 && 0", "1 and 0"),
  ("n++", "n += 1"), ("!ls", "%ls"), ("v is None", "v == None"), ("v is not None", "v != None"),
  ("d = {\"a\": 1}", "(a=1, b=2)"), ("class Net(Module):", "net = Sequential(Linear(784, 128), relu, Linear(128, 1))"),
  ("v.append(1)", "v = v + [x]"), ("v.numpy()", "list(v)"), ("exit()", "exit"), ("quit()", "exit"),
  ("clamp(v, 0, 1)", "clip(v, 0, 1)"), ("DataLoader(v, batch_size=64)", "Loader(v, batch=64)"),
  ("elif v { }", "else if x { … }"), ("def f(x): return x", "def f(x) { return x }"), ("net.forward(v)", "net(x)"),
  ("v.add_(1)", "x = x.add(…)"), (">> x = 3", "x = 3"), ("x ? 1 : 2", "a if c else b"),
  ("for i = 1:10 { }", "for i in range(10) { … }"), ("foo m 10", "foo(m, 10)"),
  ("nn.Linear(2, 1).train()", "Linear(2, 1).train()"),
]

/// The texts that the error of a line offers to type.
private func help(for line: String) -> [String] {
  let bench = Bench(RealisticNames.table)
  bench.evaluator[variable: "m"] = .host(Machine())
  bench.evaluator[variable: "v"] = .host(Vector([1, 2]))
  for name in ["optimizer", "n", "net"] { bench.evaluator[variable: name] = .int(3) }
  return bench.run(line)?.help.compactMap(\.code) ?? []
}

@Test func atLeast55Of60TyposGetTheRightSuggestion() {
  var wrong: [String] = []
  for (typed, meant) in typos {
    let offered = help(for: typed)
    if !offered.contains(meant) { wrong.append("\(typed)  →  \(meant), not \(offered)") }
  }
  #expect(typos.count >= 60)
  #expect(wrong.count * 12 <= typos.count, "\(wrong.joined(separator: "\n\n"))")
}

@Test func keywordsAreOfferedOnlyWhereAStatementStarts() {
  let keywords = ["for", "while", "repeat", "return", "def", "with", "if"]
  for line in ["step m 2 until=foo < 3", "Loader(v, shuffle=foo)", "x = [foo, 1]", "print(whil)"] {
    let words = help(for: line).flatMap { $0.split { !$0.isLetter }.map(String.init) }
    #expect(words.allSatisfy { !keywords.contains($0) }, "\(line): \(words)")
  }
  #expect(!help(for: "step m 2 until=foo < 3").contains("until=for < 3"))
  #expect(help(for: "brek").contains("break") && help(for: "x = Tru").contains("x = True"))
}
