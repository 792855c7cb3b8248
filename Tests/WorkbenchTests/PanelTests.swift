// SPDX-License-Identifier: Apache-2.0
import KernelSession
import Language
import Synchronization
import Testing

@testable import Workbench

/// A page without a browser: keeps what is shown, and lets a test press things.
private final class Page: PanelHost, PanelHandle {
  struct State: Sendable {
    var panel: Panel?
    var receive: (@Sendable (PanelEvent) -> Void)?
    var changes: [String: [PanelChange]] = [:]
    var commands: [String] = []
    var closed = 0
  }

  let state = Mutex(State())

  func show(_ panel: Panel, receive: @escaping @Sendable (PanelEvent) -> Void) -> any PanelHandle {
    state.withLock { state in
      state.panel = panel
      state.receive = receive
    }
    return self
  }

  func execute(_ code: String) { state.withLock { $0.commands.append(code) } }

  func update(_ id: String, _ change: PanelChange) {
    let (count, receive) = state.withLock { state in
      state.changes[id, default: []].append(change)
      return (state.changes[id]?.count ?? 0, state.receive)
    }
    // A user who acts while a cell runs: the first sight of a running training moves a slider.
    if id == "pause", change == .enabled(true), count > 0 { onRunning.withLock { $0 }?(receive) }
  }

  func close() { state.withLock { $0.closed += 1 } }

  /// What the user does when a training runs.
  let onRunning = Mutex<(@Sendable ((@Sendable (PanelEvent) -> Void)?) -> Void)?>(nil)

  func press(_ event: PanelEvent) { state.withLock { $0.receive }?(event) }

  /// The commands that were asked for since the last look.
  func commands() -> [String] {
    state.withLock { state in
      defer { state.commands = [] }
      return state.commands
    }
  }
}

private final class PageSink: OutputSink {
  let page: Page?
  var text = ""

  init(_ page: Page?) { self.page = page }

  var panels: (any PanelHost)? { page }

  func emit(_ output: Output) {
    switch output {
    case .text(let text, _): self.text += text
    case .result(let display, _), .display(let display, _): text += display.plain + "\n"
    default: break
    }
  }

  func readLine(prompt: String, password: Bool) throws(InputError) -> String { throw .notAllowed }
}

@Suite struct PanelTests {
  private let page = Page()
  private let session = Session(
    table: WorkbenchTable.make(),
    services: HostServices(
      makeState: { WorkbenchState() }, inputStarts: { ($0 as? WorkbenchState)?.beginInput($1) },
      inputEnds: { ($0 as? WorkbenchState)?.endInput() }, fingerprint: WorkbenchTable.fingerprint,
      streamStatement: { ($0 as? WorkbenchState)?.streamStatement }))

  init() {
    run("gan = GAN(dataset(\"digits\", limit=200), z=16, batch=32, arch=\"small\")")
  }

  @discardableResult
  private func run(_ code: String, shows: Bool = true) -> String {
    let sink = PageSink(shows ? page : nil)
    let execution = session.execute(ExecutionRequest(code), to: sink)
    return sink.text + (execution.failure.map { $0.message } ?? "")
  }

  @Test("A panel has what one wants to do with a training")
  func controls() throws {
    run("panel gan")
    let panel = try #require(page.state.withLock { $0.panel })
    let names = panel.rows.flatMap { $0 }.map(\.id)
    for name in ["run", "pause", "step", "rewind", "part", "opt_G", "opt_D", "losses", "samples", "norms", "head"] {
      #expect(names.contains(name), "\(name)")
    }
    #expect(panel.plain.contains("step gan 100") && !panel.plain.contains("\n"))
  }

  @Test("A front without controls says so in one line, with what to type")
  func plain() {
    let said = run("panel gan", shows: false)
    #expect(said.contains("step gan 100") && said.filter { $0 == "\n" }.count == 1)
    #expect(run("panel GAN(dataset(\"digits\", limit=200))").contains("needs a variable"))
  }

