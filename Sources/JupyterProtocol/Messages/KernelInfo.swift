// SPDX-License-Identifier: Apache-2.0

/// Who the kernel is, and how clients should treat its language.
public struct KernelInfo: Sendable, Hashable {
  /// The version of Easel.
  public var version: String
  /// What a console shows first.
  public var banner: String

  /// Makes the answer for one version.
  public init(version: String, banner: String) {
    self.version = version
    self.banner = banner
  }

  /// Content of `kernel_info_reply`.
  public var content: JSON {
    [
      "status": "ok", "protocol_version": .string(Composer.version), "implementation": "easel",
      "implementation_version": .string(version), "language_info": languageInfo, "banner": .string(banner),
      "debugger": false, "supported_features": ["kernel subshells"],
      "help_links": [],
    ]
  }

  /// The cells look enough like Python for its highlighting, which every client has.
  ///
  /// Notebooks also know lines that start with `%` by the mode; exports use the lexer that needs nothing installed.
  private var languageInfo: JSON {
    [
      "name": "easel", "version": .string(version), "mimetype": "text/x-easel", "file_extension": ".easel",
      "pygments_lexer": "python3", "codemirror_mode": ["name": "ipython", "version": 3],
    ]
  }
}
