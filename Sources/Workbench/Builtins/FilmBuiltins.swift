// SPDX-License-Identifier: Apache-2.0
import Figures
import Generative
import Images
import Language
import Tensors

// What a training made of the same noise over time.

extension Builtin {
  static let film = Builtin(
    "film", .verb, in: .training,
    Text(
      "The same noise, or images reconstructed, at steps from the first to the present one; on a copy, exactly.",
      zh: "同一份噪声（或同一批图像的重建）在从最初到现在的各步的结果；在副本上精确重放。"),
    samplerParameter,
    Parameter<Int>("frames", Text("At how many steps.", zh: "帧数。"), default: 8),
    Parameter<Int>("n", Text("How many pictures each.", zh: "每帧的图像数。"), default: 8),
    Parameter<ExamplesArgument?>(
      "images", Text("Images that a VAE reconstructs, in place of noise.", zh: "由 VAE 重建的图像，代替噪声。"), default: .nothing),
    Parameter<LabelsArgument?>("label", Text("The classes to make.", zh: "要生成的类别。"), default: .nothing),
    Parameter<Bool>(
      "play", Text("Whether notebooks show it moving.", zh: "笔记本中是否以动画显示。"), default: false),
    examples: [
      Example("step gan 4; film gan frames=3 n=4", shows: "steps 0 … 4", given: givenGAN),
      Example("step vae 4; film(vae, 3, images=vae.data[0:4]).steps", shows: "[0, 2, 4]", given: givenVAE),
    ], seeAlso: ["samples", "goto", "walk", "save"]
  ) { call, trainer, frames, count, images, labels, isMoving in
    try Film(trainer, frames: frames, count: count, images: images, labels: labels, call).made(isMoving: isMoving)
  }

  static let saveFilm = Builtin(
    "save", .verb, in: .display,
    Text("Writes a film to an animated .png, which browsers play.", zh: "把影片写入动画 .png，浏览器可直接播放。"),
    Parameter<FilmObject>("x", Text("A film.", zh: "影片。")), pathParameter,
    examples: [
      Example("step gan 2; save(film(gan, 2, 4), \"/tmp/easel-example.png\")", shows: "saved", given: givenGAN)
    ],
    seeAlso: ["film"]
  ) { call, film, path -> String in
    guard [".png", ".apng"].contains(where: path.hasSuffix) else {
      throw FigureFault.fileType(path: path, known: [".png", ".apng"])
    }
    return try FigureFile.save(film, to: path, call.displayContext)
  }

  static let films: [Builtin] = [film, saveFilm]
}

/// Goes back through a training on a copy and looks at each step.
private struct Film {
  private let trainer: SamplerArgument
  private let steps: [Int]
  private let count: Int
  private let originals: (x: Tensor, y: Tensor?)?
  private let labels: [Int]?
  private let call: Call

  init(
    _ trainer: SamplerArgument, frames: Int, count: Int, images: ExamplesArgument?, labels: LabelsArgument?,
    _ call: Call
  ) throws {
    guard (2...100).contains(frames) else {
      throw TrainingFault.amount(name: "frames", value: String(frames), needs: Text("2 to 100", zh: "2 到 100"))
    }
    guard (1...256).contains(count) else {
      throw TrainingFault.amount(name: "n", value: String(count), needs: Text("1 to 256", zh: "1 到 256"))
    }
    self.trainer = trainer
    self.call = call
    self.labels = labels?.labels
    steps = trainer.trainer.milestones(frames)
    guard let images else {
      (self.count, originals) = (count, nil)
      return
    }
    guard let vae = VAEArgument.convert(trainer.value) else {
      throw TrainingFault.wrongKind(found: trainer.object.trainer.typeName, needed: "VAE")
    }
    let all = try images.tensor(conditionedOn: vae, call)
    let taken = min(all.x.shape.dimensions.first ?? 0, count)
    guard taken > 0 else { throw DataFault.emptyImages }
    func part(_ tensor: Tensor) throws -> Tensor { try tensor.sliced(axis: 0, from: 0, to: taken) }
    originals = (try part(all.x), try all.y.map(part))
    self.count = taken
  }

  /// The film, with the steps that had to be taken again said while it is made.
  func made(isMoving: Bool) throws -> FilmObject {
    guard steps.count > 1 else { throw TrainingFault.noPast(trainer.object.name) }
    let start = call.now()
    var shown = start
    let (rows, cost) = try trainer.trainer.lookBack(
      at: steps, shouldStop: call.stopRequest,
      passes: { step in
        let now = call.now()
        guard now - shown >= 0.2 else { return }
        shown = now
        tell(step, seconds: now - start, isFinal: false)
      }, row)
    if call.now() - start >= 0.2 { tell(cost.steps, seconds: call.now() - start, isFinal: true) }
    guard rows.allSatisfy({ $0.rank == 4 }) else { throw TrainingFault.noPictures(trainer.object.name) }
    let images = ImagesObject(
      try concatenate(rows), range: trainer.object.shownRange, columns: count,
      rowNames: steps.map { Text("step \($0)", zh: "第 \($0) 步") }, caption: caption(cost))
    return FilmObject(images, steps: steps, isMoving: isMoving)
  }

  /// What the trainer makes at one step.
  private func row(_ then: any Trainer) throws(TrainerError) -> Tensor {
    if let originals, let vae = then as? VAETrainer {
      return try vae.reconstruct(originals.x, labels: originals.y)
    }
    guard let sampler = then as? any Sampler else { throw .unsupported(what: "film", reason: "it makes no examples") }
    return try sampler.samples(count, labels: labels)
  }

  private func caption(_ cost: LookBackCost) -> Text {
    let (name, seed) = (trainer.object.name, trainer.trainer.state.seed)
    let (first, last) = (steps.first ?? 0, steps.last ?? 0)
    let what =
      originals == nil
      ? Text("fixed noise, seed \(seed)", zh: "固定噪声，种子 \(seed)")
      : Text("the same images reconstructed", zh: "同一批图像的重建")
    return Text(
      "\(name) over its steps \(first) … \(last), \(what.english); \(cost.steps) steps were taken again on a copy",
      zh: "\(name) 的第 \(first) … \(last) 步，\(what.chinese)；在副本上重放了 \(cost.steps) 步")
  }

  private func tell(_ steps: Int, seconds: Double, isFinal: Bool) {
    let name = trainer.object.name
    let time = NumberText.fixed(seconds, 1)
    let last = self.steps.last ?? 0
    let line =
      isFinal
      ? Text(
        "film of \(name): \(steps) steps taken again on a copy, \(time) s",
        zh: "\(name) 的影片：在副本上重放了 \(steps) 步，\(time) 秒")
      : Text(
        "film of \(name): at step \(steps) of \(last)  \(time) s", zh: "\(name) 的影片：第 \(steps)/\(last) 步  \(time) 秒")
    let text = line(call.language)
    call.emit(
      .progress(
        id: "film of \(name)", line: text, display: Display(text),
        fraction: isFinal ? 1 : Double(steps) / Double(max(last, 1)), isFinal: isFinal))
  }
}
