// SPDX-License-Identifier: Apache-2.0
import Language

/// A loss of one net of a GAN whose gradient lies in the other, told by the names that people give them.
struct StrayLoss {
  private enum Part { case generator, discriminator }

  private let part: Part
  private let loss: String

  /// The first loss that is the other net's; nil when there is none or the net is neither `G` nor `D`.
  init?(net: String, losses: [String]) {
    let last = net.split(separator: ".").last.map(String.init) ?? net
    guard let part = Self.part(named: last), let stray = losses.first(where: { Self.owner(of: $0) ?? part != part })
    else { return nil }
    (self.part, loss) = (part, stray)
  }

  /// What happened, and what is to be done about it.
  func remark(_ language: MessageLanguage) -> String {
    switch part {
    case .generator:
      Text("D's loss reached G because fake was not detached", zh: "fake 没有 detach，D 的损失传进了 G")(language)
    case .discriminator:
      Text(
        "\(loss) only passed through to reach G; opt_D.zero_grad() clears it",
        zh: "\(loss) 只是经过这里传往 G；opt_D.zero_grad() 会清除")(language)
    }
  }

  private static func part(named name: String) -> Part? {
    switch name.lowercased() {
    case "g", "generator", "netg": .generator
    case "d", "discriminator", "netd": .discriminator
    default: nil
    }
  }

  /// Whose loss it is: `errD`, `loss_D`, `d_loss`, `errD_fake`; nil for other names.
  private static func owner(of loss: String) -> Part? {
    let name = loss.lowercased().filter { $0 != "_" }
    if ["errd", "lossd", "dloss", "derr"].contains(where: name.hasPrefix) { return .discriminator }
    if ["errg", "lossg", "gloss", "gerr"].contains(where: name.hasPrefix) { return .generator }
    return nil
  }
}
