// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import Tensors

// Looking into the space of codes.

extension Builtin {
  static let walk = Builtin(
    "walk", .verb, in: .training,
    Text("Pictures along the straight line between two codes.", zh: "两个编码之间直线上的图像。"), samplerParameter,
    Parameter<ExamplesArgument>("a", Text("An image, for a VAE; a code [z] for any.", zh: "一幅图像（VAE）；或编码 [z]。")),
    Parameter<ExamplesArgument>("b", Text("Another.", zh: "另一个。")),
    Parameter<Int>("steps", Text("How many pictures.", zh: "图像个数。"), default: 8),
    Parameter<String>(
      "along",
      Text("The straight line, or the arc that keeps as long as noise is.", zh: "沿直线，或沿保持噪声长度的圆弧。"),
      default: "line", among: .words(CodePath.allCases.map(\.rawValue))),
    examples: [
      Example("walk vae vae.data[0] vae.data[7] steps=4", shows: "in 4 steps", given: givenVAE),
      Example("walk gan randn(16) randn(16) along=\"arc\"", shows: "arc", given: givenGAN),
    ], seeAlso: ["samples", "manifold", "latent"]
  ) { _, trainer, from, to, steps, along -> Value in
    guard (2...1000).contains(steps) else {
      throw TrainingFault.amount(name: "steps", value: String(steps), needs: Text("2 to 1000", zh: "2 到 1000"))
    }
    let (start, end) = (try trainer.code(of: from), try trainer.code(of: to))
    let path = CodePath(rawValue: along) ?? .line
    let codes = try (0..<steps).map { try path.code(Double($0) / Double(steps - 1), from: start, to: end) }
    let labels = try from.firstLabel().map { [$0] }
    let made = try trainer.sampler.samples(
      from: Tensors.stack(codes), labels: trainer.sampler.takesLabels ? labels : nil)
    guard made.rank == 4 else { return made.value }
    let ends = try from.firstLabel().flatMap { a in try to.firstLabel().map { b in (a, b) } }
    return ImagesObject(
      made, range: trainer.object.shownRange, columns: steps, caption: walkCaption(trainer, steps, ends, path)
    ).value
  }

  private static func walkCaption(_ trainer: SamplerArgument, _ steps: Int, _ ends: (Int, Int)?, _ path: CodePath)
    -> Text
  {
    let (name, size) = (trainer.object.name, trainer.sampler.latent)
    let english = ends.map { "from a \($0.0) to a \($0.1) in \(steps) steps" } ?? "in \(steps) steps"
    let chinese = ends.map { "从 \($0.0) 到 \($0.1)，共 \(steps) 步" } ?? "共 \(steps) 步"
    let (way, chineseWay) = path == .arc ? ("arc", "圆弧") : ("straight line", "直线")
    let isMean = trainer.trainer is VAETrainer
    return Text(
      "\(english) through \(name)'s \(size)-dimensional code (\(way) between the \(isMean ? "means" : "codes"))",
      zh: "\(chinese)：沿 \(name) 的 \(size) 维编码空间中\(isMean ? "均值" : "编码")之间的\(chineseWay)")
  }

  static let latent = Builtin(
    "latent", .verb, in: .training, Text("The mean codes of a data set, with labels.", zh: "数据集的均值编码与标签。"),
    vaeParameter,
    Parameter<DatasetObject>("data", Text("Images.", zh: "图像。")),
    examples: [Example("latent(vae, vae.data[0:20]).mu.shape", shows: "[20, 8]", given: givenVAE)]
  ) { call, vae, data -> Value in
    guard !data.data.isEmpty else { throw DatasetError.empty(operation: "latent") }
    var means: [Tensor] = []
    let scaled = vae.object.inTrainingScale(data.data, call)
    for start in stride(from: 0, to: scaled.count, by: 1000) {
      let batch = try scaled.batch(Array(start..<min(start + 1000, scaled.count)))
      means.append(try vae.trainer.encode(batch.x, labels: vae.trainer.isConditional ? batch.y : nil).mean)
    }
    let labels: Value = data.data.isLabelled ? try data.data.y().value : .nothing
    return .record(Record([("mu", try concatenate(means).value), ("y", labels)]))
  }

  static let latents: [Builtin] = [walk, latent]
}

extension SamplerArgument {
  /// The code of one example: a VAE's mean, or the numbers themselves when they are a code already.
  fileprivate func code(of argument: ExamplesArgument) throws -> Tensor {
    let (x, y) = try argument.examples()
    if x.rank <= 2, x.count == sampler.latent { return try x.reshaped(to: [sampler.latent]) }
    guard let vae = sampler as? VAETrainer else {
      throw TrainingFault.wrongKind(found: object.trainer.typeName, needed: "VAE, or codes of length \(sampler.latent)")
    }
    let images =
      x.rank == 4
      ? try x.sliced([.range(from: 0, to: 1, step: 1)]) : try x.reshaped(to: Shape([1] + x.shape.dimensions))
    let label = try y?.sliced([.range(from: 0, to: 1, step: 1)])
    return try vae.encode(images, labels: vae.isConditional ? label : nil).mean.reshaped(to: [vae.latent])
  }
}

extension ExamplesArgument {
  /// The label of the first example, when there is one.
  fileprivate func firstLabel() throws -> Int? { try examples().y?.integers().first.map { Int($0) } }
}
