// SPDX-License-Identifier: Apache-2.0
import KernelSession
import Language
import Synchronization

/// A trainer that only counts.
final class ToyTrainer: HostObject {
  static var typeName: String { "Trainer" }
  static let fields: [Field<ToyTrainer>] = [
    Field("steps", Text("How many steps it has taken.", zh: "已训练的步数。")) { $0.steps },
    Field("rate", Text("The learning rate.", zh: "学习率。")) {
      $0.rate
    } write: { owner, rate, _ in
      owner.rate = rate
      owner.revision += 1
    },
  ]

  var steps = 0
  var rate = 0.5
  var revision = 0
  let parts = ["G": ToyPart(), "D": ToyPart()]

  func line(_ context: DisplayContext) -> String { "Trainer at step \(steps)" }
  func display(_ context: DisplayContext) -> Display { Display(line(context)) }
  var ownFieldNames: [String] { parts.keys.sorted() }
  func ownField(_ name: String, _ call: Call) -> Value? { parts[name].map { .host($0) } }
}

/// A part of the toy trainer.
final class ToyPart: HostObject {
  static var typeName: String { "Module" }
  func line(_ context: DisplayContext) -> String { "Module of one layer" }
  func display(_ context: DisplayContext) -> Display { Display(line(context)) }
}

/// What the toy builtins keep between calls.
final class ToyState {
  var inputs: [Int] = []
  var draws = 0
}

enum Toys {
  static let group = Group("toys", Text("Toys", zh: "玩具"))

  static let table = BuiltinTable(
    [make, step, rest, draw, undo, pick, load, wait], hostTypes: [ToyTrainer.self, ToyPart.self],
    topics: HelpTopic.session)

  /// Lets a test hold a running cell.
  static let gate = Mutex<(@Sendable () -> Void)?>(nil)

  static func services() -> HostServices {
    HostServices(
      makeState: { ToyState() }, inputStarts: { ($0 as? ToyState)?.inputs.append($1) },
      dataSetNames: ["digits", "mnist"],
      fingerprint: { value in
        guard case .host(let object) = value, let trainer = object as? ToyTrainer else { return nil }
        return "\(trainer.steps) \(trainer.rate)"
      },
      streamStatement: { ($0 as? ToyState).map { "draw \($0.draws)" } })
  }

  private static let make = Builtin(
    "Trainer", .constructor, in: group, Text("Makes a trainer.", zh: "创建训练器。"),
    Parameter<String?>("data", Text("The data.", zh: "数据。"), default: .nothing, among: .dataSets),
    examples: [Example("t = Trainer()")]
  ) { _, _ in ToyTrainer() }

  private static let step = Builtin(
    "step", .verb, in: group, Text("Takes steps.", zh: "训练若干步。"),
    Parameter<ToyTrainer>("trainer", Text("What to train.", zh: "训练对象。")),
    Parameter<Int>("n", Text("How many steps.", zh: "步数。"), default: 1),
    Parameter<String?>("only", Text("One part alone.", zh: "只训练一部分。"), default: .nothing, among: .partsOfFirstArgument),
    Parameter<String>("mode", Text("How.", zh: "方式。"), default: "fast", among: .words(["fast", "slow"])),
    examples: [Example("step t 2")], unfolds: "t.steps += 1"
  ) { call, trainer, n, _, _ in
    for _ in 0..<n where !call.interrupted() { trainer.steps += 1 }
    trainer.revision += 1
    try call.checkInterruption()
    return trainer.steps
  }

  private static let rest = Builtin(
    "rest", .verb, in: group, Text("Takes seven steps.", zh: "训练七步。"),
    Parameter<ToyTrainer>("trainer", Text("What to train.", zh: "训练对象。")), examples: [Example("rest t")]
  ) { call, trainer in
    trainer.steps += 7
    trainer.revision += 1
    call.evaluator.surroundings.amounts(to: "step gan 7", at: call.site)
    return trainer.steps
  }

  private static let draw = Builtin(
    "draw", .verb, in: group, Text("Draws from the session's stream.", zh: "从会话的随机流中取数。"),
    Parameter<Int?>("at", Text("Where the stream stands.", zh: "随机流的位置。"), default: .nothing),
    examples: [Example("draw")]
  ) { call, place in
    guard let state = call.host as? ToyState else { return 0 }
    state.draws = place ?? state.draws + 1
    return state.draws
  }

  private static let undo = Builtin(
    "undo", .verb, in: group, Text("Takes a step back.", zh: "撤销一步。"),
    Parameter<ToyTrainer>("trainer", Text("What to undo.", zh: "对象。")), examples: [Example("undo t")]
  ) { _, trainer in
    trainer.steps -= 1
    trainer.revision += 1
    return trainer.steps
  }

  private static let pick = Builtin(
    "pick", .function, in: group, Text("Takes anything.", zh: "接受任何值。"),
    Parameter<Value>("x", Text("Anything.", zh: "任何值。")),
    Parameter<Int>("size", Text("A size.", zh: "大小。"), default: 3), examples: [Example("pick(1)")]
  ) { _, value, _ in value }

  private static let load = Builtin(
    "load", .function, in: group, Text("Reads a file.", zh: "读取文件。"),
    Parameter<String>("path", Text("The file.", zh: "文件。"), among: .paths), examples: [Example("load(\"x\")")]
  ) { _, path in path }

  private static let wait = Builtin(
    "wait", .verb, in: group, Text("Waits for the test.", zh: "等待测试。"), examples: [Example("wait")]
  ) { _ in
    gate.withLock { $0 }?()
    return Nothing()
  }
}

/// Keeps what a session shows.
final class RecordingSink: OutputSink {
  var outputs: [Output] = []
  var lines: [String] = []

  func emit(_ output: Output) { outputs.append(output) }

  func readLine(prompt: String, password: Bool) throws(InputError) -> String {
    guard !lines.isEmpty else { throw .ended }
    return lines.removeFirst()
  }

  /// Everything shown, as text.
  var text: String {
    outputs.map { output in
      switch output {
      case .text(let text, _): text
      case .note(let line): line + "\n"
      case .display(let display, _), .update(let display, _), .result(let display, _): display.plain + "\n"
      case .progress, .clear: ""
      }
    }.joined()
  }
}

extension Session {
  /// A session with the toys.
  static func toy(historyPath: String? = nil, showsPages: Bool = true) -> Session {
    Session(
      table: Toys.table, services: Toys.services(),
      options: Options(historyPath: historyPath, showsPages: showsPages))
  }

  /// Runs cells and returns all they show, reports of errors included.
  @discardableResult
  func run(_ cells: String..., answering lines: [String] = []) -> String {
    let sink = RecordingSink()
    sink.lines = lines
    var text = ""
    for cell in cells {
      sink.outputs = []
      let execution = execute(ExecutionRequest(cell), to: sink)
      text += sink.text + (execution.failure.map { $0.lines.joined(separator: "\n") + "\n" } ?? "")
    }
    return text
  }
}
