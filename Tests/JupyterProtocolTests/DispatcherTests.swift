// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import Testing

@Suite struct DispatcherTests {
  @Test("Cells run one at a time, in the order in which they came")
  func order() {
    var dispatcher = Dispatcher()
    let cells = (1...3).map { request("execute_request", "\($0)") }
    #expect(dispatcher.received(cells[0]) == [.run(cells[0], on: .main)])
    #expect(dispatcher.received(cells[1]) == [])
    #expect(dispatcher.received(cells[2]) == [])
    #expect(dispatcher.finished(.main) == [.run(cells[1], on: .main)])
    #expect(dispatcher.finished(.main) == [.run(cells[2], on: .main)])
    #expect(dispatcher.finished(.main) == [])
    #expect(dispatcher.running(on: .main) == nil)
    #expect(dispatcher.finished(.main) == [])
  }

  @Test("Questions are answered at once, also while a cell runs", arguments: [RequestChannel.shell, .control])
  func questions(channel: RequestChannel) {
    var dispatcher = Dispatcher()
    _ = dispatcher.received(request("execute_request"))
    for type in ["kernel_info", "complete", "inspect", "is_complete", "history", "comm_info"] {
      let question = request("\(type)_request", channel: channel)
      #expect(dispatcher.received(question) == [.answer(question)])
    }
  }

  @Test("A failure aborts the cells that had come, and no later one; the lane stays taken until it is finished")
  func failure() {
    var dispatcher = Dispatcher()
    let cells = (1...4).map { request("execute_request", "\($0)") }
    for cell in cells.dropLast() { _ = dispatcher.received(cell) }
    #expect(dispatcher.failed(.main) == [.abort(cells[1]), .abort(cells[2])])
    #expect(dispatcher.received(cells[3]) == [])
    #expect(dispatcher.finished(.main) == [.run(cells[3], on: .main)])
  }

  @Test("A failure does not abort what a panel asked for: that has no client, and was meant for afterwards")
  func failureSparesPanels() {
    var dispatcher = Dispatcher()
    let cells = ["1", "2"].map { request("execute_request", $0) }
    let command = request("execute_request", "3", identities: [])
    for cell in [cells[0], command, cells[1]] { _ = dispatcher.received(cell) }
    #expect(dispatcher.failed(.main) == [.abort(cells[1])])
    #expect(dispatcher.finished(.main) == [.run(command, on: .main)])
  }

  @Test("A failure aborts cells only: what widgets say is still heard")
  func failureSparesComms() {
    var dispatcher = Dispatcher()
    let first = request("comm_msg", "1")
    let second = request("comm_msg", "2")
    #expect(dispatcher.received(first) == [.run(first, on: .comms)])
    #expect(dispatcher.received(second) == [])
    #expect(dispatcher.failed(.comms) == [])
    #expect(dispatcher.finished(.comms) == [.run(second, on: .comms)])
  }

