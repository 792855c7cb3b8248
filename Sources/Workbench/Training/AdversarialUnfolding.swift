// SPDX-License-Identifier: Apache-2.0
import Generative
import Language

extension AdversarialLoss {
  /// The discriminator's loss of scores, in words of the language; `n` is how many there are.
  func discriminatorText(_ real: String, _ fake: String, target: Double) -> String {
    let wanted = Numbers.typed(target)
    let ones = target == 1 ? "ones(n, 1)" : "full([n, 1], \(wanted))"
    return switch self {
    case .nonsaturating, .minimax: "bce_logits(\(real), \(ones)) + bce_logits(\(fake), zeros(n, 1))"
    case .leastSquares: "mean((\(real) - \(wanted)) ** 2) * 0.5 + mean(\(fake) ** 2) * 0.5"
    case .hinge: "mean(relu(\(wanted) - \(real))) + mean(relu(\(fake) + 1))"
    case .wasserstein: "-mean(\(real)) + mean(\(fake))"
    }
  }

  /// The generator's loss of a score, in words of the language.
  func generatorText(_ score: String) -> String {
    switch self {
    case .nonsaturating: "bce_logits(\(score), ones(n, 1))"
    case .minimax: "-bce_logits(\(score), zeros(n, 1))"
    case .leastSquares: "mean((\(score) - 1) ** 2) * 0.5"
    case .hinge, .wasserstein: "-mean(\(score))"
    }
  }
}

/// The lines of a step of a super-resolution GAN.
struct SuperResolutionUnfolding {
  let trainer: SuperResolutionTrainer
  let name: String

  init(_ trainer: SuperResolutionTrainer, _ name: String) {
    self.trainer = trainer
    self.name = name
  }

  var lines: [String] {
    let (real, fake) = ("score(\(name).D, real)", "score(\(name).D, fake.detach())")
    let game = trainer.loss.generatorText("score(\(name).D, fake)")
    return [
      "real, _ = next(\(name).loader)", "n = real.size(0)", "fake = \(name).G(downscale(real))",
      "\(name).opt_D.zero_grad()", "errD = \(trainer.loss.discriminatorText(real, fake, target: 1))",
      "errD.backward(); \(name).opt_D.step()", "\(name).opt_G.zero_grad()", "with frozen(\(name).D) {",
      "  content = mse(fake, real)", "  errG = content + (\(game)) * \(Numbers.typed(trainer.adversarialWeight))",
      "  errG.backward()", "}", "\(name).opt_G.step()",
    ]
  }
}
