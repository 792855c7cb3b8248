// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import Language
import Synchronization
import Testing

@testable import JupyterFront

@Suite struct WidgetTests {
  let outbox: Outbox
  let comms = CommTable()
  let board: WidgetBoard
  let host: WidgetHost
  let panel = Panel(
    rows: [
      [
        .init("step", .button(label: "Step", icon: "step-forward", tooltip: "One step")),
        .init("rate", .slider(label: "rate", value: 1e-3, range: 1e-5...1e-1, step: 0.1, isLogarithmic: true)),
        .init("only", .choice(label: "only", options: ["both", "D", "G"], selected: 0)),
        .init("run", .toggle(label: "Run", icon: "play", isOn: false)),
      ],
      [
        .init("done", .progress(label: "step 0", fraction: 0)), .init("losses", .text(html: "<b>–</b>")),
        .init("grid", .picture(png: [1, 2, 3], width: 64, height: 64, alt: "samples")),
      ],
    ], plain: "a panel")

  init() throws {
    outbox = Outbox(bell: try #require(Bell()))
    let links = CellLinks(composer: Composer(signer: Signer(key: [])), outbox: outbox)
    board = WidgetBoard(links: links, comms: comms)
    host = WidgetHost(links: links, board: board, parent: Composer.noParent)
  }

  @Test("Every control is opened before the box that holds it, and the box is shown at last")
  func opening() throws {
    _ = host.show(panel) { _ in }
    let sent = try messages()
    #expect(sent.map(\.type) == [String](repeating: "comm_open", count: 11) + ["display_data"])
    var known: Set<String> = []
    for message in sent.dropLast() {
      let state = try #require(message.content["data"]?["state"])
      for child in state["children"]?.elements ?? [] {
        #expect(known.contains(String((child.text ?? "").dropFirst("IPY_MODEL_".count))))
      }
      known.insert(message.content["comm_id"]?.text ?? "")
      #expect(state["_model_module"] == "@jupyter-widgets/controls")
    }
    let view = sent.last?.content["data"]?["application/vnd.jupyter.widget-view+json"]
    #expect(view?["model_id"] == sent[10].content["comm_id"])
    #expect(sent.last?.content["data"]?["text/plain"] == "a panel")
    let picture = sent.first { $0.content["data"]?["state"]?["_model_name"] == "ImageModel" }
    #expect(picture?.buffers == [[1, 2, 3]])
    #expect(picture?.content["data"]?["buffer_paths"] == .array([.array(["value"])]))
  }

  @Test("What a user does arrives as an event, and nonsense arrives not at all")
  func events() throws {
    let heard = Mutex<[PanelEvent]>([])
    _ = host.show(panel) { event in heard.withLock { $0.append(event) } }
    let ids = try models()
    say(ids["ButtonModel"], ["method": "custom", "content": ["event": "click"]])
    say(ids["FloatLogSliderModel"], ["method": "update", "state": ["value": 0.01]])
    say(ids["ToggleButtonsModel"], ["method": "update", "state": ["index": 2]])
    say(ids["ToggleButtonModel"], ["method": "update", "state": ["value": true]])
    say(ids["FloatLogSliderModel"], ["method": "update", "state": ["value": 5]])
    say(ids["ToggleButtonsModel"], ["method": "update", "state": ["index": 9]])
    say(ids["ToggleButtonModel"], ["method": "update", "state": ["value": "x"]])
    say(ids["ButtonModel"], ["method": "custom", "content": 7])
    say(ids["ButtonModel"], ["method": 3])
    say(ids["ButtonModel"], .null)
    let expected: [PanelEvent] = [
      .pressed("step"), .moved("rate", to: 0.01), .chosen("only", 2), .switched("run", isOn: true),
    ]
    #expect(heard.withLock { $0 } == expected)
  }

  @Test("A page that is loaded later gets every widget as it is now")
  func reloading() throws {
    let shown = host.show(panel) { _ in }
    let ids = try models()
    shown.update("losses", .text(html: "<b>0.5</b>"))
    shown.update("grid", .picture(png: [9]))
    shown.update("unknown", .number(1))
    _ = try messages()
    board.addControl("page")
    say("page", ["method": "request_states"])
    let answer = try #require(try messages().first)
    let data = try #require(answer.content["data"])
    #expect(data["method"] == "update_states" && data["states"]?.members?.count == 11)
    #expect(data["states"]?[ids["HTMLModel"] ?? ""]?["state"]?["value"] == "<b>0.5</b>")
    #expect(answer.buffers == [[9]])
    let path = data["buffer_paths"]?.elements?.first?.elements?.compactMap(\.text)
    #expect(path == [ids["ImageModel"] ?? "", "state", "value"])
  }

  @Test("Changes that come too fast are left out, but not the last")
  func pacing() throws {
    let shown = host.show(panel) { _ in }
    _ = try messages()
    for number in 1...50 { shown.update("done", .number(Double(number) / 50)) }
    let soon = try messages()
    let later = try messages(at: .now + .seconds(1))
    #expect(soon.count + later.count <= 2)
    #expect((soon + later).last?.content["data"]?["state"]?["value"] == .number(1))
  }

  @Test("A panel that is closed is gone for clients")
  func closing() throws {
    let shown = host.show(panel) { _ in }
    #expect(comms.information(target: "jupyter.widget")["comms"]?.members?.count == 11)
    shown.close()
    #expect(comms.information(target: nil)["comms"]?.members?.count == 0)
    #expect(try messages().count(where: { $0.type == "comm_close" }) == 11)
  }

  private struct Sent {
    let type: String
    let content: JSON
    let buffers: [[UInt8]]
  }

  private func messages(at now: ContinuousClock.Instant = .now) throws -> [Sent] {
    var rate = SendingRate(now: now)
    var sent: [Sent] = []
    while let item = outbox.next(now: now, rate: &rate).item {
      guard case .frames(_, let frames, _) = item else { continue }
      let wire = try WireMessage(frames: frames)
      sent.append(
        Sent(
          type: try Header(parsing: wire.header).type, content: try JSON(parsing: wire.content), buffers: wire.buffers))
    }
    return sent
  }

  /// The identity of each widget that was opened, by its class.
  private func models() throws -> [String: String] {
    try messages().reduce(into: [:]) { ids, message in
      guard let name = message.content["data"]?["state"]?["_model_name"]?.text else { return }
      // The first of each class; the panel's own style sheet comes later.
      ids[name] = ids[name] ?? message.content["comm_id"]?.text
    }
  }

  private func say(_ comm: String?, _ data: JSON) {
    let header = Array(#"{"msg_id":"1","msg_type":"comm_msg"}"#.utf8)
    let content: JSON = ["comm_id": .string(comm ?? ""), "data": data]
    guard
      let request = try? Request(WireMessage(header: header, content: content.serialized), on: .shell),
      let message = try? CommMessage(request.fields(), type: .commMessage)
    else { return }
    _ = comms.receive(message, request)
  }
}
