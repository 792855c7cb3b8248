// SPDX-License-Identifier: Apache-2.0
import KernelSession
import Testing

struct InterruptTests {
  @Test func `a request while nothing runs has no effect on the next cell`() {
    let interrupt = Interrupt()
    #expect(interrupt.request() == nil)
    _ = interrupt.begin()
    #expect(interrupt.level == .nothing)
  }

  @Test func `requests grow more urgent, up to abandoning`() {
    let interrupt = Interrupt()
    _ = interrupt.begin()
    #expect(interrupt.request() == .pause)
    #expect(interrupt.isRequested)
    #expect(interrupt.request() == .abandon)
    #expect(interrupt.request() == .abandon)
  }

  @Test func `a level can be asked for, and is never taken back`() {
    let interrupt = Interrupt()
    _ = interrupt.begin()
    #expect(interrupt.request(.abandon) == .abandon)
    #expect(interrupt.request(.pause) == .abandon)
  }

  @Test func `a request for one cell never hits another`() {
    let interrupt = Interrupt()
    let first = interrupt.begin()
    interrupt.end()
    let second = interrupt.begin()
    #expect(interrupt.request(for: first) == nil)
    #expect(!interrupt.isRequested)
    #expect(interrupt.request(for: second) == .pause)
    interrupt.end()
    #expect(interrupt.running == nil && interrupt.level == .nothing)
  }
}
