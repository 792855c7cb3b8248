// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import Layers

extension Call {
  /// Notes a net whose last layer cannot give what the data hold, or what the loss takes.
  func noteLastLayer(of trainer: any Trainer) {
    guard let data = trainer.state.loader?.data else { return }
    switch trainer {
    case is GANTrainer: noteLastLayer(of: "G", in: trainer, data.valueRange, takesLogits: false)
    case let vae as VAETrainer:
      noteLastLayer(of: "D", in: vae, data.valueRange, takesLogits: vae.reconstruction == .crossEntropy)
    default: return
    }
  }

  private func noteLastLayer(of part: String, in trainer: any Trainer, _ range: ValueRange, takesLogits: Bool) {
    guard let net = trainer.net(part) as? Sequential,
      let place = net.layers.lastIndex(where: { !($0 is Reshape || $0 is Flatten) }),
      let last = net.layers[place] as? ActivationLayer
    else { return }
    let name = net.children[place].name
    let typed = (trainer.state.name.map { "\($0)." } ?? "") + "\(part)[\(place)]"
    if takesLogits, last.kind == .tanh {
      return note(
        "\(part).\(name) tanh gives −1 … 1, but recon=\"bce\" needs a sigmoid over data \(range): \(typed) = sigmoid",
        zh: "\(part).\(name) tanh 输出 −1 … 1，而 recon=\"bce\" 与数据 \(range) 需要 sigmoid：\(typed) = sigmoid")
    }
    guard last.kind == .sigmoid, range.lower < 0, ValueRange.symmetric.contains(range) else { return }
    note(
      "\(part).\(name) sigmoid gives 0 … 1, but the data are \(range): \(typed) = tanh",
      zh: "\(part).\(name) sigmoid 输出 0 … 1，而数据是 \(range)：\(typed) = tanh")
  }

  private func note(_ english: String, zh chinese: String) { emit(.note(Text(english, zh: chinese)(language))) }
}
