// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Tensors

/// The header of a safetensors file, checked.
struct SafetensorsHeader {
  static let format = "safetensors"
  /// As long as the reference implementation allows.
  static let longest = 100_000_000

  /// Where one tensor lies behind the header.
  struct Entry {
    let name: String
    let type: ElementType
    let shape: Shape
    let begin: Int
    let end: Int
  }

  /// How many bytes the header has.
  let length: Int
  let metadata: [String: String]
  /// In the order in which they lie in the file.
  let entries: [Entry]

  static func malformed(_ what: String) -> TensorFileError { .malformed(format: format, what: what) }

  /// The length of the header that the first eight bytes tell, or nil when there are fewer or it is out of range.
  static func length(_ prefix: [UInt8]) -> Int? {
    guard prefix.count == 8 else { return nil }
    return Int(exactly: prefix.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  /// Reads and checks the header of a file of `size` bytes, which `read` gives.
  init(
    prefix: [UInt8], size: Int, _ read: (Range<Int>) throws(TensorFileError) -> [UInt8]
  ) throws(TensorFileError) {
    guard let length = Self.length(prefix), length <= Self.longest, length <= size - 8 else {
      throw Self.malformed("the header's length goes beyond the file")
    }
    self.length = length
    let text = try read(8..<8 + length)
    guard text.first == UInt8(ascii: "{") else { throw Self.malformed("the header does not begin with {") }
    guard let parsed = try? JSONDecoder().decode([String: HeaderItem].self, from: Data(text)) else {
      throw Self.malformed("the header is not the JSON it should be")
    }
    metadata = try Self.notes(parsed["__metadata__"])
    var entries: [Entry] = []
    for (name, item) in parsed where name != "__metadata__" { entries.append(try Self.entry(name, item)) }
    entries.sort { ($0.begin, $0.end, $0.name) < ($1.begin, $1.end, $1.name) }
    self.entries = entries
    try Self.checkNoGaps(entries, bytes: size - 8 - length)
  }

  private static func notes(_ item: HeaderItem?) throws(TensorFileError) -> [String: String] {
    switch item {
    case nil: return [:]
    case .metadata(let notes): return notes
    case .tensor: throw malformed("__metadata__ is not a table of texts")
    }
  }

  private static func entry(_ name: String, _ item: HeaderItem) throws(TensorFileError) -> Entry {
    guard case .tensor(let word, let sizes, let offsets) = item else {
      throw malformed("tensor \(name) lacks its type, shape or place")
    }
    guard let type = ElementType(safetensors: word) else {
      throw .unsupported(format: format, what: "elements of type \(word) in \(name)")
    }
    guard sizes.allSatisfy({ $0 >= 0 }), offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1] else {
      throw malformed("tensor \(name) has a negative size or place")
    }
    let shape = Shape(sizes)
    let (bytes, overflow) = shape.count.multipliedReportingOverflow(by: type.size)
    guard !overflow, bytes == offsets[1] - offsets[0] else {
      throw malformed("tensor \(name) of shape \(shape) has \(offsets[1] - offsets[0]) bytes")
    }
    return Entry(name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1])
  }

  private static func checkNoGaps(_ entries: [Entry], bytes: Int) throws(TensorFileError) {
    var end = 0
    for entry in entries {
      guard entry.begin == end else {
        throw malformed("tensor \(entry.name) overlaps another or leaves a gap")
      }
      end = entry.end
    }
    guard end == bytes else {
      throw malformed(end > bytes ? "the file is cut off" : "there are bytes behind the last tensor")
    }
  }
}

/// What stands behind a name in the header.
private enum HeaderItem: Decodable {
  case tensor(type: String, shape: [Int], offsets: [Int])
  case metadata([String: String])

  private enum Key: String, CodingKey {
    case dtype
    case shape
    case dataOffsets = "data_offsets"
  }

  init(from decoder: any Decoder) throws {
    if let table = try? decoder.container(keyedBy: Key.self), let type = try? table.decode(String.self, forKey: .dtype),
      let shape = try? table.decode([Int].self, forKey: .shape),
      let offsets = try? table.decode([Int].self, forKey: .dataOffsets)
    {
      self = .tensor(type: type, shape: shape, offsets: offsets)
    } else {
      self = .metadata(try [String: String](from: decoder))
    }
  }
}

// MARK: Writing

extension SafetensorsHeader {
  private struct Written: Encodable {
    let dtype: String
    let shape: [Int]
    let dataOffsets: [Int]

    private enum CodingKeys: String, CodingKey {
      case dtype
      case shape
      case dataOffsets = "data_offsets"
    }
  }

  /// The length and the header, filled up with blanks so that the elements begin at a multiple of eight.
  static func encode(_ file: SafetensorsFile) throws(TensorFileError) -> [UInt8] {
    var parts: [String] = []
    var seen: Set<String> = ["__metadata__"]
    var end = 0
    if !file.metadata.isEmpty { parts.append("\"__metadata__\":" + (try json(file.metadata))) }
    for (name, tensor) in file.tensors {
      guard seen.insert(name).inserted else { throw malformed("two tensors are named \(name)") }
      let type = ElementType(tensor.dtype)
      let begin = end
      end += tensor.count * type.size
      let entry = Written(dtype: type.safetensors, shape: tensor.shape.dimensions, dataOffsets: [begin, end])
      parts.append((try json(name)) + ":" + (try json(entry)))
    }
    var header = Array(("{" + parts.joined(separator: ",") + "}").utf8)
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    return littleEndian([UInt64(header.count)]) + header
  }

  private static func json(_ value: some Encodable) throws(TensorFileError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { throw malformed("a name cannot be written as JSON") }
    return String(decoding: data, as: UTF8.self)
  }
}

extension ElementType {
  private static let words: [(String, ElementType)] = [
    ("BOOL", .bool), ("U8", .uint8), ("I8", .int8), ("U16", .uint16), ("I16", .int16), ("U32", .uint32),
    ("I32", .int32), ("U64", .uint64), ("I64", .int64), ("F16", .float16), ("BF16", .bfloat16), ("F32", .float32),
    ("F64", .float64),
  ]

  /// The type that a word of the format names.
  init?(safetensors word: String) {
    guard let found = Self.words.first(where: { $0.0 == word }) else { return nil }
    self = found.1
  }

  /// The word of the format.
  var safetensors: String { Self.words.first { $0.1 == self }?.0 ?? "" }
}
