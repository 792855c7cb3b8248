// SPDX-License-Identifier: Apache-2.0

/// What `kernel.json` tells clients about starting this kernel.
public struct KernelSpec: Sendable, Hashable {
  /// The absolute path of the program.
  public var executable: String
  /// What launchers show.
  public var displayName: String

  /// Makes the specification of a program at an absolute path.
  public init(executable: String, displayName: String = "Easel") {
    precondition(executable.hasPrefix("/"), "A kernel is started from any folder, so its path is absolute.")
    self.executable = executable
    self.displayName = displayName
  }

  /// The text of `kernel.json`.
  public var json: JSON {
    [
      "argv": [.string(executable), "kernel", "--connection-file", "{connection_file}"],
      "display_name": .string(displayName), "language": "easel", "interrupt_mode": "message",
      "kernel_protocol_version": .string(Composer.version),
      "metadata": ["supported_encryption": ["curve"], "debugger": false],
    ]
  }
}
