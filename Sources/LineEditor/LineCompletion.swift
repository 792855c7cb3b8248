// SPDX-License-Identifier: Apache-2.0

/// What a line could become.
public struct LineCompletion {
  /// The byte at which the texts take the place of what stands before the cursor.
  public var start: Int
  /// The texts that fit.
  public var texts: [String]
  /// Writes the list to show below the line when several fit; lines end in newlines.
  public var list: () -> String

  /// Makes a completion; by default nothing fits.
  public init(start: Int = 0, texts: [String] = [], list: @escaping () -> String = { "" }) {
    self.start = start
    self.texts = texts
    self.list = list
  }
}
