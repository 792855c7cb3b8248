// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import QualityMetrics
import Tensors

extension WorkbenchState {
  /// The judge for data like these: the one given, one made before, the user's cached one, or one trained now.
  ///
  /// Data of a published set are judged by a classifier of the whole set; others by one of their own.
  func judge(_ given: JudgeObject?, for data: @autoclosure () throws -> Dataset, _ call: Call) throws -> Judge {
    if let given { return given.judge }
    let (training, test) = try judgeData(for: data())
    let key = training.fingerprint
    if let known = judges[key] { return known }
    let judge = try Judge.cached(
      training: training, test: test, progress: { share in showJudge(training.name, share, call) },
      shouldStop: call.stopRequest)
    showJudge(training.name, nil, call)
    judges[key] = judge
    return judge
  }

  /// Says how well the judge of a bare number judges: once in an input, so that loops are not flooded.
  func introduce(_ judge: Judge, _ call: Call) {
    if introducedJudges.input != input { introducedJudges = (input, []) }
    guard introducedJudges.names.insert(ObjectIdentifier(judge)).inserted else { return }
    let title = JudgeObject.title(judge)
    call.emit(.note(Text("judge: \(title.english)", zh: "评判：\(title.chinese)")(call.language)))
  }

  /// The judge that judged data of this name in this session, or nil: none is looked for and none trained.
  func knownJudge(of data: Dataset) -> Judge? {
    judges.filter { $0.value.name == data.name && $0.value.imageShape == data.exampleShape }
      .min { $0.key < $1.key }?.value
  }

  /// A caption with the classes that a judge of this session sees in samples, the commonest first; nil without a judge.
  func spokenClasses(of images: Tensor, _ trainer: TrainerObject, _ caption: Text) -> Text? {
    guard let data = trainer.trainer.state.loader?.data, let judge = knownJudge(of: data),
      let pixels = try? pixels(of: images, from: data.valueRange), let opinion = try? judge.look(at: pixels)
    else { return nil }
    let counts = opinion.counts(classes: judge.classes.count).enumerated().filter { $0.element > 0 }
    let listed = counts.sorted { $0.element != $1.element ? $0.element > $1.element : $0.offset < $1.offset }
      .prefix(10).map { "\(judge.classes[$0.offset]): \($0.element)" }
    return Text(
      "\(caption.english); classes by the judge: \(listed.joined(separator: ", "))",
      zh: "\(caption.chinese)；评判所见类别：\(listed.joined(separator: "，"))")
  }

  /// The data that a judge of data like these learns from, and those that it is measured on.
  func judgeData(for data: Dataset) throws -> (training: Dataset, test: Dataset) {
    if DatasetCatalog.names.contains(data.name), let training = try? catalog.dataset(data.name, split: "train"),
      let test = try? catalog.dataset(data.name, split: "test")
    {
      return (training, test)
    }
    guard data.isLabelled else { throw DatasetError.unlabelled(name: data.name) }
    return try data.split(0.8)
  }

  /// Shows how far the training of a judge is; nil when it is over.
  private func showJudge(_ name: String, _ share: Double?, _ call: Call) {
    let percent = share.map { " \(Int($0 * 100)) %" } ?? ""
    let line = Text("training the judge of \(name), once\(percent)", zh: "正在训练 \(name) 的评判分类器（仅一次）\(percent)")(
      call.language)
    call.emit(
      .progress(id: "judge", line: line, display: Display(line), fraction: share ?? 1, isFinal: share == nil))
  }
}
