// SPDX-License-Identifier: Apache-2.0
import Language
import Testing
import Workbench

/// Whose loss put a gradient where it lies, whatever the losses and nets are called.
@Suite struct ProvenanceTests {
  /// Two nets that play, with an optimizer each; no name tells which is which.
  private static let game = """
    u = Sequential(Linear(4, 3), tanh, Linear(3, 2)); v = Sequential(Linear(2, 3), tanh, Linear(3, 1), sigmoid)
    p = Adam(u); q = Adam(v); x = randn(8, 2); one = ones(8, 1); nil = zeros(8, 1)
    """

  /// The headings of a table of gradients, each in one line, as in `G  (from errG)`.
  private func headings(_ subject: String, in bench: Bench) -> [String] {
    let text = bench.shown("grads \(subject)").map { $0.drop { $0 == " " } }.joined(separator: "\n")
    var found: [String] = []
    for start in text.ranges(of: "  (from ") {
      let name = text[..<start.lowerBound].split(separator: "\n").last ?? ""
      var depth = 0
      let rest = text[start.lowerBound...].prefix { character in
        defer { depth += character == "(" ? 1 : character == ")" ? -1 : 0 }
        return depth > 0 || character == " " || character == "("
      }
      found.append(name + rest.split(separator: "\n").joined(separator: " "))
    }
    return found
  }

  private func heading(_ net: String, after program: String) -> String {
    let bench = Bench()
    #expect(bench.run(program) == nil)
    return headings(net, in: bench).first ?? "none"
  }

