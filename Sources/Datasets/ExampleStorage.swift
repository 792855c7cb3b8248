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
