// SPDX-License-Identifier: Apache-2.0
import KernelSession

/// Printed text of one cell that is still being gathered.
///
/// Keeps the order in which the two streams were written, until they alternate so often that the messages would
/// outnumber what clients take; from then on text joins the last piece of its stream.
struct TextRun: Sendable {
  /// Text of one stream.
  struct Piece: Sendable, Equatable {
    var stream: Output.Stream
    var text: String
  }

  /// How much is gathered before it is sent, in UTF-8 bytes.
  static let fullSize = 64 << 10
  /// Most pieces in which the streams alternate.
  static let mostPieces = 20
  /// How long text waits for more.
  static let patience = Duration.milliseconds(50)

  /// The header of the request that printed it.
  let parent: [UInt8]
  /// When it must go out.
  let due: ContinuousClock.Instant
  private(set) var pieces: [Piece] = []
  private(set) var size = 0

  init(parent: [UInt8], now: ContinuousClock.Instant) {
    self.parent = parent
    due = now + Self.patience
  }

  /// Whether it is sent without waiting for more.
  var isFull: Bool { size >= Self.fullSize }

  /// Adds text.
  mutating func append(_ text: String, to stream: Output.Stream) {
    size += text.utf8.count
    if let place = place(for: stream) {
      pieces[place].text += text
    } else {
      pieces.append(Piece(stream: stream, text: text))
    }
  }

  private func place(for stream: Output.Stream) -> Int? {
    if pieces.last?.stream == stream { return pieces.count - 1 }
    guard pieces.count >= Self.mostPieces else { return nil }
    return pieces.lastIndex { $0.stream == stream }
  }
}

extension String {
  /// The text in parts of at most `size` UTF-8 bytes, cut between characters of Unicode.
  func parts(ofAtMost size: Int) -> [Substring] {
    guard utf8.count > size else { return [self[...]] }
    var parts: [Substring] = []
    var rest = self[...]
    while rest.utf8.count > size {
      let limit = rest.utf8.index(rest.utf8.startIndex, offsetBy: size)
      var cut = limit
      while !rest.utf8.isScalarBoundary(cut) { cut = rest.utf8.index(before: cut) }
      parts.append(rest[..<cut])
      rest = rest[cut...]
    }
    if !rest.isEmpty { parts.append(rest) }
    return parts
  }
}

extension Substring.UTF8View {
  fileprivate func isScalarBoundary(_ index: Index) -> Bool {
    index == endIndex || self[index] & 0xC0 != 0x80
  }
}
