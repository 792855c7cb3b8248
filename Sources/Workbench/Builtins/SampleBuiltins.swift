// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import Tensors

// Looking at what trainers make. Nothing here changes training.

extension Builtin {
  static let samples = Builtin(
    "samples", .function, in: .training,
    Text("What a trainer makes of noise, the same noise every time.", zh: "由噪声生成的样本，每次用同一份噪声。"), samplerParameter,
    Parameter<Shape>("n", Text("How many, or rows x columns.", zh: "个数，或 行x列。"), default: .tuple([8, 8])),
    Parameter<CodesArgument?>("z", Text("Codes of your own.", zh: "自定义编码。"), default: .nothing),
    Parameter<LabelsArgument?>("label", Text("The classes to make.", zh: "要生成的类别。"), default: .nothing),
    Parameter<Bool>("fresh", Text("New noise.", zh: "使用新噪声。"), default: false),
    examples: [Example("samples(gan, 2x4).shape", shows: "[8, 1, 28, 28]", given: givenGAN)],
    seeAlso: ["show", "recon"]
  ) { call, trainer, shape, given, labels, fresh -> Value in
    if case .number(let number) = given {
      throw TrainingFault.gridInTwo(call.argumentText(0) ?? trainer.object.name, shape.dimensions.first ?? 8, number)
    }
    let codes = given?.codes
    let (rows, columns) = try grid(shape)
    if let codes, codes.rank > 0, shape != Shape([8, 8]), codes.shape[0] != rows * columns {
      throw TrainingFault.amount(
        name: "n", value: "\(rows * columns)",
        needs: Text("as many as there are codes: \(codes.shape[0])", zh: "与编码个数相同：\(codes.shape[0])"))
    }
    let images =
      if let codes {
        try trainer.sampler.samples(from: codes, labels: labels?.labels)
      } else {
        try trainer.sampler.samples(rows * columns, labels: labels?.labels, fresh: fresh)
      }
    guard images.rank == 4 else { return images.value }
    let count = images.shape[0]
    let caption = sampleCaption(
      trainer.object, codes == nil ? "\(rows)×\(columns)" : "\(count)", fresh, codes != nil)
    return ImagesObject(
      images, range: trainer.object.shownRange, columns: codes == nil ? columns : min(count, 8), caption: caption,
      details: call.canvas.reader ? call.state.spokenClasses(of: images, trainer.object, caption) : nil
    ).value
  }

  /// Rows and columns of `8x8`, or of a count in rows of eight.
  private static func grid(_ shape: Shape) throws -> (rows: Int, columns: Int) {
    let sizes = shape.dimensions
    guard (1...2).contains(sizes.count), sizes.allSatisfy({ (1...10_000).contains($0) }) else {
      throw TrainingFault.amount(
        name: "n", value: shape.description,
        needs: Text("a count or rows x columns, up to 10000 each", zh: "个数或 行x列，各不超过 10000"))
    }
    return sizes.count == 2 ? (sizes[0], sizes[1]) : ((sizes[0] + 7) / 8, min(sizes[0], 8))
  }

  private static func sampleCaption(_ object: TrainerObject, _ size: String, _ fresh: Bool, _ own: Bool) -> Text {
    let state = object.trainer.state
    let noise = own ? ("given codes", "给定编码") : fresh ? ("new noise", "新噪声") : ("fixed noise", "固定噪声")
    return Text(
      "\(size) samples of \(object.name), step \(state.step), \(noise.0), seed \(state.seed)",
      zh: "\(object.name) 的 \(size) 个样本，第 \(state.step) 步，\(noise.1)，种子 \(state.seed)")
  }

  static let recon = Builtin(
    "recon", .function, in: .training, Text("What a VAE makes of images through its code.", zh: "VAE 对图像的重建。"),
    vaeParameter,
    Parameter<ExamplesArgument>("x", Text("Images: a data set, samples or a tensor.", zh: "图像：数据集、样本或张量。")),
    examples: [Example("recon(vae, vae.data[0:4]).shape", shows: "[4, 1, 28, 28]", given: givenVAE)],
    seeAlso: ["pairs", "encode"]
  ) { call, vae, images -> Value in
    let originals = try images.tensor(conditionedOn: vae, call)
    let made = try vae.trainer.reconstruct(originals.x, labels: originals.y)
    guard made.rank == 4 else { return made.value }
    let (name, step) = (vae.object.name, vae.trainer.state.step)
    return ImagesObject(
      made, range: vae.object.shownRange, columns: 8,
      caption: Text("reconstructions by \(name), step \(step)", zh: "\(name) 的重建，第 \(step) 步")
    ).value
  }

  static let encode = Builtin(
    "encode", .function, in: .training, Text("The code of images: mu and logvar.", zh: "图像的编码：mu 与 logvar。"),
    vaeParameter,
    Parameter<ExamplesArgument>("x", Text("Images: a data set, samples or a tensor.", zh: "图像：数据集、样本或张量。")),
    examples: [Example("mu, logvar = encode(vae, vae.data[0:4]); mu.shape", shows: "[4, 8]", given: givenVAE)]
  ) { call, vae, images -> Value in
    let originals = try images.tensor(conditionedOn: vae, call)
    let code = try vae.trainer.encode(originals.x, labels: originals.y)
    return .record(Record([("mu", code.mean.value), ("logvar", code.logVariance.value)]))
  }

  static let decode = Builtin(
    "decode", .function, in: .training, Text("The images of codes.", zh: "由编码解码出的图像。"), vaeParameter,
    Parameter<Tensor>("z", Text("Codes [count, z].", zh: "编码 [个数, z]。")),
    Parameter<LabelsArgument?>("label", Text("The classes to make.", zh: "要生成的类别。"), default: .nothing),
    examples: [Example("decode(vae, zeros(2, 8)).shape", shows: "[2, 1, 28, 28]", given: givenVAE)]
  ) { _, vae, codes, labels -> Value in
    let made = try vae.trainer.samples(from: codes, labels: labels?.labels)
    guard made.rank == 4 else { return made.value }
    let name = vae.object.name
    return ImagesObject(
      made, range: vae.object.shownRange, columns: 8,
      caption: Text("\(made.shape[0]) codes decoded by \(name)", zh: "\(name) 解码的 \(made.shape[0]) 个编码")
    ).value
  }

  static let samplerParameter = Parameter<SamplerArgument>("t", Text("A GAN or a VAE.", zh: "GAN 或 VAE。"))
  static let vaeParameter = Parameter<VAEArgument>("vae", Text("A VAE.", zh: "VAE。"))

  static let sampling: [Builtin] = [samples, recon, encode, decode]
}

/// Codes to make samples of, or a number that was meant as the columns of a grid.
private enum CodesArgument: ValueConvertible {
  case tensor(Tensor)
  case number(Int)

  static var typeName: String { "Tensor" }

  static func convert(_ value: Value) -> CodesArgument? {
    if case .int(let number) = value { return .number(number) }
    return Tensor.convert(value).map(CodesArgument.tensor)
  }

  var codes: Tensor? { if case .tensor(let codes) = self { codes } else { nil } }

  var value: Value {
    switch self {
    case .tensor(let codes): codes.value
    case .number(let number): .int(number)
    }
  }
}

extension TrainerObject {
  /// The values that pictures of this trainer show as black and white.
  var shownRange: ClosedRange<Float> {
    let range = trainer.state.loader?.data.valueRange ?? .unit
    return range.lower...range.upper
  }
}
