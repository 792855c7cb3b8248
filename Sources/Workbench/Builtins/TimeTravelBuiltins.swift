// SPDX-License-Identifier: Apache-2.0
import Generative
import Language
import Layers
import Tensors

// Going back, going elsewhere, comparing.

extension Builtin {
  static let reset = Builtin(
    "reset", .verb, in: .training,
    Text("Back to step 0: the same weights, order and noise as at first.", zh: "回到第 0 步：与最初相同的权重、次序和噪声。"),
    trainerParameter,
    examples: [Example("step gan 3; reset gan; gan.steps", shows: "0", given: givenGAN)], seeAlso: ["goto", "undo"]
  ) { call, trainer in
    let hadOthers = !trainer.trainer.exchangedParts.isEmpty
    try TimeTravel.run(trainer, call) { try trainer.trainer.reset() }
    let step = trainer.trainer.state.step
    if step > 0 {
      return TimeTravel.report(
        trainer, Text("as it was loaded; a file holds no earlier step", zh: "恢复为载入时的状态；文件中没有更早的步"))
    }
    return TimeTravel.report(
      trainer,
      hadOthers
        ? Text("back at step 0, with the first parts and weights", zh: "回到第 0 步，部件与权重均为最初的")
        : Text("back at step 0, with the first weights", zh: "回到第 0 步，权重为初始值"))
  }

  static let snapshot = Builtin(
    "snapshot", .verb, in: .training, Text("Keeps the present state under a name.", zh: "以一个名字保存当前状态。"),
    trainerParameter,
    Parameter<String?>("name", Text("The name; \"step N\" without one.", zh: "名字；省略则为 \"step N\"。"), default: .nothing),
    examples: [Example("snapshot gan \"before\"", shows: "before", given: givenGAN)], seeAlso: ["restore"]
  ) { _, trainer, name in SnapshotObject(try trainer.trainer.snapshot(name), of: trainer) }

  static let restore = Builtin(
    "restore", .verb, in: .training, Text("Goes back to a snapshot.", zh: "回到一个快照。"), trainerParameter,
    Parameter<SnapshotArgument>("name", Text("The name, or the snapshot itself.", zh: "名字，或快照本身。")),
    examples: [Example("snapshot gan \"a\"; step gan 2; restore gan \"a\"; gan.steps", shows: "0", given: givenGAN)],
    seeAlso: ["snapshot", "undo"]
  ) { call, trainer, wanted in
    try TimeTravel.run(trainer, call) {
      switch wanted {
      case .name(let name): try trainer.trainer.restore(name)
      case .snapshot(let object): try trainer.trainer.restore(object.snapshot)
      }
    }
    return TimeTravel.report(trainer, Text("restored", zh: "已恢复"))
  }

  static let undo = Builtin(
    "undo", .verb, in: .training,
    Text(
      "Takes back the last commands: steps, jumps, exchanges of parts, weights set by hand.",
      zh: "撤销最近的命令：训练、跳转、更换部件、手动设置的权重。"), trainerParameter,
    Parameter<Int>("n", Text("How many commands.", zh: "命令个数。"), default: 1),
    examples: [Example("step gan 3; undo gan; gan.steps", shows: "0", given: givenGAN)], seeAlso: ["goto", "reset"]
  ) { call, trainer, count in
    let before = trainer.trainer.state.step
    try TimeTravel.run(trainer, call) { try trainer.trainer.undo(count) }
    return TimeTravel.report(trainer, Text("undone from step \(before)", zh: "已从第 \(before) 步撤销"))
  }

  static let goto = Builtin(
    "goto", .verb, in: .training,
    Text(
      "Goes to a step that was reached before, exactly as it was right after it; the furthest keeps what was set by hand.",
      zh: "回到曾经到过的某一步，与刚走完时逐位相同；最远的一步保留手动的设置。"), trainerParameter,
    Parameter<Int>("step", Text("The step.", zh: "步数。")),
    examples: [Example("step gan 4; goto gan 2", shows: "step 2", given: givenGAN)], seeAlso: ["undo", "fork"]
  ) { call, trainer, step in
    let start = call.now()
    var base = 0
    try TimeTravel.run(trainer, call) { base = try trainer.trainer.goTo(step: step) }
    let seconds = NumberText.fixed(call.now() - start, 1)
    let replayed = max(step - base, 0)
    return TimeTravel.report(
      trainer,
      Text(
        "snapshot \(base) + \(replayed) replayed steps, \(seconds) s", zh: "快照 \(base) + 重放 \(replayed) 步，\(seconds) 秒")
    )
  }

