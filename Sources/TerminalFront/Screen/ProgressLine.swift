// SPDX-License-Identifier: Apache-2.0
import KernelSession
import Language

/// The live line of a run: redrawn in place on a terminal, a line at every tenth elsewhere.
struct ProgressLine {
  /// Redraws at most this often, in seconds.
  static let interval = 0.1
  /// Without a known end, a line this often, in seconds.
  static let patience = 30.0

  /// Whether a line is on the screen now.
  private(set) var isDrawn = false
  private var lastDrawn = -Double.infinity
  private var lastRun = ""
  private var lastTenth = 0

  /// The text that erases the line; the cursor is then at the start of an empty line.
  mutating func erase() -> String {
    guard isDrawn else { return "" }
    isDrawn = false
    return "\r\u{1B}[K"
  }

  /// The text that draws a new state in place; empty when the last one is too fresh, or when this is the last.
  mutating func redraw(_ progress: Output.Progress, columns: Int, at time: Double) -> String {
    if progress.isFinal {
      lastDrawn = -.infinity
      return erase()
    }
    guard time - lastDrawn >= ProgressLine.interval else { return "" }
    lastDrawn = time
    isDrawn = true
    return "\r" + DisplayWidth.prefix(of: progress.line, columns: columns - 1) + "\u{1B}[K"
  }

  /// The line to print for a new state where nothing can be redrawn; empty when nothing is due.
  mutating func print(_ progress: Output.Progress, at time: Double) -> String {
    if progress.id != lastRun {
      lastRun = progress.id
      lastTenth = 0
      lastDrawn = time
    }
    // The result of the run, which follows, says where it ended.
    if progress.isFinal { return "" }
    guard let fraction = progress.fraction, fraction.isFinite else {
      guard time - lastDrawn >= ProgressLine.patience else { return "" }
      lastDrawn = time
      return progress.line + "\n"
    }
    let tenth = Int((min(max(fraction, 0), 1) * 10).rounded(.down))
    guard tenth > lastTenth, tenth < 10 else { return "" }
    lastTenth = tenth
    return progress.line + "\n"
  }
}