  @Test("A missing detach is told by who used the loss, not by names")
  func missingDetach() {
    let step =
      Self.game + "\na = bce(v(x), one) + bce(v(u(randn(8, 4))), nil); p.zero_grad(); q.zero_grad(); a.backward()\n"
    #expect(
      heading("u", after: step) == "u  (from a: a came through v; if it is v's loss, what u made was not detached)")
    #expect(heading("v", after: step) == "v  (from a: a went on from here to u)")
    let used = heading("u", after: step + "q.step()")
    #expect(
      used == "u  (from a: a is v's loss (q used it) and reached u because what u made was not detached; "
        + "p.zero_grad() clears it)")
    #expect(heading("v", after: step + "q.step()") == "v  (from a)")
  }

  @Test("What was left over and then used with another loss is told, before and after")
  func mixed() {
    let loop =
      Self.game + """

        fake = u(randn(8, 4)); a = bce(v(fake), nil); a.backward(retain=True); q.step()
        b = bce(v(fake), one); b.backward()
        """
    #expect(
      heading("u", after: loop).hasPrefix(
        "u  (from a, b: a, left over from the step of q, is still in it and p.step() would use it; "))
    let after = heading("u", after: loop + "\np.step()")
    #expect(
      after == "u  (from a, b: p used a too, left over from the step of q; unless that is meant, p.zero_grad() "
        + "belongs before b.backward())")
  }

  @Test("In the article's order the generator's loss only passes through the discriminator")
  func passesThrough() {
    let loop =
      Self.game + """

        fake = u(randn(8, 4)); q.zero_grad(); a = bce(v(x), one) + bce(v(fake.detach()), nil); a.backward(); q.step()
        p.zero_grad(); b = bce(v(fake), one); b.backward(); p.step()
        """
    #expect(heading("u", after: loop) == "u  (from b)")
    #expect(heading("v", after: loop) == "v  (from a, b: b only passed through to reach u; q.zero_grad() clears it)")
  }

  /// Programs that are as they should be, and the nets whose headings name losses alone.
  private static let sound: [(program: String, nets: [String])] = [
    // One loss and one optimizer.
    (
      "e = Linear(4, 2); d = Linear(2, 4); o = Adam([e, d]); l = mse(d(e(ones(3, 4))), ones(3, 4)); l.backward()",
      ["e", "d"]
    ),
    (
      "e = Linear(4, 2); d = Linear(2, 4); o = Adam([e, d]); l = mse(d(e(ones(3, 4))), ones(3, 4)); l.backward(); o.step()",
      ["e", "d"]
    ),
    // Two optimizers that both use one loss.
    (
      "e = Linear(4, 2); d = Linear(2, 4); o = Adam(e); o2 = Adam(d); l = mse(d(e(ones(3, 4))), ones(3, 4)); l.backward(); o.step(); o2.step()",
      ["e", "d"]
    ),
    // A classifier on features that nobody trains.
    (
      "f = Linear(4, 2); c = Linear(2, 3); o = Adam(c); l = mse(c(f(ones(3, 4))), ones(3, 3)); l.backward(); o.step()",
      ["f", "c"]
    ),
    // Gradients gathered over two losses and two batches.
    (
      "e = Linear(4, 2); d = Linear(2, 4); o = Adam([e, d]); l = mse(d(e(ones(3, 4))), ones(3, 4)); l.backward(); m = mse(e(ones(3, 4)), ones(3, 2)); m.backward(); o.step()",
      ["e", "d"]
    ),
    // A gradient penalty, as Wasserstein critics have it.
    (
      Self.game + """

        fake = u(randn(8, 4)).detach(); m = requires_grad(x * 0.5 + fake * 0.5)
        g = grad(sum(v(m)), m, create_graph=True)
        a = mean(v(fake)) - mean(v(x)) + 10 * mean((sqrt(sum(g * g, dim=1)) - 1) ** 2); q.zero_grad(); a.backward(); q.step()
        """, ["v"]
    ),
    // A net by itself, without an optimizer.
    ("w = Linear(4, 2); a = sum(w(ones(1, 4))); a.backward()", ["w"]),
  ]

  @Test("No alarm where gradients are as they should be", arguments: sound)
  func noFalseAlarm(program: String, nets: [String]) {
    for net in nets {
      let found = heading(net, after: program)
      #expect(found.hasPrefix("\(net)  (from ") && !found.contains(":"), "\(found)")
    }
  }

  @Test("A trainer's own steps give no alarm, whatever its kind")
  func trainers() {
    let bench = Bench()
    bench.run("data = dataset(\"digits\", limit=48)")
    for made in [
      "GAN(data, batch=16)", "GAN(data, batch=16, k=2)", "GAN(data, batch=16, loss=\"wasserstein\", penalty=10.0)",
      "GAN(data, batch=16, cond=True)", "GAN(data, batch=16, cond=\"auxiliary\")", "VAE(data, batch=16)",
      "Classifier(data, batch=16)", "SRGAN(data, batch=16)",
    ] {
      #expect(bench.run("t = \(made); step t 3") == nil, "\(made)")
      let found = headings("t", in: bench)
      #expect(!found.isEmpty && found.allSatisfy { !$0.contains(":") }, "\(made): \(found)")
    }
  }

  @Test("A loop inside a Trainer tells its missing detach too")
  func customTrainer() {
    let bench = Bench()
    let program =
      Self.game + """

        def once() {
          q.zero_grad(); p.zero_grad(); fake = u(randn(8, 4))
          a = bce(v(x), one) + bce(v(fake), nil); a.backward(retain=True); q.step()
          b = bce(v(fake.detach()), one); return (a=a, b=b)
        }
        t = Trainer(once, parts=(u=u, v=v, p=p, q=q)); step t 2
        """
    #expect(bench.run(program) == nil)
    let found = headings("t", in: bench)
    #expect(
      found.contains { $0.hasPrefix("u") && $0.contains("because what u made was not detached") }, "\(found)")
  }

  @Test("A loop that never clears its gradients remembers only so many losses")
  func bounded() {
    let bench = Bench()
    let names = (0..<40).map { "l\($0)" }
    let program = names.map { "\($0) = sum(w(ones(1, 2))); \($0).backward()" }.joined(separator: "\n")
    #expect(bench.run("w = Linear(2, 1)\n" + program) == nil)
    #expect(bench.shown("len(w.weight.grad_from)") == ["16"])
  }
}
