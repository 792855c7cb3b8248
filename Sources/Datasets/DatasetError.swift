// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// What can go wrong with data: in a file, in a name, in a cut.
///
/// Each `description` is one line and names the file or argument at fault.
public enum DatasetError: Error, Sendable, Equatable {
  /// No file or folder is there.
  case notFound(path: String)
  /// The system refused; `reason` is its own text.
  case unreadable(path: String, reason: String)
  /// The system refused to write; `reason` is its own text.
  case unwritable(path: String, reason: String)
  /// The first four bytes are not those of an IDX file.
  case wrongMagic(path: String, found: UInt32, expected: String)
  /// Fewer bytes than the header promises.
  case truncated(path: String, expected: Int, found: Int)
  /// More bytes than the header promises.
  case trailingBytes(path: String, expected: Int, found: Int)
  /// The compressed stream is broken; `reason` says how.
  case damagedCompression(path: String, reason: String)
  /// The file asks for more than Easel will allocate.
  case tooLarge(path: String, bytes: Int, limit: Int)
  /// As many labels as images are needed.
  case countMismatch(path: String, images: Int, labels: Int)
  /// A label below 0 or above the largest allowed.
  case labelOutOfRange(path: String, row: Int, label: Int, classes: Int)
  /// A line of a CSV file could not be understood.
  case badRow(path: String, line: Int, reason: String)
  /// An image that is not of the size of the first.
  case sizeMismatch(path: String, expected: [Int], found: [Int])
  /// A file that is not an image Easel can read.
  case notAnImage(path: String, reason: String)
  /// An archive that lacks an array, or holds one of a wrong shape or type.
  case badArray(path: String, array: String, reason: String)
  /// A folder without what a data set needs.
  case nothingInside(path: String, wanted: String)
  /// A name nobody knows and that is no path either.
  case unknownName(name: String, known: [String])
  /// A known data set that is not on this machine.
  case missing(name: String, searched: [String], advice: String)
  /// No mirror gave the data; a reason for each, which begins with its address.
  case downloadFailed(name: String, reasons: [String])
  /// A file whose contents are not the published ones.
  case checksum(path: String, expected: String, found: String)
  /// An argument outside what it may be.
  case invalid(argument: String, value: String, allowed: String)
  /// An index outside the data.
  case outOfRange(index: Int, count: Int)
  /// Labels are needed and there are none.
  case unlabelled(name: String)
  /// Two data sets that cannot stand in one.
  case shapeMismatch(operation: String, left: [Int], right: [Int])
  /// No images at all.
  case empty(operation: String)
  /// Numbers that are NaN or infinite: in the first such example, and in how many examples in all.
  case notFinite(path: String, number: String, example: Int, affected: Int, count: Int)
  /// A fault of the tensors a batch is gathered into.
  case tensor(TensorError)
}

extension DatasetError: CustomStringConvertible {
  /// The fault in one English line.
  public var description: String {
    switch self {
    case .notFound(let path): "\(path): no such file or folder"
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .unwritable(let path, let reason): "\(path): cannot be written: \(reason)"
    case .wrongMagic(let path, let found, let expected):
      "\(path): not an IDX file: starts with \(hexadecimal(found)), expected \(expected)"
    case .truncated(let path, let expected, let found):
      "\(path): truncated: \(found) bytes where the header promises \(expected)"
    case .trailingBytes(let path, let expected, let found):
      "\(path): \(found) bytes where the header promises \(expected): \(found - expected) too many"
    case .damagedCompression(let path, let reason): "\(path): damaged compressed data: \(reason)"
    case .tooLarge(let path, let bytes, let limit): "\(path): needs \(bytes) bytes, the limit is \(limit)"
    case .countMismatch(let path, let images, let labels): "\(path): \(images) images but \(labels) labels"
    case .labelOutOfRange(let path, let row, let label, let classes):
      "\(path): label \(label) of image \(row) is not in 0 ..< \(classes)"
    case .badRow(let path, let line, let reason): "\(path), line \(line): \(reason)"
    case .sizeMismatch(let path, let expected, let found):
      "\(path): an image of \(shapeText(found)) among images of \(shapeText(expected))"
    case .notAnImage(let path, let reason): "\(path): not a PNG image that can be read: \(reason)"
    case .badArray(let path, let array, let reason): "\(path): array \"\(array)\": \(reason)"
    case .nothingInside(let path, let wanted): "\(path): holds no \(wanted)"
    case .notFinite(let path, let number, let example, let affected, let count):
      "\(path): example \(example) holds \(number)" + (affected > 1 ? "; \(affected) of \(count) examples do" : "")
    default: requestDescription
    }
  }

  /// The faults of a request, as against those of a file.
  private var requestDescription: String {
    switch self {
    case .unknownName(let name, let known):
      "no data set is called \"\(name)\" and no file is there; known: \(known.joined(separator: ", "))"
    case .missing(let name, let searched, let advice):
      "\(name) is not on this machine (searched \(searched.joined(separator: ", "))); \(advice)"
    case .downloadFailed(let name, let reasons): "\(name): no mirror gave it: \(reasons.joined(separator: "; "))"
    case .checksum(let path, let expected, let found):
      "\(path): SHA-256 is \(found.prefix(12))…, the published contents have \(expected.prefix(12))…"
    case .invalid(let argument, let value, let allowed): "\(argument) = \(value): must be \(allowed)"
    case .outOfRange(let index, let count): "index \(index) is outside 0 ..< \(count)"
    case .unlabelled(let name): "\(name) has no labels"
    case .shapeMismatch(let operation, let left, let right):
      "\(operation): images of \(shapeText(left)) and of \(shapeText(right))"
    case .empty(let operation): "\(operation): no images"
    case .tensor(let error): "\(error)"
    default: "a fault in the data"
    }
  }
}

private func hexadecimal(_ number: UInt32) -> String {
  let digits = String(number, radix: 16)
  return "0x" + String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits
}

/// A shape as people write it: `1×28×28`.
func shapeText(_ dimensions: [Int]) -> String {
  dimensions.map(String.init).joined(separator: "×")
}
