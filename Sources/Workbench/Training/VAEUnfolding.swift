// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Glibc
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
    if vae.codes > 1 { return lines + importanceWeighted(seen, labels) }
    lines += [
      "mu, logvar = \(name).E(\(seen)\(labels))", "z = mu + exp(logvar * 0.5) * randn_like(mu)", output(labels),
      "recon_loss = \(reconstruction)", "kl = \(divergence)",
      "loss = recon_loss + kl * \(beta)", "loss.backward(); \(name).opt.step()",
    ]
    return lines
  }

  /// The importance-weighted bound: k codes for each image, those of one side by side.
  private func importanceWeighted(_ seen: String, _ labels: String) -> [String] {
    let (codes, latent) = (vae.codes, vae.latent)
    var lines = [
      "mu, logvar = \(name).E(\(seen)\(labels))", "n = real.size(0); each = arange(n * \(codes)) // \(codes)",
      "mu = mu.reshape(n, 1, \(latent)); logvar = logvar.reshape(n, 1, \(latent))",
      "eps = randn(n, \(codes), \(latent))", "code = mu + exp(logvar * 0.5) * eps",
      "z = code.reshape(n * \(codes), \(latent)); target = real[each]",
    ]
    if !labels.isEmpty { lines.append("y = y[each]") }
    lines += [
      output(labels), "errors = \(errorPerImage)",
      "ratio = sum((eps * eps + logvar - code * code) * 0.5, 2)",
      "w = ratio * \(beta) - errors.reshape(n, \(codes))", "top = max(detach(w), 1, keep=True)",
      "loss = -sum(log(mean(exp(w - top), 1)) + top.reshape(n))", "loss.backward(); \(name).opt.step()",
    ]
    return lines
  }

  private var errorPerImage: String {
    let rows = "real.size(0) * \(vae.codes), -1"
    switch vae.reconstruction {
    case .squaredError: return "sum(mse(x, target, reduction=\"none\").reshape(\(rows)), 1)"
    case .crossEntropy: return "sum(bce_logits(x, target, reduction=\"none\").reshape(\(rows)), 1)"
    case .gaussian:
      let variance = vae.deviation.map { $0 * $0 } ?? 1
      let size = vae.state.loader?.data.exampleShape.reduce(1, *) ?? 1
      let constant = Double(size) * 0.5 * (Glibc.log(variance) + Glibc.log(2 * Double.pi))
      let squares = "sum(mse(x, target, reduction=\"none\").reshape(\(rows)), 1)"
      return "\(squares) / \(Numbers.typed(2 * variance)) + \(Numbers.typed(constant))"
    }
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
