// SPDX-License-Identifier: Apache-2.0

/// The numbers of all examples in one block, shared by every cut of a data set.
enum ExampleStorage: Sendable {
  /// Bytes 0 … 255, meant as 0 … 1; the first `offset` bytes are a file's header, kept to save a copy.
  case bytes([UInt8], offset: Int)
  /// Numbers as they are.
  case floats([Float], bounds: ValueRange)

  /// Numbers with their range found.
  static func floats(_ numbers: [Float]) -> ExampleStorage {
    var lower = Float.infinity
    var upper = -Float.infinity
    for number in numbers where number.isFinite {
      lower = min(lower, number)
      upper = max(upper, number)
    }
    return .floats(numbers, bounds: lower <= upper ? ValueRange(lower, upper) : .unit)
  }

  /// Numbers from outside with their range found.
  ///
  /// - Throws: `DatasetError.notFinite` if one is NaN or infinite: nothing can be learnt from such data.
  static func floats(_ numbers: [Float], examples: Int, path: String) throws(DatasetError) -> ExampleStorage {
    if let place = numbers.firstIndex(where: { !$0.isFinite }), examples > 0 {
      let size = max(numbers.count / examples, 1)
      let affected = (0..<examples).count { index in
        numbers[index * size..<min((index + 1) * size, numbers.count)].contains { !$0.isFinite }
      }
      throw .notFinite(
        path: path, number: "\(numbers[place].isNaN ? "NaN" : "an infinite number")", example: place / size,
        affected: affected, count: examples)
    }
    return floats(numbers)
  }

  /// How many numbers there are.
  var count: Int {
    switch self {
    case .bytes(let bytes, let offset): bytes.count - offset
    case .floats(let numbers, _): numbers.count
    }
  }

  /// The range before any change of scale.
  var bounds: ValueRange {
    switch self {
    case .bytes: .unit
    case .floats(_, let bounds): bounds
    }
  }

  /// Whether the numbers are bytes.
  var isBytes: Bool {
    switch self {
    case .bytes: true
    case .floats: false
    }
  }
}
