// SPDX-License-Identifier: Apache-2.0
import Tensors

/// The header of an `.npy` file: a Python table such as
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
struct NPYHeader {
  let type: ElementType
  let isColumnMajor: Bool
  let shape: Shape

  init(_ text: String) throws(TensorFileError) {
    var scanner = HeaderScanner(text)
    var values: [String: HeaderScanner.Value] = [:]
    try scanner.expect("{")
    while !scanner.skip("}") {
      let key = try scanner.string()
      try scanner.expect(":")
      values[key] = try scanner.value()
      if !scanner.skip(",") {
        try scanner.expect("}")
        break
      }
    }
    guard case .flag(let isColumnMajor)? = values["fortran_order"], case .numbers(let sizes)? = values["shape"],
      case .text(let word)? = values["descr"]
    else { throw .malformed(format: "npy", what: "the header lacks descr, fortran_order or shape") }
    guard let type = ElementType(numPy: word) else {
      throw .unsupported(format: "npy", what: "elements of type \(word)")
    }
    self.type = type
    self.isColumnMajor = isColumnMajor
    shape = Shape(sizes)
  }
}

/// Reads the few Python literals that the header is made of.
private struct HeaderScanner {
  enum Value {
    case text(String)
    case flag(Bool)
    case numbers([Int])
  }

  private var rest: Substring.UnicodeScalarView

  init(_ text: String) { rest = text.unicodeScalars[...] }

  static var malformed: TensorFileError { .malformed(format: "npy", what: "the header is not a table of its kind") }

  mutating func skip(_ token: String) -> Bool {
    while let first = rest.first, first == " " || first == "\n" || first == "\t" { rest.removeFirst() }
    guard rest.starts(with: token.unicodeScalars) else { return false }
    rest.removeFirst(token.unicodeScalars.count)
    return true
  }

  mutating func expect(_ token: String) throws(TensorFileError) {
    guard skip(token) else { throw Self.malformed }
  }

  mutating func string() throws(TensorFileError) -> String {
    let quote: Unicode.Scalar = skip("\"") ? "\"" : "'"
    if quote == "'" { try expect("'") }
    guard let end = rest.firstIndex(of: quote) else { throw Self.malformed }
    defer { rest = rest[rest.index(after: end)...] }
    return String(rest[..<end])
  }

  mutating func value() throws(TensorFileError) -> Value {
    if skip("True") { return .flag(true) }
    if skip("False") { return .flag(false) }
    if skip("[") { throw .unsupported(format: "npy", what: "elements with fields") }
    guard skip("(") else { return .text(try string()) }
    var numbers: [Int] = []
    while !skip(")") {
      numbers.append(try number())
      if !skip(",") {
        try expect(")")
        break
      }
    }
    return .numbers(numbers)
  }

  private mutating func number() throws(TensorFileError) -> Int {
    _ = skip("")
    let digits = rest.prefix { $0.properties.numericType == .decimal && $0.isASCII }
    guard let value = Int(String(digits)) else { throw Self.malformed }
    rest.removeFirst(digits.count)
    _ = skip("L")
    return value
  }
}

extension ElementType {
  private static let letters: [(String, ElementType)] = [
    ("b1", .bool), ("u1", .uint8), ("i1", .int8), ("u2", .uint16), ("i2", .int16), ("u4", .uint32), ("i4", .int32),
    ("u8", .uint64), ("i8", .int64), ("f2", .float16), ("f4", .float32), ("f8", .float64),
  ]

  /// The type that a word such as `<f4` names; those with the most significant byte first are not read.
  fileprivate init?(numPy word: String) {
    guard let order = word.first, "<|=".contains(order),
      let found = Self.letters.first(where: { $0.0 == word.dropFirst() }), order != "|" || found.1.size == 1
    else { return nil }
    self = found.1
  }

  /// The word for the type; NumPy has none for bfloat16.
  var numPy: String {
    let letters = Self.letters.first { $0.1 == self }?.0 ?? "V2"
    return (size == 1 ? "|" : "<") + letters
  }
}
