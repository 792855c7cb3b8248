// SPDX-License-Identifier: Apache-2.0
import Generative
import Language

extension Call {
  /// Notes the settings of a trainer that its other settings leave without use.
  func noteUnusedSettings(of trainer: any Trainer) {
    switch trainer {
    case let gan as GANTrainer where gan.labelSmoothing > 0 && gan.loss == .wasserstein:
      note(
        "smoothing=\(Numbers.typed(gan.labelSmoothing))", Text("a critic has no target", zh: "wasserstein 的评论家没有目标值"))
    case let vae as VAETrainer where vae.codes > 1 && vae.freeBits > 0:
      note(
        "free_bits=\(Numbers.typed(vae.freeBits))",
        Text("with k above 1 the divergence is no term of its own", zh: "k 大于 1 时 KL 不是单独的一项"))
    case let vae as VAETrainer where vae.reconstruction != .gaussian:
      guard let sigma = vae.deviation else { return }
      note(
        "sigma=\(Numbers.typed(sigma))", Text("only recon=\"gaussian\" has it", zh: "只有 recon=\"gaussian\" 才有它"))
    default: return
    }
  }

  private func note(_ option: String, _ reason: Text) {
    emit(
      .note(Text("\(option) has no effect: \(reason.english)", zh: "\(option) 不起作用：\(reason.chinese)")(language)))
  }
}
