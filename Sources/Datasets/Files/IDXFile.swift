// SPDX-License-Identifier: Apache-2.0

/// The file format of MNIST: a header of big-endian sizes, then the numbers.
///
/// Bytes 0 and 1 are zero, byte 2 is the type of the elements, byte 3 the number of dimensions; each dimension follows
/// as four bytes. Packed files (`.gz`) are read as they are.
public struct IDXFile: Sendable, Equatable {
  /// What an element is.
  public enum Element: UInt8, Sendable, CaseIterable {
    /// 0 … 255: pixels and labels.
    case unsignedByte = 0x08
    /// −128 … 127.
    case signedByte = 0x09
    /// 16 bits with a sign.
    case short = 0x0B
    /// 32 bits with a sign.
    case int = 0x0C
    /// 32-bit floating point.
    case float = 0x0D
    /// 64-bit floating point.
    case double = 0x0E

    /// How many bytes an element takes.
    public var size: Int {
      switch self {
      case .unsignedByte, .signedByte: 1
      case .short: 2
      case .int, .float: 4
      case .double: 8
      }
    }
  }

  /// What an element is.
  public let element: Element
  /// The sizes, the slowest first: [images, rows, columns] or [labels].
  public let dimensions: [Int]
  /// The whole file, unpacked; the numbers start at `payloadStart`.
  public let contents: [UInt8]

  /// Where the numbers start in `contents`.
  public var payloadStart: Int { 4 + 4 * dimensions.count }

  /// A file made of bytes.
  ///
  /// - Throws: `DatasetError.invalid` if the bytes are not as many as the dimensions say, or there are more than 255
  ///   dimensions or one beyond 32 bits.
  public init(bytes: [UInt8], dimensions: [Int]) throws(DatasetError) {
    let fits = dimensions.allSatisfy { $0 >= 0 && $0 <= Int(UInt32.max) } && (1...255).contains(dimensions.count)
    guard fits, product(dimensions) == bytes.count else {
      throw .invalid(argument: "dimensions", value: "\(dimensions)", allowed: "sizes whose product is \(bytes.count)")
    }
    var contents: [UInt8] = [0, 0, Element.unsignedByte.rawValue, UInt8(dimensions.count)]
    for size in dimensions {
      contents += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) }
    }
    self.init(element: .unsignedByte, dimensions: dimensions, contents: contents + bytes)
  }

  private init(element: Element, dimensions: [Int], contents: [UInt8]) {
    self.element = element
    self.dimensions = dimensions
    self.contents = contents
  }

  /// Reads a file, packed or not.
  ///
  /// - Throws: `DatasetError`: not there, not IDX, shorter or longer than its header says, damaged packing.
  public init(path: String) throws(DatasetError) {
    try self.init(contents: try FileBytes.read(path), path: path)
  }

  /// Understands the contents of a file; `path` only names it in errors.
  ///
  /// - Throws: `DatasetError`: not IDX, shorter or longer than its header says.
  public init(contents: [UInt8], path: String) throws(DatasetError) {
    guard contents.count >= 4 else { throw .truncated(path: path, expected: 4, found: contents.count) }
    let magic = bigEndian(contents, at: 0)
    guard magic >> 16 == 0, let element = Element(rawValue: contents[2]), contents[3] > 0 else {
      throw .wrongMagic(path: path, found: magic, expected: "0x00000801 (labels) or 0x00000803 (images)")
    }
    let rank = Int(contents[3])
    let start = 4 + 4 * rank
    guard contents.count >= start else { throw .truncated(path: path, expected: start, found: contents.count) }
    let dimensions = (0..<rank).map { Int(bigEndian(contents, at: 4 + 4 * $0)) }
    guard let count = product(dimensions), count <= FileBytes.sizeLimit / element.size else {
      throw .tooLarge(path: path, bytes: .max, limit: FileBytes.sizeLimit)
    }
    let expected = start + count * element.size
    guard contents.count >= expected else {
      throw .truncated(path: path, expected: expected, found: contents.count)
    }
    guard contents.count == expected else {
      throw .trailingBytes(path: path, expected: expected, found: contents.count)
    }
    self.init(element: element, dimensions: dimensions, contents: contents)
  }

  /// Writes the file whole or not at all; packs it when `path` ends in `.gz`.
  ///
  /// - Throws: `DatasetError.unwritable`.
  public func write(to path: String) throws(DatasetError) {
    try FileBytes.write(path.hasSuffix(".gz") ? packed(contents, for: path) : contents, to: path)
  }

  /// The numbers as float32, in order.
  public var floats: [Float] {
    let count = (contents.count - payloadStart) / element.size
    return (0..<count).map { number(at: $0) }
  }

  /// The element `index`, which must be inside.
  private func number(at index: Int) -> Float {
    let place = payloadStart + index * element.size
    switch element {
    case .unsignedByte: return Float(contents[place])
    case .signedByte: return Float(Int8(bitPattern: contents[place]))
    case .short: return Float(Int16(truncatingIfNeeded: Int(contents[place]) << 8 | Int(contents[place + 1])))
    case .int: return Float(Int32(bitPattern: bigEndian(contents, at: place)))
    case .float: return Float(bitPattern: bigEndian(contents, at: place))
    case .double:
      let upper = UInt64(bigEndian(contents, at: place))
      return Float(Double(bitPattern: upper << 32 | UInt64(bigEndian(contents, at: place + 4))))
    }
  }
}

/// The 32 bits at `place`, most significant first.
private func bigEndian(_ bytes: [UInt8], at place: Int) -> UInt32 {
  (0..<4).reduce(0) { $0 << 8 | UInt32(bytes[place + $1]) }
}

/// The product, or nil if it does not fit.
func product(_ sizes: [Int]) -> Int? {
  var result = 1
  for size in sizes {
    let (next, overflowed) = result.multipliedReportingOverflow(by: size)
    if overflowed { return nil }
    result = next
  }
  return result
}
