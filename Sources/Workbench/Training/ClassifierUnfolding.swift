// SPDX-License-Identifier: Apache-2.0
import Generative
import Language

/// The lines of a classifier's step.
struct ClassifierUnfolding {
  let classifier: ClassifierTrainer
  let name: String

  init(_ classifier: ClassifierTrainer, _ name: String) {
    self.classifier = classifier
    self.name = name
  }

  var lines: [String] {
    [
      "x, y = next(\(name).loader)", "\(name).opt.zero_grad()", "loss = cross_entropy(\(name).net(x), \(targets))",
      "loss.backward(); \(name).opt.step()",
    ]
  }

  private var targets: String {
    let smoothing = classifier.labelSmoothing
    guard smoothing > 0 else { return "y" }
    let count = classifier.classes.count
    return
      "one_hot(y, \(count)) * \(Numbers.typed(1 - smoothing)) + \(Numbers.typed(smoothing / Double(count)))"
  }
}

/// The lines of a step of a classifier with a bottleneck.
struct BottleneckUnfolding {
  let vib: BottleneckTrainer
  let name: String

  init(_ vib: BottleneckTrainer, _ name: String) {
    self.vib = vib
    self.name = name
  }

  var lines: [String] {
    [
      "x, y = next(\(name).loader)", "\(name).opt.zero_grad()", "mu, logvar = \(name).E(x)",
      "z = mu + exp(logvar * 0.5) * randn_like(mu)", "ce = cross_entropy(\(name).D(z), y)",
      "kl = kl_normal(mu, logvar) * (1 / x.size(0))", "loss = ce + kl * \(Numbers.typed(vib.beta))",
      "loss.backward(); \(name).opt.step()",
    ]
  }
}
