// SPDX-License-Identifier: Apache-2.0
import CReadline
import Glibc

/// Reads lines from a terminal through GNU readline.
///
/// Readline's state belongs to the process, so a program makes one editor and uses it on one thread; `wake` alone may
/// be called from any thread.
public final class LineEditor {
  /// Completes the text typed so far on this line; `cursor` counts bytes.
  public typealias Completer = (_ line: String, _ cursor: Int) -> LineCompletion

  /// Answers the Tab key.
  public var completer: Completer?
  /// The completions that were asked for last, for the list below the line.
  private var lastCompletion = LineCompletion()

  /// Starts the editor.
  ///
  /// - Parameters:
  ///   - name: What `$if` in an inputrc file asks for.
  ///   - input: The descriptor to read keys from.
  ///   - output: The descriptor to draw on.
  /// - Throws: `LineEditorError` when a descriptor cannot be used.
  public init(name: String, input: Int32 = 0, output: Int32 = 1) throws(LineEditorError) {
    var callbacks = unsafe creadline_callbacks()
    // The editor lives as long as the process uses readline; readline calls back only inside `read`.
    unsafe callbacks.context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe callbacks.complete = unsafe completeLine
    unsafe callbacks.list = unsafe listCompletions
    // Readline keeps the name's address.
    guard let keptName = unsafe strdup(name) else { throw LineEditorError(code: ENOMEM) }
    let code = unsafe creadline_start(keptName, input, output, callbacks)
    guard code == 0 else { throw LineEditorError(code: code) }
  }

  deinit {
    creadline_forget_owner()
  }

  /// Reads one line, which holds several when a block was pasted or recalled.
  ///
  /// - Parameters:
  ///   - prompt: What stands before the line; escape codes in it must stand between U+0001 and U+0002.
  ///   - prefill: Text that is there already and can be changed.
  /// - Returns: The line, or why there is none.
  public func read(prompt: String, prefill: String = "") -> LineRead {
    var line: UnsafeMutablePointer<CChar>?
    switch unsafe creadline_read(prompt, prefill, &line) {
    case creadline_line:
      guard let line = unsafe line else { return .ended }
      defer { unsafe free(line) }
      return unsafe .line(String(cString: line))
    case creadline_interrupted: return .interrupted
    default: return .ended
    }
  }

  /// Remembers an entry for the arrow keys and Ctrl-R; it may have several lines.
  public func remember(_ entry: String, time: Int) {
    unsafe creadline_add_history(entry, time)
  }

  /// Forgets every remembered entry.
  public func forgetAll() {
    creadline_clear_history()
  }

  /// Gives back bytes that were read from the terminal in between; they are the next keys.
  public static func pushBack(_ bytes: [UInt8]) {
    unsafe creadline_push_back(bytes, bytes.count)
  }

  /// Asks the editor for something, from any thread.
  public static func wake(_ wish: Wish) {
    creadline_wake(creadline_wish(rawValue: wish.rawValue))
  }

  /// Whether a line is being read; any thread may ask.
  public static var isReading: Bool { creadline_is_reading() != 0 }

  /// What another thread may ask for.
  public enum Wish: UInt32, Sendable {
    /// Drop the line being edited.
    case interrupt = 0x69
    /// Learn the new size of the window.
    case resize = 0x77
    /// Give the terminal back and stop the process.
    case stop = 0x73
  }

  fileprivate func complete(_ line: String, at cursor: Int) -> [String]? {
    lastCompletion = completer?(line, cursor) ?? LineCompletion()
    guard !lastCompletion.texts.isEmpty else { return nil }
    let start = min(max(0, lastCompletion.start), line.utf8.count)
    let before = String(decoding: line.utf8.prefix(start), as: UTF8.self)
    return lastCompletion.texts.map { before + $0 }
  }

  fileprivate func list() -> String { lastCompletion.list() }
}

private func owner(_ context: UnsafeMutableRawPointer?) -> LineEditor? {
  guard let context = unsafe context else { return nil }
  return unsafe Unmanaged<LineEditor>.fromOpaque(context).takeUnretainedValue()
}

private func completeLine(
  _ context: UnsafeMutableRawPointer?, _ line: UnsafePointer<CChar>, _ point: Int32
) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
  guard let texts = unsafe owner(context)?.complete(String(cString: line), at: Int(point)),
    let memory = unsafe calloc(texts.count + 1, MemoryLayout<UnsafeMutablePointer<CChar>?>.stride)
  else { return nil }
  let array = unsafe memory.bindMemory(to: UnsafeMutablePointer<CChar>?.self, capacity: texts.count + 1)
  for (index, text) in texts.enumerated() { unsafe array[index] = unsafe strdup(text) }
  return unsafe array
}

private func listCompletions(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<CChar>? {
  guard let list = unsafe owner(context)?.list() else { return nil }
  return unsafe strdup(list)
}
