// SPDX-License-Identifier: Apache-2.0
import Generative
import Language

/// One step of a trainer written out in the language: text that parses, and gives the same bits as the step.
struct Unfolding {
  private let object: TrainerObject
  private var name: String { object.trainer.state.name ?? "t" }

  init(_ object: TrainerObject) { self.object = object }

  /// The text, or nil for a trainer whose step is the user's own.
  var text: String? {
    switch object.trainer {
    case let gan as GANTrainer: written(GANUnfolding(gan, name).lines, gan.settingsInWords)
    case let vae as VAETrainer: written(VAEUnfolding(vae, name).lines, "recon=\"\(vae.reconstruction.rawValue)\"")
    case let enlarger as SuperResolutionTrainer:
      written(SuperResolutionUnfolding(enlarger, name).lines, "weight=\(Numbers.typed(enlarger.adversarialWeight))")
    case let bottleneck as BottleneckTrainer:
      written(BottleneckUnfolding(bottleneck, name).lines, "beta=\(Numbers.typed(bottleneck.beta))")
    case let classifier as ClassifierTrainer: written(ClassifierUnfolding(classifier, name).lines, "cross-entropy")
    default: nil
    }
  }

  /// What the parts are that were put in the place of others.
  private var exchanged: [String] {
    let parts = object.trainer.exchangedParts
    guard let first = parts.first else { return [] }
    return ["# parts exchanged: \(first)"] + parts.dropFirst().map { "#   \($0)" }
  }

  /// A line with the clipping that goes before an optimizer's step.
  private func clipped(_ line: String) -> String {
    object.trainer.optimizers.reduce(line) { line, part in
      guard let bound = object.trainer.gradientBound(of: part.name) else { return line }
      let step = "\(name).\(part.name).step()"
      return line.replacing(step, with: "clip_grads(\(name).\(part.name).params, \(Numbers.typed(bound))); \(step)")
    }
  }

  private func written(_ lines: [String], _ settings: String) -> String {
    let body = lines.map { "  " + clipped($0) }
    return
      (["# one step of \(name) (\(settings)), written out"] + exchanged + [
        "with \(name) {  # draws \(name)'s own random numbers"
      ]
      + body + ["}", "# paste it, change it, or: mine = Trainer(…)   see ?Trainer"]).joined(separator: "\n")
  }
}

/// The lines of a GAN's step.
private struct GANUnfolding {
  let gan: GANTrainer
  let name: String

  init(_ gan: GANTrainer, _ name: String) {
    self.gan = gan
    self.name = name
  }

  private var usesLabels: Bool { gan.conditioning != nil }
  private var judgesLabels: Bool { gan.conditioning == .concatenation || gan.conditioning == .projection }
  private var isAuxiliary: Bool { gan.conditioning == .auxiliary }

  var lines: [String] {
    let updates = discriminatorUpdate
    let repeated =
      gan.discriminatorSteps == 1
      ? updates : ["repeat \(gan.discriminatorSteps) {"] + updates.map { "  " + $0 } + ["}"]
    return repeated + generatorUpdate
  }

  /// What the discriminator says of `x`, as the loss wants it.
  private func judged(_ x: String, _ labels: String) -> String {
    if isAuxiliary { return "\(name).D(\(seen(x))).score" }
    return "score(\(name).D, \(seen(x))\(judgesLabels ? ", \(labels)" : ""))"
  }

  /// `x` as the discriminator gets to see it.
  private func seen(_ x: String) -> String { gan.augmentation.isEmpty ? x : "augmented(\(name), \(x))" }

  private var discriminatorUpdate: [String] {
    var lines = [
      "real, \(usesLabels ? "y" : "_") = next(\(name).loader)", "n = real.size(0)", "\(name).opt_D.zero_grad()",
      "fake = \(name).G(randn(n, \(gan.latent))\(usesLabels ? ", y" : ""))",
    ]
    if isAuxiliary {
      lines += ["on_real = \(name).D(\(seen("real")))", "on_fake = \(name).D(\(seen("fake.detach()")))"]
    }
    let real = isAuxiliary ? "on_real.score" : judged("real", "y")
    let fake = isAuxiliary ? "on_fake.score" : judged("fake.detach()", "y")
    lines.append("errD = \(gan.loss.discriminatorText(real, fake, target: 1 - gan.labelSmoothing))")
    if isAuxiliary {
      lines.append("errD = errD + (cross_entropy(on_real.classes, y) + cross_entropy(on_fake.classes, y)) * 0.5")
    }
    if let weight = gan.gradientPenalty {
      lines += [
        "share = rand(n, 1, 1, 1)", "between = requires_grad(real * share + fake.detach() * (1 - share))",
        "slopes = grad(sum(\(judged("between", "y"))), between, create_graph=True).reshape(n, -1)",
        "lengths = sqrt(sum(slopes * slopes, 1) + 1e-12)",
        "errD = errD + mean((lengths - 1) * (lengths - 1)) * \(Numbers.typed(weight))",
      ]
    }
    lines.append("errD.backward(); \(name).opt_D.step()")
    if let bound = gan.weightClip {
      lines.append("for w in \(name).D.parameters() { clip_weights(w, \(Numbers.typed(bound))) }")
    }
    return lines
  }

  private var generatorUpdate: [String] {
    let score = isAuxiliary ? "on_fake.score" : judged("fake", "y")
    var inside = isAuxiliary ? ["on_fake = \(name).D(\(seen("fake")))"] : []
    inside.append("errG = \(gan.loss.generatorText(score))")
    if isAuxiliary { inside.append("errG = errG + cross_entropy(on_fake.classes, y)") }
    inside.append("errG.backward()")
    return ["\(name).opt_G.zero_grad()", "with frozen(\(name).D) {"] + inside.map { "  " + $0 } + [
      "}", "\(name).opt_G.step()",
    ] + (gan.average == nil ? [] : ["update_average(\(name))"])
  }
}

extension GANTrainer {
  fileprivate var settingsInWords: String {
    let name = loss == .nonsaturating ? "bce" : loss.rawValue
    return "loss=\"\(name)\", k=\(discriminatorSteps)"
  }
}
