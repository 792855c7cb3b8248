// SPDX-License-Identifier: Apache-2.0
public import Language

/// One conversation: executes code, remembers it, and answers questions about it through its snapshots.
///
/// A session belongs to the thread that executes. Other threads use `interrupt` and `snapshots` only.
public final class Session {
  /// What can be chosen when a session starts.
  public struct Options {
    /// The language in which the session talks.
    public var language: MessageLanguage
    /// What the front can draw, asked whenever something is shown; a notebook is a canvas without colours or graphics.
    public var canvas: () -> TerminalCanvas
    /// The file in which inputs are kept; nil keeps them nowhere.
    public var historyPath: String?
    /// Whether help pages are shown in the order of the output; else they are returned beside it.
    public var showsPages: Bool
    /// What `%set` can change in the front.
    public var settings: [Setting]
    /// What `%doctor` finds out about the front.
    public var checks: () -> [Check]

    /// Makes options; the defaults suit a notebook.
    public init(
      language: MessageLanguage = .english, canvas: @escaping () -> TerminalCanvas = { TerminalCanvas() },
      historyPath: String? = nil, showsPages: Bool = false, settings: [Setting] = [],
      checks: @escaping () -> [Check] = { [] }
    ) {
      self.language = language
      self.canvas = canvas
      self.historyPath = historyPath
      self.showsPages = showsPages
      self.settings = settings
      self.checks = checks
    }
  }

  /// Stops the running cell.
  public let interrupt = Interrupt()
  /// The newest picture of the session.
  public let snapshots: SnapshotBox
  /// What has been typed.
  public let history: History
  /// The number of the last counted cell; 0 before the first.
  public internal(set) var executionCount = 0
  /// The language in which the session talks.
  public internal(set) var language: MessageLanguage

  let table: BuiltinTable
  let services: HostServices
  let options: Options
  let magics: [Magic]
  let stage: Stage
  let evaluator: Evaluator
  var sketcher: Sketcher
  var record = SessionRecord()
  var recipes = RecipeLog()
  /// How deep `%run` is inside itself.
  var runDepth = 0
  var outcome = Outcome()

  /// What a running cell leaves behind besides its output.
  struct Outcome {
    var wantsExit = false
    var nextInput: String?
    var opensEditor = false
  }

  /// Starts a session with the builtins of `table`.
  public init(table: BuiltinTable, services: HostServices = HostServices(), options: Options = Options()) {
    self.table = table
    self.services = services
    self.options = options
    language = options.language
    magics = Magic.own + services.magics
    history = History(path: options.historyPath)
    stage = Stage(interrupt: interrupt, canvas: options.canvas, host: services.makeState())
    evaluator = Evaluator(table: table, surroundings: stage)
    let knowledge = Knowledge(table: table, magics: magics, dataSetNames: services.dataSetNames)
    sketcher = Sketcher(knowledge)
    snapshots = SnapshotBox(SessionSnapshot(knowledge: knowledge, history: history, language: language))
    stage.session = self
    sketcher.note(settings: settings.map { ($0.name, $0.choices) })
    takeSnapshot()
  }

  /// The lines with which a front greets.
  public var banner: String {
    Text(
      """
      easel \(Release.version) — GAN and VAE training, step by step.
      ?: help   %tour: 3-minute tour   中文: %lang zh
      """,
      zh: """
        easel \(Release.version) — 逐步训练 GAN 与 VAE。
        ?: 帮助   %tour: 三分钟导览   English: %lang en
        """
    )(language)
  }

  /// Puts the newest state where other threads see it.
  func takeSnapshot() {
    sketcher.update(from: evaluator)
    snapshots.replace(
      with: SessionSnapshot(knowledge: sketcher.knowledge, history: history, language: language))
  }
}