  @Test("While nothing runs, every action is the command it stands for")
  func commands() {
    run("step gan 120")
    run("panel gan")
    for event: PanelEvent in [
      .pressed("step"), .pressed("rewind"), .moved("opt_D", to: 0.000123456), .chosen("part", 1), .pressed("step"),
      .pressed("run"), .chosen("part", 99), .pressed("nothing"), .switched("step", isOn: true),
    ] { page.press(event) }
    let parts = ["step gan 1", "goto gan 100", "gan.opt_D.lr = 0.000123"]
    let commands = page.commands()
    #expect(commands.prefix(3) == parts[...])
    #expect(commands.count == 5)
    #expect(commands[3].hasPrefix("step gan 1 only=") && commands[4].hasPrefix("step gan 1000000 only="))
    for command in commands.dropLast() { run(command) }
    #expect(run("gan.steps").contains("101"))
    #expect(run("gan.opt_D.lr").contains("0.000123"))
    #expect(run("%recipe gan").contains("goto gan 100"))
  }

  @Test("While a training runs it acts between two steps, and history and recipe have it as a command")
  func live() {
    run("panel gan")
    page.onRunning.withLock { action in
      action = { receive in
        receive?(.moved("opt_G", to: 0.001))
        receive?(.chosen("part", 1))
      }
    }
    run("step gan 9")
    #expect(page.commands() == [])
    #expect(run("gan.steps").contains("9"))
    #expect(run("gan.opt_G.lr").contains("0.001"))
    let recipe = run("%recipe gan")
    #expect(recipe.contains("gan.opt_G.lr = 0.001\nstep gan 7 only="), "\(recipe)")
    #expect(run("gan.history.notes").contains("opt_G.lr 0.0002 → 0.001"))
    #expect(run("%verify gan").contains("verified"))
  }

  @Test("Pause stops after the step, and Run goes on with the rest")
  func pause() {
    run("panel gan")
    page.onRunning.withLock { $0 = { receive in receive?(.pressed("pause")) } }
    #expect(run("step gan 1000").contains("paused at step"))
    page.onRunning.withLock { $0 = nil }
    page.press(.pressed("run"))
    #expect(page.commands() == ["resume gan"])
    page.press(.pressed("pause"))
    #expect(run("resume gan").contains("paused"), "who presses Pause before the command begins means it too")
    #expect(run("%verify gan").contains("verified"))
  }

  @Test("Step and Rewind end a running training first")
  func stepWhileRunning() {
    run("panel gan")
    page.onRunning.withLock { $0 = { receive in receive?(.pressed("rewind")) } }
    #expect(run("step gan 1000").contains("paused at step"))
    #expect(page.commands() == ["goto gan 0"])
  }

  @Test("In a loop of one's own the change stands behind the loop in the recipe")
  func loops() {
    run("panel gan")
    page.onRunning.withLock { $0 = { receive in receive?(.moved("opt_G", to: 0.001)) } }
    run("for i in range(3) { step gan 1 }")
    #expect(run("%recipe gan").contains("}\ngan.opt_G.lr = 0.001"))
  }

  @Test("A slider moved while something else runs is set when that has ended")
  func later() {
    run("panel gan")
    run("x = 1")
    session.execute(ExecutionRequest("a = 1"), to: PageSink(page))
    page.press(.moved("opt_G", to: 0.01))
    #expect(page.commands() == ["gan.opt_G.lr = 0.01"])
  }

  @Test("A second panel takes the place of the first, and looking changes no bit of the training")
  func looking() {
    run("panel gan")
    run("panel gan")
    #expect(page.state.withLock { $0.closed } == 1)
    run("step gan 5")
    #expect(run("%verify gan").contains("verified"))
    let pictures = page.state.withLock { $0.changes["samples"]?.count ?? 0 }
    #expect(pictures >= 1)
  }

  @Test("Trainers of every kind have a panel", arguments: ["VAE(d, z=4)", "Classifier(d)", "GAN(dataset(\"ring8\"))"])
  func kinds(code: String) throws {
    run("d = dataset(\"digits\", limit=200)\nt = \(code)\npanel t")
    let panel = try #require(page.state.withLock { $0.panel })
    run("step t 2")
    #expect(!panel.rows.isEmpty)
    #expect(run("t.steps").contains("2"))
  }

  @Test("Bars of norms reach from one end to the other, whatever the norm")
  func shares() {
    #expect(PanelPieces.share(nil) == 0 && PanelPieces.share(0) == 0 && PanelPieces.share(.nan) == 0)
    #expect(PanelPieces.share(.infinity) == 1 && PanelPieces.share(1e-9) == 0)
    #expect(abs(PanelPieces.share(0.01) - 0.5) < 1e-9)
  }
}
