// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import Tensors

// Samples around training images.

extension Builtin {
  static let around = Builtin(
    "around", .function, in: .training,
    Text("Images close to given ones in a VAE's code, a row for each.", zh: "VAE 编码空间中与给定图像相近的样本，每幅一行。"),
    vaeParameter,
    Parameter<ExamplesArgument>("x", Text("Images: a data set, samples or a tensor.", zh: "图像：数据集、样本或张量。")),
    Parameter<Int>("n", Text("How many of each.", zh: "每幅的个数。"), default: 7),
    spreadParameter, neighbourhoodParameter,
    Parameter<Bool>("fresh", Text("New noise.", zh: "使用新噪声。"), default: false),
    examples: [Example("around(vae, vae.data[0:3], n=4).shape", shows: "[15, 1, 28, 28]", given: givenVAE)],
    seeAlso: ["recon", "synth", "walk"]
  ) { call, vae, images, count, spread, how, fresh -> Value in
    guard (1...1000).contains(count) else {
      throw TrainingFault.amount(name: "n", value: String(count), needs: Text("1 to 1000", zh: "1 到 1000"))
    }
    let (x, y) = try images.tensor(conditionedOn: vae, call)
    let classes = try images.examples().y?.integers().map { Int($0) }
    let random = fresh ? call.state.display : vae.trainer.state.streams.fixedDisplay()
    let neighbourhood = CodeNeighbourhood(rawValue: how) ?? .posterior
    let draws = try (0..<count).map { _ in
      try vae.trainer.around(x, labels: y, spread: spread, in: neighbourhood, groups: classes, from: random)
    }
    // The image itself stands before what was drawn around it.
    let rows = try Tensors.stack([x] + draws, alongAxis: 1)
    let size = x.shape.dimensions.dropFirst()
    let all = try rows.reshaped(to: Shape([x.shape[0] * (count + 1)] + size))
    guard all.rank == 4 else { return all.value }
    let (name, step) = (vae.object.name, vae.trainer.state.step)
    return ImagesObject(
      all, range: vae.object.shownRange, columns: count + 1,
      caption: Text(
        "\(x.shape[0]) images, each before \(count) around it (\(how), spread \(Numbers.setting(spread))) by \(name), step \(step)",
        zh: "\(x.shape[0]) 幅图像，每幅之后为 \(name) 在其周围的 \(count) 个样本（\(how)，幅度 \(Numbers.setting(spread))），第 \(step) 步")
    ).value
  }

  static let spreadParameter = Parameter<Double>(
    "spread", Text("How far; 1 is as far as the code itself says.", zh: "幅度；1 即编码自身的分布。"), default: 1)
  static let neighbourhoodParameter = Parameter<String>(
    "how",
    Text(
      "From the image's own code, around its mean, or towards another of its class.", zh: "取自图像自身的编码分布、其均值附近，或朝向同类的另一幅。"
    ),
    default: "posterior", among: .words(CodeNeighbourhood.allCases.map(\.rawValue)))

  static let neighbours: [Builtin] = [around]
}
