// SPDX-License-Identifier: Apache-2.0

/// A message of Protocol Buffers that is written field by field.
///
/// A field is its number and kind, then its contents; see "Encoding" in the documentation of Protocol Buffers.
struct ProtocolBuffer {
  private(set) var bytes: [UInt8] = []

  /// A whole number.
  mutating func put(_ field: Int, _ value: Int64) {
    putKey(field, kind: 0)
    putVarint(UInt64(bitPattern: value))
  }

  /// A text.
  mutating func put(_ field: Int, _ text: String) {
    put(field, bytes: Array(text.utf8))
  }

  /// A float.
  mutating func put(_ field: Int, _ value: Float) {
    putKey(field, kind: 5)
    bytes += littleEndian([value.bitPattern])
  }

  /// Raw bytes.
  mutating func put(_ field: Int, bytes contents: [UInt8]) {
    putKey(field, kind: 2)
    putVarint(UInt64(contents.count))
    bytes += contents
  }

  /// A message inside this one.
  mutating func put(_ field: Int, _ write: (inout ProtocolBuffer) -> Void) {
    var inner = ProtocolBuffer()
    write(&inner)
    put(field, bytes: inner.bytes)
  }

  private mutating func putKey(_ field: Int, kind: Int) {
    putVarint(UInt64(field << 3 | kind))
  }

  /// Seven bits a byte, the lowest first; the eighth says that more follow.
  private mutating func putVarint(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
