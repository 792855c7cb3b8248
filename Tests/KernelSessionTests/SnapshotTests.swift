// SPDX-License-Identifier: Apache-2.0
import Glibc
import KernelSession
import Language
import Synchronization
import Testing

/// The toys' gate is shared, so these tests run one after the other.
@Suite(.serialized) struct SnapshotTests {
  @Test func `questions are answered while a cell runs, from the last finished statement`() {
    let session = Session.toy()
    let snapshots = session.snapshots
    let seen = Mutex<[String]>([])
    Toys.gate.withLock {
      $0 = {
        // Another thread asks; the cell waits for its answer.
        let thread = Answer { snapshots.current.complete("new", at: 3).matches.map(\.text) }
        seen.withLock { $0 = thread.wait() }
      }
    }
    session.run("newborn = 1; wait; newest = 2")
    #expect(seen.withLock { $0 } == ["newborn"])
    #expect(snapshots.current.complete("new", at: 3).matches.map(\.text) == ["newborn", "newest"])
  }

  @Test func `an endless loop stops when it is asked to, and keeps its variables`() {
    let session = Session.toy()
    let interrupt = session.interrupt
    Toys.gate.withLock { $0 = { _ = interrupt.request() } }
    let text = session.run("n = 0\nrepeat { n += 1; if n == 3 { wait } }")
    #expect(text.hasPrefix("Interrupted"))
    #expect(session.run("n") == "3\n")
  }

  @Test func `a cell that was interrupted says so in its status`() {
    let session = Session.toy()
    let interrupt = session.interrupt
    Toys.gate.withLock { $0 = { _ = interrupt.request() } }
    let execution = session.execute(ExecutionRequest("wait; repeat { }"), to: RecordingSink())
    guard case .interrupted(let failure) = execution.status else {
      Issue.record("status \(execution.status)")
      return
    }
    #expect(failure.className == "Interrupted")
  }

  @Test func `completeness follows the table's verbs`() {
    let snapshot = Session.toy().snapshots.current
    #expect(snapshot.completeness(of: "step gan 100") == .complete)
    #expect(snapshot.completeness(of: "for i in range(3) {") == .incomplete(indent: 2))
    #expect(snapshot.completeness(of: "x = )") == .invalid)
  }
}

/// What another thread answers.
private final class Answer: Sendable {
  private let result = Mutex<[String]?>(nil)

  init(_ question: @escaping @Sendable () -> [String]) {
    KernelSession.Thread.start { [self] in
      let answer = question()
      result.withLock { $0 = answer }
    }
  }

  func wait() -> [String] {
    while true {
      if let answer = result.withLock({ $0 }) { return answer }
      sched_yield()
    }
  }
}
