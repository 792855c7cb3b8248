// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Named tensors with notes, in the format that Python's `safetensors` reads and writes.
///
/// A file is the length of a header (8 bytes), the header in JSON, and the elements of all tensors without gaps.
/// `F64`, `F16` and `BF16` become floats and whole numbers of any width `int64` when read.
public struct SafetensorsFile {
  /// The tensors in the order in which they are written.
  public var tensors: [(name: String, tensor: Tensor)]
  /// Notes: text by name.
  public var metadata: [String: String]

  /// Gathers what is to be written.
  public init(tensors: [(name: String, tensor: Tensor)] = [], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// The tensor of a name, or nil.
  public subscript(_ name: String) -> Tensor? {
    tensors.first { $0.name == name }?.tensor
  }

  /// Reads a file.
  ///
  /// Throws when it cannot be read, is damaged or cut off, or does not fit in memory.
  public init(contentsOf path: String) throws(TensorFileError) {
    let file = try FileReading(path)
    let header = try Self.header(of: file)
    metadata = header.metadata
    tensors = []
    let start = 8 + header.length
    for entry in header.entries {
      let bytes = try file.bytes(at: start + entry.begin, count: entry.end - entry.begin)
      tensors.append((entry.name, try Self.tensor(entry, bytes)))
    }
  }

  /// Reads only the notes of a file, however large it is.
  ///
  /// Throws when the file cannot be read or its header is damaged.
  public static func metadata(ofFileAt path: String) throws(TensorFileError) -> [String: String] {
    try header(of: FileReading(path)).metadata
  }

  /// Reads a file that is in memory.
  ///
  /// Throws when the bytes are damaged or cut off.
  public init(_ bytes: [UInt8]) throws(TensorFileError) {
    let header = try SafetensorsHeader(prefix: Array(bytes.prefix(8)), size: bytes.count) {
      (range) throws(TensorFileError) in Array(bytes[range])
    }
    metadata = header.metadata
    tensors = []
    let start = 8 + header.length
    for entry in header.entries {
      tensors.append((entry.name, try Self.tensor(entry, Array(bytes[start + entry.begin..<start + entry.end]))))
    }
  }

  private static func header(of file: borrowing FileReading) throws(TensorFileError) -> SafetensorsHeader {
    let prefix = try file.bytes(at: 0, count: min(8, file.size))
    let length = SafetensorsHeader.length(prefix) ?? 0
    guard length >= 0, length <= min(file.size - prefix.count, SafetensorsHeader.longest) else {
      throw SafetensorsHeader.malformed("the header's length goes beyond the file")
    }
    let text = try file.bytes(at: prefix.count, count: length)
    return try SafetensorsHeader(prefix: prefix, size: file.size) { (_) throws(TensorFileError) in text }
  }

  private static func tensor(_ entry: SafetensorsHeader.Entry, _ bytes: [UInt8]) throws(TensorFileError) -> Tensor {
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(TensorFileError) in
        try TensorFiles.tensor(of: buffer, entry.type, shape: entry.shape, format: SafetensorsHeader.format)
      }
    }
    return try result.get()
  }

  /// Writes a file whole or not at all.
  ///
  /// Throws when it cannot be written.
  public func write(to path: String) throws(TensorFileError) {
    let header = try SafetensorsHeader.encode(self)
    try writeAtomically(path) { (file) throws(TensorFileError) in
      try file.write(header)
      for (_, tensor) in tensors { try file.write(encoded(tensor)) }
    }
  }

  /// The bytes of the file.
  ///
  /// Throws when two tensors have one name.
  public func encode() throws(TensorFileError) -> [UInt8] {
    try SafetensorsHeader.encode(self) + tensors.flatMap { encoded($0.tensor) }
  }
}
