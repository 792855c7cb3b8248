// SPDX-License-Identifier: Apache-2.0
import Tensors

/// One array in NumPy's `.npy` format, versions 1 to 3.
public enum NPYFile {
  private static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]  // \x93NUMPY

  /// Reads a file.
  ///
  /// Throws when it cannot be read, is damaged or cut off, or holds objects, texts or numbers of another byte order.
  public static func read(_ path: String) throws(TensorFileError) -> NumPyArray {
    let file = try FileReading(path)
    return try decode(file.bytes(at: 0, count: file.size))
  }

  /// Writes a file whole or not at all.
  ///
  /// Throws when it cannot be written.
  public static func write(_ array: NumPyArray, to path: String) throws(TensorFileError) {
    let header = header(of: array)
    try writeAtomically(path) { (file) throws(TensorFileError) in
      try file.write(header)
      try file.write(array.bytes)
    }
  }

  /// Reads the bytes of a file.
  ///
  /// Throws when they are damaged or cut off, or hold what no tensor can.
  public static func decode(_ bytes: [UInt8]) throws(TensorFileError) -> NumPyArray {
    guard bytes.count >= 10, Array(bytes[..<6]) == magic, (1...3).contains(bytes[6]) else {
      throw .malformed(format: "npy", what: "it does not begin as such a file does")
    }
    let start = bytes[6] == 1 ? 10 : 12
    guard bytes.count >= start else { throw .malformed(format: "npy", what: "the file is cut off") }
    let length = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= bytes.count - start else { throw .malformed(format: "npy", what: "the header is cut off") }
    let header = try NPYHeader(String(decoding: bytes[start..<start + length], as: UTF8.self))
    let elements = Array(bytes[(start + length)...])
    if !header.isColumnMajor || header.shape.rank < 2 {
      return try NumPyArray(type: header.type, shape: header.shape, bytes: elements)
    }
    let reversed = Shape(header.shape.dimensions.reversed())
    let stored = try NumPyArray(type: header.type, shape: reversed, bytes: elements)
    return try NumPyArray(type: header.type, shape: header.shape, bytes: rowMajor(stored))
  }

  /// The bytes of a file.
  public static func encode(_ array: NumPyArray) -> [UInt8] {
    header(of: array) + array.bytes
  }

  /// The elements of an array whose axes are stored in the opposite order.
  private static func rowMajor(_ stored: NumPyArray) -> [UInt8] {
    let size = stored.type.size
    let sizes = Array(stored.shape.dimensions.reversed())
    var steps = [Int](repeating: size, count: sizes.count)
    for axis in 1..<sizes.count { steps[axis] = steps[axis - 1] * sizes[axis - 1] }
    var result: [UInt8] = []
    result.reserveCapacity(stored.bytes.count)
    var index = [Int](repeating: 0, count: sizes.count)
    var place = 0
    for _ in 0..<stored.shape.count {
      result.append(contentsOf: stored.bytes[place..<place + size])
      var axis = sizes.count - 1
      while axis >= 0 {
        index[axis] += 1
        place += steps[axis]
        if index[axis] < sizes[axis] { break }
        place -= steps[axis] * sizes[axis]
        index[axis] = 0
        axis -= 1
      }
    }
    return result
  }

  private static func header(of array: NumPyArray) -> [UInt8] {
    let sizes = array.shape.dimensions.map { "\($0)" }
    let shape = sizes.count == 1 ? "(\(sizes[0]),)" : "(\(sizes.joined(separator: ", ")))"
    var text = "{'descr': '\(array.type.numPy)', 'fortran_order': False, 'shape': \(shape), }"
    while (10 + text.utf8.count + 1) % 64 != 0 { text += " " }
    text += "\n"
    return magic + [1, 0] + littleEndian([UInt16(text.utf8.count)]) + Array(text.utf8)
  }
}
