// SPDX-License-Identifier: Apache-2.0
import CReadline
import Glibc

/// The terminal that a descriptor leads to.
public enum Terminal {
  /// Notes the modes of the terminal, so that `restore`, a crash included, puts them back.
  ///
  /// Call it on the thread that executes: its spare stack serves the handler of a stack overflow.
  public static func guardModes(of descriptor: Int32 = 0) {
    creadline_guard_terminal(descriptor)
  }

  /// Puts the noted modes back; any thread may call it.
  public static func restore() {
    creadline_restore_terminal()
  }

  /// Chooses whether the terminal shows what is typed while nobody reads it.
  public static func setEcho(_ isOn: Bool, on descriptor: Int32 = 0) {
    var modes = termios()
    guard unsafe tcgetattr(descriptor, &modes) == 0 else { return }
    if isOn { modes.c_lflag |= tcflag_t(ECHO) } else { modes.c_lflag &= ~tcflag_t(ECHO) }
    unsafe tcsetattr(descriptor, TCSANOW, &modes)
  }

  /// Width and height in characters, or nil when `descriptor` is no terminal or does not know.
  public static func size(of descriptor: Int32 = 1) -> (columns: Int, rows: Int)? {
    var window = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
      return nil
    }
    return (Int(window.ws_col), Int(window.ws_row))
  }

  /// Takes the locale of the environment for the widths of characters.
  ///
  /// - Returns: Whether the environment's locale speaks UTF-8.
  @discardableResult
  public static func adoptLocale() -> Bool {
    creadline_set_locale() != 0
  }
}
