// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import KernelSession

extension IOThread {
  /// Carries out what the dispatcher decided.
  func perform(_ action: Dispatcher.Action) {
    switch action {
    case .run(let request, let lane): run(request, on: lane)
    case .answer(let request): answer(request)
    case .abort(let request): respond(to: request) { Content.aborted(count: lastCount) }
    case .refuse(let request, let error): refuse(request, error)
    case .interrupt(let request):
      respond(to: request) {
        interruptRunning()
        return Content.ok
      }
    case .shutDown(let request, let restart): shutDown(request, restart: restart)
    case .open(let subshell, let request): respond(to: request) { openSubshell(subshell) }
    case .close(let subshell, let request):
      respond(to: request) {
        lanes.removeValue(forKey: .subshell(subshell))?.stop()
        sessions[.subshell(subshell)] = nil
        return Content.ok
      }
    }
  }

  /// Publishes busy, replies, publishes idle.
  func respond(to request: Request, with content: () -> JSON) {
    publish("status", Content.status(.busy), parent: request.rawHeader)
    let content = content()
    if let type = replyType(for: request.header.type), !request.identities.isEmpty {
      reply(type, content, to: request)
    }
    publish("status", Content.status(.idle), parent: request.rawHeader)
    repeatBusy()
  }

  /// Says again that a cell runs, after the idle status of something answered beside it.
  ///
  /// Clients take the last status for the state of the kernel, whatever it answers. This one answers nothing, so that
  /// no request has two.
  func repeatBusy() {
    guard dispatcher.running(on: .main) != nil else { return }
    publish("status", Content.status(.busy), parent: Composer.noParent)
  }

  /// Sends a reply on the channel of its request.
  func reply(_ type: String, _ content: JSON, to request: Request) {
    let channel: ConnectionFile.Channel = request.channel == .shell ? .shell : .control
    send(
      composer.compose(type, content, parent: request.rawHeader, identities: request.identities), on: channel)
  }

  /// Sends on iopub.
  func publish(_ type: String, _ content: JSON, parent: [UInt8]) {
    send(composer.publish(type, content, parent: parent), on: .iopub)
  }

  private func run(_ request: Request, on lane: Dispatcher.Lane) {
    if lane == .comms { return hear(request) }
    if lane == .main { lastParent = request.rawHeader }
    lanes[lane]?.hand(request)
  }

  /// Gives a message of a widget to the thread on which widgets are heard, which starts with the first one.
  private func hear(_ request: Request) {
    if commLane == nil {
      let lane = CommLane(
        links: CellLinks(composer: composer, outbox: outbox), board: board, comms: comms, log: log)
      do throws(ThreadError) {
        try lane.start()
        commLane = lane
      } catch {
        log.say(.error, "cannot start a thread: error \(error.code)")
      }
    }
    commLane?.hand(request)
  }

  /// Executes code that a panel asks for, as if a client had sent it; nobody waits for a reply.
  func submit(_ code: String) {
    let content: JSON = ["code": .string(code), "allow_stdin": false]
    guard
      let message = try? WireMessage(frames: composer.compose("execute_request", content)),
      let request = try? Request(message, on: .shell)
    else { return }
    for action in dispatcher.received(request) { perform(action) }
  }

  private func answer(_ request: Request) {
    guard let snapshot = sessions[.main]?.snapshots.current else { return }
    respond(to: request) {
      do throws(RequestError) {
        return try content(for: request, Answers(snapshot: snapshot))
      } catch {
        return .object(Content.refusal(error))
      }
    }
  }

  private func content(for request: Request, _ answers: Answers) throws(RequestError) -> JSON {
    let fields = try request.fields()
    switch request.type {
    case .kernelInfo: return KernelInfo(version: options.version, banner: sessions[.main]?.banner ?? "").content
    case .complete: return answers.complete(try CompleteRequest(fields))
    case .inspect: return answers.inspect(try InspectRequest(fields))
    case .isComplete: return answers.isComplete(try fields.string("code"))
    case .history: return answers.history(try HistoryRequest(fields))
    case .commInfo: return comms.information(target: try fields.optionalString("target_name"))
    case .listSubshells:
      return ["status": "ok", "subshell_id": .array(dispatcher.subshells.map { .string($0) })]
    default: throw .unknownType(request.header.type)
    }
  }

  private func refuse(_ request: Request, _ error: RequestError) {
    log.sayRarely(.info, "refused \(request.header.type): \(error)")
    respond(to: request) {
      let more = request.type == .execute ? [JSON.Member("execution_count", .integer(lastCount))] : []
      return .object(Content.refusal(error) + more)
    }
  }

  private func openSubshell(_ name: String) -> JSON {
    guard open(.subshell(name)) else {
      return .object(
        [JSON.Member("status", "error")]
          + Content.error("SystemError", "no room for another thread", traceback: []))
    }
    return ["status": "ok", "subshell_id": .string(name)]
  }
}
