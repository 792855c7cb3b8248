// SPDX-License-Identifier: Apache-2.0

/// Decides what happens to each request, and in which order; knows no socket and no thread.
///
/// Requests that execute wait in lanes, one running at a time in each. Questions are answered at once, also while a
/// cell runs. Whoever owns the dispatcher carries out the actions in the order given.
public struct Dispatcher: Sendable {
  /// Where requests wait their turn.
  public enum Lane: Sendable, Hashable {
    /// Cells.
    case main
    /// Cells of one subshell.
    case subshell(String)
    /// What widgets say; never waits for a cell.
    case comms
  }

  /// What the owner does.
  public enum Action: Sendable, Hashable {
    /// Execute it on a lane, which is free.
    case run(Request, on: Lane)
    /// Answer it at once.
    case answer(Request)
    /// Tell that it is not executed, because one before it failed.
    case abort(Request)
    /// Tell what is wrong with it.
    case refuse(Request, RequestError)
    /// Stop the running cell, and say yes.
    case interrupt(Request)
    /// Say yes and end the process.
    case shutDown(Request, restart: Bool)
    /// Start the thread of a subshell, and tell its name.
    case open(subshell: String, Request)
    /// End the thread of a subshell when it has finished, and say yes.
    case close(subshell: String, Request)
  }

  private struct Waiting: Sendable {
    var running: Request?
    var queue = FIFO<Request>()
  }

  /// Most subshells that may be open.
  public static let mostSubshells = 32

  private var lanes: [Lane: Waiting] = [.main: Waiting(), .comms: Waiting()]
  private var isStopping = false

  /// Makes a dispatcher with nothing to do.
  public init() {}

  /// The cell that runs on a lane.
  public func running(on lane: Lane) -> Request? { lanes[lane]?.running }

  /// The names of the open subshells, sorted.
  public var subshells: [String] {
    lanes.keys.compactMap { if case .subshell(let name) = $0 { name } else { nil } }.sorted()
  }

  /// Takes a verified request.
  ///
  /// - Parameters:
  ///   - request: What came.
  ///   - name: Makes the name of a new subshell.
  /// - Returns: What to do.
  public mutating func received(_ request: Request, naming name: () -> String = randomName) -> [Action] {
    do throws(RequestError) {
      return try actions(for: request, naming: name)
    } catch {
      return [.refuse(request, error)]
    }
  }

  /// Notes that the running request of a lane failed: those that wait on it are aborted, and the lane stays taken
  /// until `finished`.
  public mutating func failed(_ lane: Lane) -> [Action] {
    takeWaiting(on: lane).map { .abort($0) }
  }

  /// Notes that the running request of a lane has ended and been answered.
  public mutating func finished(_ lane: Lane) -> [Action] {
    guard lanes[lane]?.running != nil else { return [] }
    lanes[lane]?.running = nil
    guard !isStopping, let next = lanes[lane]?.queue.popFirst() else { return [] }
    lanes[lane]?.running = next
    return [.run(next, on: lane)]
  }

  /// Ends everything: what waits is aborted, and nothing is run any more.
  public mutating func stop() -> [Action] {
    isStopping = true
    return lanes.keys.flatMap { takeWaiting(on: $0) }.map { .abort($0) }
  }

  private mutating func actions(for request: Request, naming name: () -> String) throws(RequestError) -> [Action] {
    guard let type = request.type else { throw .unknownType(request.header.type) }
    if let wanted = type.onlyChannel, wanted != request.channel {
      throw .wrongChannel(type: type.rawValue, wanted: wanted.rawValue)
    }
    _ = try Fields(parsing: request.metadata, frame: "metadata")
    switch type {
    case .execute: return try enqueue(request, on: lane(of: request))
    case .commOpen, .commMessage, .commClose: return try enqueue(request, on: .comms)
    case .interrupt: return [.interrupt(request)]
    case .shutdown: return [.shutDown(request, restart: try request.fields().bool("restart", default: false))]
    case .createSubshell: return try openSubshell(request, naming: name)
    case .deleteSubshell: return try closeSubshell(request)
    default: return [.answer(request)]
    }
  }

  private func lane(of request: Request) throws(RequestError) -> Lane {
    guard let name = request.header.subshell else { return .main }
    guard lanes[.subshell(name)] != nil else { throw .unknownSubshell(name) }
    return .subshell(name)
  }

  private mutating func enqueue(_ request: Request, on lane: Lane) throws(RequestError) -> [Action] {
    guard !isStopping else { return [.abort(request)] }
    guard lanes[lane]?.running != nil else {
      lanes[lane]?.running = request
      return [.run(request, on: lane)]
    }
    lanes[lane]?.queue.append(request)
    return []
  }

  private mutating func openSubshell(_ request: Request, naming name: () -> String) throws(RequestError) -> [Action] {
    guard subshells.count < Self.mostSubshells else { throw .tooManySubshells(limit: Self.mostSubshells) }
    let name = name()
    lanes[.subshell(name)] = Waiting()
    return [.open(subshell: name, request)]
  }

  private mutating func closeSubshell(_ request: Request) throws(RequestError) -> [Action] {
    let name = try request.fields().string("subshell_id")
    guard lanes[.subshell(name)] != nil else { throw .unknownSubshell(name) }
    let waiting = takeWaiting(on: .subshell(name))
    lanes[.subshell(name)] = nil
    return waiting.map { .abort($0) } + [.close(subshell: name, request)]
  }

  /// Takes the cells that wait on a lane; what else waits there stays, and so do the kernel's own requests, which have
  /// no identity: a panel asks for them in the knowledge that the cell will be stopped.
  private mutating func takeWaiting(on lane: Lane) -> [Request] {
    lanes[lane]?.queue.removeAll { $0.type == .execute && !$0.identities.isEmpty } ?? []
  }
}
