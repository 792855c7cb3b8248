// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import Tensors

// Pictures over the space of codes and over the classes.

extension Builtin {
  static let manifold = Builtin(
    "manifold", .verb, in: .training,
    Text("What is made over a plane of codes: the first two rise, the others stay 0.", zh: "编码平面上的生成结果：前两维变化，其余为 0。"),
    samplerParameter,
    Parameter<Int>("n", Text("Pictures along each side.", zh: "每边的图像数。"), default: 8),
    Parameter<Double>("span", Text("How far the plane reaches from 0.", zh: "平面自 0 起的范围。"), default: 2),
    examples: [Example("manifold vae n=4", shows: "4×4 codes", given: givenVAE)], seeAlso: ["walk", "latent"]
  ) { _, trainer, side, span -> Value in
    guard (2...32).contains(side) else {
      throw TrainingFault.amount(name: "n", value: String(side), needs: Text("2 to 32", zh: "2 到 32"))
    }
    let reach = min(max(span.magnitude, 1e-3), 1e3)
    let latent = trainer.sampler.latent
    func place(_ index: Int) -> Float { Float((2 * Double(index) / Double(side - 1) - 1) * reach) }
    var codes = [Float](repeating: 0, count: side * side * latent)
    for index in 0..<(side * side) {
      // The first code rises to the right, the second upwards.
      codes[index * latent] = place(index % side)
      if latent > 1 { codes[index * latent + 1] = place(side - 1 - index / side) }
    }
    let made = try trainer.sampler.samples(
      from: Tensor(codes, shape: [side * side, latent]), labels: trainer.sampler.takesLabels ? [0] : nil)
    guard made.rank == 4 else { return made.value }
    let (name, ends) = (trainer.object.name, Numbers.short(reach))
    return ImagesObject(
      made, range: trainer.object.shownRange, columns: side,
      caption: Text(
        "\(side)×\(side) codes through \(name), −\(ends) … \(ends) to the right and upwards, the first two of \(latent)",
        zh: "\(name) 的 \(side)×\(side) 个编码，向右、向上由 −\(ends) 到 \(ends)，为 \(latent) 维中的前两维")
    ).value
  }

  static let byClass = Builtin(
    "by_class", .verb, in: .training,
    Text("Each row one noise, each column one class.", zh: "每行一份噪声，每列一个类别。"), samplerParameter,
    Parameter<Int>("n", Text("How many rows.", zh: "行数。"), default: 4),
    examples: [
      Example(
        "cgan = GAN(dataset(\"digits\", limit=200), z=8, cond=True); by_class cgan n=2", shows: "2 noises")
    ], seeAlso: ["samples"]
  ) { _, trainer, count -> Value in
    guard (1...64).contains(count) else {
      throw TrainingFault.amount(name: "n", value: String(count), needs: Text("1 to 64", zh: "1 到 64"))
    }
    let sampler = trainer.sampler
    let classes = sampler.state.loader?.data.classes ?? []
    let noise = try sampler.state.streams.fixedDisplay().normal([count, sampler.latent])
    let places = try Tensor(
      (0..<(count * classes.count)).map { Int64($0 / max(1, classes.count)) }, shape: [count * classes.count])
    let codes = try Tensors.take(noise, indices: places)
    let labels = (0..<(count * classes.count)).map { $0 % max(1, classes.count) }
    let made = try sampler.samples(from: codes, labels: labels)
    guard made.rank == 4 else { return made.value }
    let name = trainer.object.name
    return ImagesObject(
      made, range: trainer.object.shownRange, columns: classes.count, columnNames: classes,
      caption: Text(
        "\(count) noises by class through \(name), step \(sampler.state.step)",
        zh: "\(name) 的 \(count) 份噪声按类别生成，第 \(sampler.state.step) 步")
    ).value
  }

  static let latentPictures: [Builtin] = [manifold, byClass]
}
