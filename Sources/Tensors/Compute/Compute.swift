// SPDX-License-Identifier: Apache-2.0
import CProcessor
import Glibc
import Synchronization

/// How the calling thread computes: on how many threads, and when to give up.
public enum Compute {
  /// How many threads share a long operation: as many as there are cores, or `EASEL_THREADS`, unless set here.
  ///
  /// The results are the same for any number. Values below 1 count as 1.
  public static var threads: Int {
    get { ThreadState.current.pointee.threads }
    set { ThreadState.current.pointee.threads = Swift.max(1, Swift.min(newValue, ThreadPool.mostThreads)) }
  }

  /// Asked before and during every operation of more than a few microseconds; when it says true, the operation throws
  /// `TensorError.interrupted`.
  ///
  /// It is called on the thread that set it, a hundred times a second or more, and must be quick.
  public static var interruptCheck: (() -> Bool)? {
    get { ThreadState.current.pointee.shouldAbandon }
    set { ThreadState.current.pointee.shouldAbandon = newValue }
  }

  /// Returns the memory that the calling thread keeps for later tensors to the system.
  public static func releaseMemory() {
    ThreadState.current.pointee.buffers.drain()
  }

  /// As many as there are cores, or what the environment asks for.
  static let defaultThreads: Int = {
    let wish = getenv("EASEL_THREADS").flatMap { Int(String(cString: $0)) } ?? 0
    let count = wish > 0 ? wish : sysconf(Int32(_SC_NPROCESSORS_ONLN))
    return max(1, min(count, ThreadPool.mostThreads))
  }()
}

/// Work below this many nanoseconds is not worth a second thread.
private let worthSharing = 20_000.0
/// The longest that a chunk should take, so that an interrupt is seen in time.
private let longestChunk = 2_000_000.0

/// Runs a loop of `count` iterations in ranges, on several threads when that pays.
///
/// `cost` is a guess of the nanoseconds an iteration takes; ranges start at multiples of `grain`. How the loop is cut
/// depends on these alone, never on the number of threads. Throws when the session asks to give up; then part of the
/// iterations did not run.
func inRanges(
  _ count: Int, cost: Double, grain: Int = 1, _ body: (Range<Int>) -> Void
) throws(TensorError) {
  guard count > 0 else { return }
  let control = processorFlushDenormals()
  defer { processorSetFloatingPointControl(control) }
  let total = Double(count) * cost
  if total < worthSharing {
    body(0..<count)
    return
  }
  let state = ThreadState.current
  if state.pointee.shouldAbandon?() ?? false { throw .interrupted }
  if state.pointee.threads == 1 && total < longestChunk {
    body(0..<count)
    return
  }
  let wished = max(total / 16, worthSharing / 2)
  let size = roundedUp(max(Int(min(wished, longestChunk) / cost), count / (ThreadPool.mostChunks - 1) + 1), grain)
  let chunks = (count + size - 1) / size
  let isLong = total > longestChunk
  let abandoned = Atomic(false)
  let caller = pthread_self()
  ThreadPool.shared.run(chunks: chunks, threads: state.pointee.threads) { chunk in
    if abandoned.load(ordering: .relaxed) { return }
    body(chunk * size..<min((chunk + 1) * size, count))
    if isLong, pthread_equal(pthread_self(), caller) != 0, state.pointee.shouldAbandon?() ?? false {
      abandoned.store(true, ordering: .relaxed)
    }
  }
  if abandoned.load(ordering: .relaxed) { throw .interrupted }
}

/// Runs a loop of moves that is over before anybody could ask to give up, on several threads when that pays.
func inShortRanges(_ count: Int, cost: Double, _ body: (Range<Int>) -> Void) {
  let total = Double(count) * cost
  if total < worthSharing {
    body(0..<count)
    return
  }
  let chunks = min(count, max(Int(total / worthSharing), 16))
  ThreadPool.shared.run(chunks: chunks, threads: ThreadState.current.pointee.threads) { chunk in
    body(chunk * count / chunks..<(chunk + 1) * count / chunks)
  }
}

/// Throws when the session asks to give up; for loops that `inRanges` cannot cut.
func giveUpIfAsked() throws(TensorError) {
  if ThreadState.current.pointee.shouldAbandon?() ?? false { throw .interrupted }
}

private func roundedUp(_ value: Int, _ grain: Int) -> Int { (value + grain - 1) / grain * grain }
