// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// Notices that the process which started the kernel is gone, so that no kernel is left behind.
struct ParentWatch: Sendable {
  /// Readable as soon as the parent has died, when the system offers that.
  let descriptor: Descriptor?
  /// The parent at the start, to look at now and then, when it does not.
  private let parent: pid_t?

  /// Watches the process that `JPY_PARENT_PID` names, if it is an ancestor; else whoever is the parent.
  ///
  /// The named process may live in another container, or have died and its number been given to a stranger.
  init(named text: String?) {
    if let text, let named = pid_t(text), named > 1, isAncestor(named) {
      // An ancestor that dies between the two calls hands us over to another parent, which is seen below.
      descriptor = Descriptor(linux_process_descriptor(named))
    } else {
      descriptor = nil
    }
    let parent = getppid()
    self.parent = descriptor == nil && text != nil && parent > 1 ? parent : nil
  }

  /// Whether `isParentGone` must be asked every second.
  var mustAsk: Bool { parent != nil }

  /// Whether the parent has changed.
  var isParentGone: Bool { parent.map { getppid() != $0 } ?? false }
}

/// Whether a process stands above this one.
private func isAncestor(_ wanted: pid_t) -> Bool {
  var process = getppid()
  for _ in 0..<64 where process > 1 {
    if process == wanted { return true }
    guard let parent = parent(of: process) else { return false }
    process = parent
  }
  return false
}

private func parent(of process: pid_t) -> pid_t? {
  guard let file = Descriptor(open("/proc/\(process)/stat", O_RDONLY | O_CLOEXEC)) else { return nil }
  // The name in parentheses may hold anything; the state and the parent follow the last of them.
  let text = String(decoding: file.read(limit: 1024), as: UTF8.self)
  guard let end = text.lastIndex(of: ")") else { return nil }
  let fields = text[text.index(after: end)...].split(separator: " ")
  return fields.count > 1 ? pid_t(fields[1]) : nil
}