  @Test("Interrupt and shutdown are taken on both channels", arguments: [RequestChannel.shell, .control])
  func urgent(channel: RequestChannel) {
    var dispatcher = Dispatcher()
    let interrupt = request("interrupt_request", channel: channel)
    #expect(dispatcher.received(interrupt) == [.interrupt(interrupt)])
    let restart = request("shutdown_request", channel: channel, content: #"{"restart":true}"#)
    #expect(dispatcher.received(restart) == [.shutDown(restart, restart: true)])
    let odd = request("shutdown_request", channel: channel, content: #"{"restart":"yes"}"#)
    let error = RequestError.wrongType(field: "restart", wanted: "a boolean", found: "a string")
    #expect(dispatcher.received(odd) == [.refuse(odd, error)])
  }

  @Test("What cannot be carried out is refused with the reason")
  func refusals() {
    var dispatcher = Dispatcher()
    func refusal(_ request: Request) -> RequestError? {
      guard case .refuse(let refused, let error) = dispatcher.received(request).first, refused == request else {
        return nil
      }
      return error
    }
    #expect(refusal(request("debug_request", channel: .control)) == .unknownType("debug_request"))
    #expect(refusal(request("iopub_welcome")) == .unknownType("iopub_welcome"))
    #expect(
      refusal(request("execute_request", channel: .control))
        == .wrongChannel(type: "execute_request", wanted: "shell"))
    #expect(refusal(request("execute_request", subshell: "none")) == .unknownSubshell("none"))
    #expect(refusal(request("execute_request", metadata: "[]")) == .notAnObject(frame: "metadata"))
    #expect(dispatcher.running(on: .main) == nil)
  }

  @Test("A subshell runs beside the main shell, and ends when it is deleted")
  func subshells() {
    var dispatcher = Dispatcher()
    let create = request("create_subshell_request", channel: .control)
    #expect(dispatcher.received(create) { "s" } == [.open(subshell: "s", create)])
    #expect(dispatcher.subshells == ["s"])
    let main = request("execute_request", "1")
    let inside = request("execute_request", "2", subshell: "s")
    let waiting = request("execute_request", "3", subshell: "s")
    #expect(dispatcher.received(main) == [.run(main, on: .main)])
    #expect(dispatcher.received(inside) == [.run(inside, on: .subshell("s"))])
    #expect(dispatcher.received(waiting) == [])
    let delete = request("delete_subshell_request", channel: .control, content: #"{"subshell_id":"s"}"#)
    #expect(dispatcher.received(delete) == [.abort(waiting), .close(subshell: "s", delete)])
    #expect(dispatcher.finished(.subshell("s")) == [])
    #expect(dispatcher.subshells == [])
    #expect(dispatcher.received(delete) == [.refuse(delete, .unknownSubshell("s"))])
  }

  @Test("There is an end to the number of subshells")
  func subshellLimit() {
    var dispatcher = Dispatcher()
    for _ in 0..<Dispatcher.mostSubshells {
      _ = dispatcher.received(request("create_subshell_request", channel: .control))
    }
    let last = request("create_subshell_request", channel: .control)
    #expect(dispatcher.received(last) == [.refuse(last, .tooManySubshells(limit: Dispatcher.mostSubshells))])
  }

  @Test("After the end nothing runs any more")
  func stopping() {
    var dispatcher = Dispatcher()
    let cells = (1...3).map { request("execute_request", "\($0)") }
    for cell in cells.dropLast() { _ = dispatcher.received(cell) }
    #expect(dispatcher.stop() == [.abort(cells[1])])
    #expect(dispatcher.received(cells[2]) == [.abort(cells[2])])
    #expect(dispatcher.finished(.main) == [])
  }

  @Test("A long queue is emptied in order")
  func longQueue() {
    var queue = FIFO<Int>()
    for number in 0..<1000 { queue.append(number) }
    #expect(queue.removeAll { $0 % 2 == 1 }.count == 500)
    #expect(queue.first == 0 && queue.last == 998 && queue.popLast() == 998)
    var taken: [Int] = []
    while let next = queue.popFirst() { taken.append(next) }
    #expect(taken == Array(stride(from: 0, to: 998, by: 2)))
    #expect(queue.isEmpty && queue.first == nil && queue.last == nil && queue.popLast() == nil)
  }

  private func request(
    _ type: String, _ name: String = "1", channel: RequestChannel = .shell, subshell: String? = nil,
    metadata: String = "{}", content: String = "{}", identities: [[UInt8]] = [[1]]
  ) -> Request {
    let subshell = subshell.map { #","subshell_id":"\#($0)""# } ?? ""
    let message = WireMessage(
      identities: identities,
      header: Array(#"{"msg_id":"\#(name)","msg_type":"\#(type)"\#(subshell)}"#.utf8), metadata: Array(metadata.utf8),
      content: Array(content.utf8))
    guard let request = try? Request(message, on: channel) else { preconditionFailure("The header is good.") }
    return request
  }
}
