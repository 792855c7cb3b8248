// SPDX-License-Identifier: Apache-2.0
import CProcessor
import Synchronization

/// Threads that share out the chunks of one loop at a time.
///
/// Each thread has its own run of chunks, the same in every step, so that it finds in its caches what it wrote before;
/// who is done early helps the others. The calling thread works too. Waiting is a short spin, then yielding, then sleep:
/// an idle pool costs nothing and a busy neighbour is let in.
///
/// Unchecked: `body` is written only while `isBusy` is held and no chunk is out, and read only by who holds a chunk.
final class ThreadPool: @unchecked Sendable {
  static let shared = ThreadPool()

  /// More chunks do not fit into a ticket.
  static let mostChunks = 0xFFFF
  /// More threads are not used.
  static let mostThreads = 64

  private let isBusy = Atomic(false)
  private let completed = Atomic(0)
  private let workers = Atomic(0)
  private var body: ((Int) -> Void)?
  private let bell = JobBell()
  private let lanes: UnsafeMutablePointer<Lane>

  private init() {
    lanes = .allocate(capacity: Self.mostThreads)
    for i in 0..<Self.mostThreads { (lanes + i).initialize(to: Lane()) }
  }

  /// Runs `body` once for each chunk number, on up to so many threads; returns when all are done.
  ///
  /// When another thread uses the pool, the caller does all the work: the results are the same.
  func run(chunks: Int, threads: Int, _ body: (Int) -> Void) {
    precondition(chunks <= Self.mostChunks, "more chunks than a ticket can count")
    let threads = min(threads, chunks, Self.mostThreads)
    guard threads > 1, isBusy.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged else {
      for chunk in 0..<chunks { body(chunk) }
      return
    }
    start(workers: threads - 1)
    withoutActuallyEscaping(body) { body in
      self.body = body
      completed.store(0, ordering: .relaxed)
      let job = bell.next
      for lane in 0..<threads {
        (lanes + lane).pointee.open(job, chunks * lane / threads, chunks * (lane + 1) / threads)
      }
      bell.ring()
      work(from: 0, job)
      wait(for: chunks)
      self.body = nil
    }
    isBusy.store(false, ordering: .releasing)
  }

  /// Takes chunks from the thread's own lane, then from the others; those that this job did not open are empty.
  private func work(from first: Int, _ job: UInt32) {
    let lanes = workers.load(ordering: .relaxed) + 1
    for step in 0..<lanes {
      while let chunk = (self.lanes + (first + step) % lanes).pointee.take(job) {
        body?(chunk)
        completed.wrappingAdd(1, ordering: .releasing)
      }
    }
  }

  private func wait(for chunks: Int) {
    var spins = 0
    while completed.load(ordering: .acquiring) != chunks {
      spins += 1
      if spins < 300 { processorPause() } else { processorYield() }
    }
  }

  private func start(workers wanted: Int) {
    while workers.load(ordering: .relaxed) < wanted {
      let lane = workers.wrappingAdd(1, ordering: .relaxed).newValue
      startThread { [self] in
        _ = processorFlushDenormals()
        var job: UInt32 = 0
        while true {
          job = bell.wait(after: job)
          work(from: lane, job)
        }
      }
    }
  }
}
