// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import KernelSession
import Testing

@testable import JupyterFront

@Suite struct OutboxTests {
  let outbox: Outbox
  let start = ContinuousClock.now
  let parent: [UInt8] = [1]

  init() throws {
    outbox = Outbox(bell: try #require(Bell()))
  }

  @Test("Text is gathered until something follows it, and stays in front of that")
  func gathering() {
    for number in 0..<100 { outbox.put("\(number)\n", to: .standardOutput, parent: parent) }
    #expect(taken(at: start) == [], "more may come")
    outbox.put(frames("result"))
    #expect(taken(at: start) == [(0..<100).map { "\($0)\n" }.joined(), "result"])
  }

  @Test("Text that nothing follows goes out when its time is up")
  func patience() throws {
    outbox.put("a", to: .standardOutput, parent: parent)
    var rate = SendingRate(now: start)
    let (item, retry) = outbox.next(now: start, rate: &rate)
    #expect(item == nil)
    let due = try #require(retry)
    #expect(taken(at: due) == ["a"])
  }

  @Test("Full text goes out at once, cut between characters")
  func full() {
    // Less than would make who puts it in wait: nobody takes anything out meanwhile.
    let text = String(repeating: "äö😀", count: 15_000)
    outbox.put(text, to: .standardOutput, parent: parent)
    outbox.put(frames("end"))
    var pieces = taken(at: start)
    #expect(pieces.popLast() == "end")
    #expect(pieces.joined() == text)
    #expect(pieces.allSatisfy { $0.utf8.count <= TextRun.fullSize + 64 })
    #expect(pieces.count <= 1 + text.utf8.count / (TextRun.fullSize - 4))
  }

  @Test("Text of two cells is never mixed")
  func parents() {
    outbox.put("a", to: .standardOutput, parent: [1])
    outbox.put("b", to: .standardOutput, parent: [2])
    outbox.put(frames("end"))
    #expect(taken(at: start) == ["a", "b", "end"])
  }

  @Test("A display that comes too fast is replaced by its successor, and the last is sent when the cell ends")
  func holding() {
    let due = start + .seconds(1)
    for number in 0..<5 {
      outbox.hold(HeldDisplay(parent: parent, due: due) { [Array("\(number)".utf8)] }, id: "x")
    }
    outbox.hold(HeldDisplay(parent: [9], due: due) { [Array("other cell".utf8)] }, id: "y")
    #expect(taken(at: start) == [])
    outbox.releaseAll(parent: parent)
    #expect(taken(at: start) == ["4"])
    #expect(taken(at: due) == ["other cell"])
    #expect(outbox.isEmpty)
  }

  @Test("Who puts in too much waits until there is room, and nothing is lost")
  func backPressure() throws {
    let outbox = outbox
    let parent = parent
    try Thread.start("producer") {
      for number in 0..<3000 {
        outbox.put("\(number)" + String(repeating: ".", count: 1000), to: .standardOutput, parent: parent)
      }
      outbox.put(.nativeOutput)
    }
    var text = ""
    var rate = SendingRate(now: .now, isUnlimited: true)
    var isOver = false
    while !isOver {
      switch outbox.next(now: .now, rate: &rate).item {
      case .text(let run): text += run.pieces.map(\.text).joined()
      case .nativeOutput: isOver = true
      default: break
      }
    }
    #expect(text == (0..<3000).map { "\($0)" + String(repeating: ".", count: 1000) }.joined())
  }

  @Test("When the process ends nobody waits any more")
  func closing() {
    outbox.close()
    for _ in 0..<1000 { outbox.put(String(repeating: "x", count: 1000), to: .standardOutput, parent: parent) }
    #expect(!outbox.isEmpty)
  }

  @Test("The streams keep their order until they alternate too often; then each keeps its own")
  func streams() {
    var run = TextRun(parent: parent, now: start)
    run.append("o1", to: .standardOutput)
    run.append("e1", to: .standardError)
    run.append("o2", to: .standardOutput)
    #expect(run.pieces.map(\.text) == ["o1", "e1", "o2"])
    for number in 0..<100 {
      run.append("o\(number)", to: .standardOutput)
      run.append("e\(number)", to: .standardError)
    }
    #expect(run.pieces.count == TextRun.mostPieces)
    let errors = run.pieces.filter { $0.stream == .standardError }.map(\.text).joined()
    #expect(errors == "e1" + (0..<100).map { "e\($0)" }.joined())
  }

  private func frames(_ text: String) -> Outbox.Item {
    .frames(.iopub, [Array(text.utf8)], cost: 0)
  }

  /// What can be taken at a moment, as text.
  private func taken(at now: ContinuousClock.Instant) -> [String] {
    var rate = SendingRate(now: now)
    var found: [String] = []
    while let item = outbox.next(now: now, rate: &rate).item {
      switch item {
      case .frames(_, let frames, _): found.append(String(decoding: frames.joined(), as: UTF8.self))
      case .text(let run): found += run.pieces.map(\.text)
      default: found.append("?")
      }
    }
    return found
  }
}

@Suite struct SendingRateTests {
  @Test("No three seconds carry more than Jupyter Server passes on, however much is offered")
  func window() {
    var now = ContinuousClock.now
    let start = now
    var rate = SendingRate(now: now)
    var sent: [(at: Duration, bytes: Int)] = []
    while now - start < .seconds(20) {
      let bytes = sent.count % 3 == 0 ? 60_000 : 100
      if let later = rate.take(messages: 1, bytes: bytes, now: now) {
        now = later
      } else {
        sent.append((now - start, bytes))
      }
    }
    for (first, _) in sent {
      let window = sent.filter { $0.at >= first && $0.at < first + .seconds(3) }
      #expect(window.reduce(0) { $0 + $1.bytes } <= 3_000_000)
      #expect(window.count <= 3000)
    }
    let total = sent.reduce(0) { $0 + $1.bytes }
    #expect(total > 20 * 600_000, "and not much less than that")
  }

  @Test("What is larger than a whole burst goes out all the same")
  func large() {
    var rate = SendingRate(now: .now)
    #expect(rate.take(messages: 1, bytes: 10_000_000, now: .now) == nil)
  }

  @Test("Messages without a cost never wait")
  func free() {
    let now = ContinuousClock.now
    var rate = SendingRate(now: now)
    _ = rate.charge(bytes: 50_000_000, now: now)
    #expect(rate.take(messages: 0, bytes: 0, now: now) == nil)
    #expect(rate.take(messages: 1, bytes: 1, now: now) != nil)
  }
}
