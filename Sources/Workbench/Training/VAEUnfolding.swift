// SPDX-License-Identifier: Apache-2.0
import Generative
import Language
import Layers

/// The lines of a VAE's step.
struct VAEUnfolding {
  let vae: VAETrainer
  let name: String

  init(_ vae: VAETrainer, _ name: String) {
    self.vae = vae
    self.name = name
  }

  var lines: [String] {
    let labels = vae.isConditional ? ", y" : ""
    var lines = ["real, \(vae.isConditional ? "y" : "_") = next(\(name).loader)", "\(name).opt.zero_grad()"]
    var seen = "real"
    if vae.inputNoise > 0 {
      lines.append("seen = real + randn_like(real) * \(Numbers.typed(vae.inputNoise))")
      seen = "seen"
    }
    lines += [
      "mu, logvar = \(name).E(\(seen)\(labels))", "z = mu + exp(logvar * 0.5) * randn_like(mu)", output(labels),
      "recon_loss = \(reconstruction)", "kl = \(divergence)",
      "loss = recon_loss + kl * \(beta)", "loss.backward(); \(name).opt.step()",
    ]
    return lines
  }

  /// β, or during the warm-up what it is by the steps that the optimizer has taken.
  private var beta: String {
    guard vae.warmup > vae.state.step else { return Numbers.typed(vae.effectiveBeta) }
    let ahead = vae.state.step - vae.optimizer.stepsTaken
    let steps = ahead == 0 ? "\(name).opt.steps" : "(\(name).opt.steps \(ahead < 0 ? "-" : "+") \(abs(ahead)))"
    return "(\(Numbers.typed(vae.beta)) * min([1.0, \(steps) / \(vae.warmup)]))"
  }

  private func output(_ labels: String) -> String {
    vae.reconstruction == .crossEntropy ? "x = score(\(name).D, z\(labels))" : "x = \(name).D(z\(labels))"
  }

  private var reconstruction: String {
    switch vae.reconstruction {
    case .squaredError: "mse(x, real, reduction=\"sum\")"
    case .crossEntropy: "bce_logits(x, real, reduction=\"sum\")"
    case .gaussian: "gaussian_nll(x, real\(vae.deviation.map { ", sigma=\(Numbers.typed($0))" } ?? ""))"
    }
  }

  private var divergence: String {
    guard vae.freeBits > 0 else { return "kl_normal(mu, logvar)" }
    let units = "mean(kl_normal(mu, logvar, reduction=\"none\"), 0)"
    return "sum(maximum(\(units), \(Numbers.typed(vae.freeBits)))) * mu.size(0)"
  }
}
