// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import JupyterFront

@Suite struct DisplayPaceTests {
  let start = ContinuousClock.now

  /// How many contents of so many bytes go out in ten seconds, when one is offered every millisecond.
  private func sent(bytes: Int) -> Int {
    let pace = DisplayPace()
    return (0..<10_000).count { millisecond in
      let now = start + .milliseconds(millisecond)
      guard pace.due(now: now) == nil else { return false }
      pace.note(bytes: bytes, now: now)
      return true
    }
  }

  @Test("A live display changes at most four times a second")
  func updates() {
    #expect(sent(bytes: 1000) == 40)
  }

  @Test("A live display takes at most 150 KB a second", arguments: [50_000, 150_000, 600_000])
  func bytes(size: Int) {
    let count = sent(bytes: size)
    // The one that is on its way when the time is up counts too.
    #expect((count - 1) * size <= 1_500_000)
    #expect(count * size >= 1_500_000, "and no less than it may")
  }

  @Test("What comes too early is told when it may go")
  func due() {
    let pace = DisplayPace()
    #expect(pace.due(now: start) == nil)
    pace.note(bytes: 300_000, now: start)
    #expect(pace.due(now: start + .milliseconds(10)) == start + .seconds(2))
  }
}
