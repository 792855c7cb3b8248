// SPDX-License-Identifier: Apache-2.0
import Language
import Testing
import Workbench

/// What people who know PyTorch type on their first day, with the help that must be offered for it.
///
/// The table was written from habit, before it was known which lines are understood.
@Suite struct NewcomerTests {
  /// What the lines below may use.
  static let given = """
    data = dataset("digits", limit=64); gan = GAN(data, z=8, batch=16); x = randn(16, 1, 28, 28); y = ones(16, 1)
    G = Generator(); D = Discriminator(); optimizer = Adam(D); loader = Loader(data); loss = sum(requires_grad(ones(2)))
    model = Linear(784, 10); images = data[0:4]
    """

  /// A line, and a text that the help, or the error itself, must hold.
  static let mistakes: [(typed: String, meant: String)] = [
    // Imports and prefixes.
    ("import torch", "leave the line out"), ("import torch.nn as nn", "leave the line out"),
    ("from torch import nn", "leave the line out"),
    ("z = torch.randn(64, 100)", "z = randn(64, 100)"), ("y = torch.ones(16, 1)", "y = ones(16, 1)"),
    ("z = torch.zeros_like(x)", "z = zeros_like(x)"), ("y = F.leaky_relu(x, 0.2)", "y = leaky_relu(x, 0.2)"),
    ("y = nn.functional.relu(x)", "y = relu(x)"), ("net = nn.Linear(784, 128)", "net = Linear(784, 128)"),
    (
      "net = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1))",
      "net = Sequential(Linear(2, 4), relu, Linear(4, 1))"
    ),
    ("opt = optim.Adam(G.parameters(), lr=2e-4)", "opt = Adam(G.parameters(), lr=2e-4)"),
    ("opt = torch.optim.SGD(G.parameters(), lr=0.1)", "opt = SGD(G.parameters(), lr=0.1)"),
    ("criterion = nn.BCELoss()", "criterion = bce"), ("criterion = torch.nn.MSELoss()", "criterion = mse"),
    ("criterion = nn.BCEWithLogitsLoss()", "criterion = bce_logits"),
    ("criterion = nn.CrossEntropyLoss()", "criterion = cross_entropy"), ("act = nn.Sigmoid()", "act = sigmoid"),
    ("torch.manual_seed(0)", "seed(0)"), ("z = np.zeros(3)", "z = zeros(3)"), ("m = torch.mean(x)", "m = mean(x)"),
    // Blocks and statements.
    ("for epoch in range(10):", "for epoch in range(10) { … }"), ("with torch.no_grad():", "with no_grad() { … }"),
    ("if loss < 1: print(loss)", "if loss < 1 { print(loss) }"), ("while True:", "while True { … }"),
    ("def forward(x): return x", "def forward(x) { return x }"), ("class Net(nn.Module):", "Sequential("),
    ("f = lambda x: x + 1", "f = x -> x + 1"), ("print \"hello", "\""), ("x += = 1", "="),
    ("try:", "try"), ("del x", "%reset x"), ("assert x", "assert"), ("pass", "pass"),
    ("device = torch.device(\"cuda\")", "CPU"), ("model.to(device)", "model"),
    ("model = model.cuda()", "model = model"),
    ("model.train()", "train"), ("model.eval()", "eval_mode(model)"),
    ("pip install torch", "nothing needs to be installed"),
    // Tensors.
    ("x.add_(1)", "x = x.add"), ("z = x.unsqueez(0)", "z = x.unsqueeze(0)"),
    ("x.shpae", "x.shape"), ("x.dim()", "len(x.shape)"), ("z = x.t()", "x.T"), ("z = x.reshpae(16, 784)", "reshape"),
    ("ones(2, 3) @ ones(2, 3)", ".T"), ("x.view(16, 100)", "784"), ("y[20]", "15"), ("tensor([1, 2)", ")"),
    ("if x > 0 { 1 }", "any(x)"), ("zeros(3, 4) + zeros(2, 4)", "[3, 4]"), ("z = x.contiguous()", "x"),
    ("rand_like(x)", "randn_like(x)"), ("torch.cat((x, x), dim=0)", "cat((x, x), dim=0)"), ("z = randn((3, 4)", ")"),
    ("x.requires_grad = True", "requires_grad"), ("loss.backwards()", "loss.backward()"), ("len(x", "not closed"),
    // Nets, losses, optimizers.
    ("Linear(784, out=128)", "n_out"), ("Linear(in_features=784, out_features=128)", "n_in=784"),
    ("Conv2d(1, 8, kernel_size=3)", "kernel=3"), ("Adam(D.parameters(), learning_rate=1e-3)", "lr=1e-3"),
    ("Adam(D.parameters, lr=1e-3)", "parameters()"), ("optimizer.zerograd()", "optimizer.zero_grad()"),
    ("optimizer.stp()", "optimizer.step()"), ("bce(D(x).view(-1), y)", "bce(D(x), y)"),
    ("mse(x, y)", "[16, 1]"), ("model(x)", "flatten(1)"), ("D(randn(16, 100))", "G(randn(16, 100))"),
    ("G(x)", "100"), ("BatchNorm1D(8)", "BatchNorm1d(8)"), ("DropOut(0.5)", "Dropout(0.5)"), ("Relu()", "relu"),
    ("model.state_dict()", "save"), ("torch.save(model, \"model.pt\")", "save(model, \"model.pt\")"),
    // Data and training.
    ("loader = DataLoader(data, batch_size=64, shuffle=True)", "loader = Loader(data, batch=64, shuffle=True)"),
    ("loader = torch.utils.data.DataLoader(data, batch_size=16)", "loader = Loader(data, batch=16)"),
    ("train = datasets.MNIST(\"data\", train=True, download=True)", "dataset(\"mnist\""),
    ("dataset(\"digit\")", "dataset(\"digits\")"),
    ("dataset(digits)", "\"digits\""), ("step gan 10 evry=2", "every=2"),
    ("step gna 10", "step gan 10"),
    ("step gan ten", "whole number"), ("stpe gan 10", "step gan 10"), ("train gan epoch=2", "epochs=2"),
    ("gan.step", "step"),
    ("gan.g", "gan.G"), ("gan.optimizer_D", "gan.opt_D"), ("gan.fit(10)", "train gan epochs="),
    ("gan.sample(8)", "gan.samples(8)"),
    ("samples gan 8x8", "samples(gan, 8x8)"), ("show(samples(gan, 8, 8))", "8x8"),
    ("plt.imshow(images[0])", "show(images[0])"),
    ("plt.plot(gan.history)", "plot(gan.history)"), ("GAN(data, epochs=10)", "train"),
    ("GAN(data, learning_rate=1e-3)", "lr=1e-3"),
    ("GAN(data, batch_size=32)", "batch=32"), ("GAN(data, latent_dim=64)", "z=64"), ("help(gann)", "gan"),
    ("quit()", "exit"),
    ("print(\"loss %f\" % loss)", "f\""), ("tqdm(loader)", "loader"), ("print(loss.item)", ""), ("None.shape", "None"),
  ]

  /// Everything that a mistake is answered with.
  private func answer(to line: String) -> String {
    let bench = Bench()
    guard bench.run(Self.given) == nil else { return "the given lines do not run" }
    return bench.shown(line).joined(separator: "\n")
  }

  @Test("Eleven of twelve newcomers' mistakes get the right help")
  func answered() {
    let wrong = Self.mistakes.filter { !answer(to: $0.typed).contains($0.meant) }
    let report = wrong.map { "\($0.typed)  →  \($0.meant)\n\(answer(to: $0.typed))" }
    #expect(Self.mistakes.count >= 60)
    #expect(wrong.count * 12 <= Self.mistakes.count, "\(report.joined(separator: "\n\n"))")
  }
}