  static let fork = Builtin(
    "fork", .function, in: .training,
    Text("Another trainer with the same past, and other settings from here.", zh: "有相同过去的另一个训练器，可从此改用其他设置。"),
    trainerParameter,
    Parameter<NamedRest<Value>>("changes", Text("Settings that differ, as in lr=1e-5.", zh: "不同的设置，如 lr=1e-5。")),
    examples: [Example("gan2 = fork(gan, lr=1e-5); gan2.opt_G.lr", shows: "1e-05", given: givenGAN)], seeAlso: ["diff"]
  ) { call, trainer, changes in
    let settings = try changes.elements.flatMap { name, value throws -> [NamedSetting] in
      guard let found = try trainer.settings(name, value) else {
        throw OptionFault(name: name, type: value.typeName)
      }
      return found
    }
    let copy = try trainer.trainer.fork(settings)
    copy.state.name = nil
    TimeTravel.noteHooksLeft(trainer, call)
    if let changed = TimeTravel.changed(from: trainer.trainer, to: copy) {
      call.emit(.note(changed(call.language)))
    }
    return call.state.object(copy)
  }

  static let diff = Builtin(
    "diff", .verb, in: .training,
    Text("What two trainers have apart: settings, figures, distance of weights.", zh: "两个训练器的差别：设置、指标、权重距离。"),
    Parameter<TrainerObject>("a", Text("A trainer.", zh: "训练器。")),
    Parameter<TrainerObject>("b", Text("Another of the same kind.", zh: "同类的另一个。")),
    examples: [Example("gan2 = fork(gan, lr=1e-5); diff gan gan2", shows: "opt_G.lr", given: givenGAN)]
  ) { _, a, b in try TrainerComparison(a, b).table() }

  static let timeTravel: [Builtin] = [reset, snapshot, restore, undo, goto, fork, diff]
}

/// What the ways through time have in common.
enum TimeTravel {
  /// Runs a journey that may replay many steps; a second Ctrl-C gives it up, and the trainer stays where it was.
  static func run(_ trainer: TrainerObject, _ call: Call, _ body: () throws -> Void) throws {
    trainer.trainer.state.shouldStop = call.stopRequest
    defer { trainer.trainer.state.shouldStop = { false } }
    let before = trainer.trainer.hookPlaces
    do {
      try body()
    } catch {
      call.evaluator.surroundings.amounts(to: "", at: call.site)
      throw error
    }
    let gone = before.difference(from: trainer.trainer.hookPlaces)
    guard !gone.isEmpty else { return }
    let (count, places) = (counted(gone.count), gone.unique.joined(separator: ", "))
    call.emit(
      .note(
        Text(
          "\(count) on \(places) \(gone.count == 1 ? "was" : "were") not there at step \(trainer.trainer.state.step)",
          zh: "\(places) 上的 \(gone.count) 个钩子在第 \(trainer.trainer.state.step) 步时没有")(call.language)))
  }

  private static func counted(_ hooks: Int) -> String { hooks == 1 ? "1 hook" : "\(hooks) hooks" }

  /// Says which hooks a copy or a file does not take along.
  static func noteHooksLeft(_ trainer: TrainerObject, _ call: Call) {
    let places = trainer.trainer.hookPlaces
    guard !places.isEmpty else { return }
    let list = places.unique.joined(separator: ", ")
    call.emit(
      .note(
        Text(
          "\(counted(places.count)) on \(list) \(places.count == 1 ? "stays" : "stay") with \(trainer.name)",
          zh: "\(list) 上的 \(places.count) 个钩子留在 \(trainer.name)")(call.language)))
  }

  /// What a fork has other than its origin, `opt_G.lr 0.0002 → 1e-05`; nil when nothing differs.
  static func changed(from origin: any Trainer, to copy: any Trainer) -> Text? {
    let before = Dictionary(origin.settings.map { ($0.name, $0.value) }) { first, _ in first }
    let changes = copy.settings.filter { before[$0.name] != $0.value }.map { setting in
      "\(setting.name) \(before[setting.name].map { "\($0) → " } ?? "")\(setting.value)"
    }
    guard !changes.isEmpty else { return nil }
    let list = changes.joined(separator: ", ")
    let step = origin.state.step
    return Text("forked at step \(step): \(list)", zh: "在第 \(step) 步分叉：\(list)")
  }

  static func report(_ object: TrainerObject, _ remark: Text) -> ReportObject {
    let state = object.trainer.state
    return ReportObject(
      state.lastReport?.values ?? [], step: state.step,
      summary: Text(
        "\(object.name): step \(state.step) (\(remark(.english)))",
        zh: "\(object.name)：第 \(state.step) 步（\(remark(.chinese))）"))
  }
}

/// A snapshot given by its name or as itself.
enum SnapshotArgument: ValueConvertible {
  case name(String)
  case snapshot(SnapshotObject)

  static var typeName: String { "String or Snapshot" }

  static func convert(_ value: Value) -> SnapshotArgument? {
    if let name = String.convert(value) { return .name(name) }
    return SnapshotObject.convert(value).map(SnapshotArgument.snapshot)
  }

  var value: Value {
    switch self {
    case .name(let name): .string(name)
    case .snapshot(let object): object.value
    }
  }
}

extension [String] {
  /// Each once, in order.
  fileprivate var unique: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }

  /// Those that others do not have, as often as they are more.
  fileprivate func difference(from others: [String]) -> [String] {
    var left = others
    return filter { element in
      guard let index = left.firstIndex(of: element) else { return true }
      left.remove(at: index)
      return false
    }
  }
}
