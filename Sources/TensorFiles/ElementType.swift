// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// How a file stores one number; always least significant byte first.
public enum ElementType: Sendable, Hashable, CaseIterable {
  /// Truth values of one byte, 0 or 1.
  case bool
  /// Whole numbers of 8 bits without sign, as pixels are.
  case uint8
  /// Whole numbers of 8 bits.
  case int8
  /// Whole numbers of 16 bits without sign.
  case uint16
  /// Whole numbers of 16 bits.
  case int16
  /// Whole numbers of 32 bits without sign.
  case uint32
  /// Whole numbers of 32 bits.
  case int32
  /// Whole numbers of 64 bits without sign.
  case uint64
  /// Whole numbers of 64 bits.
  case int64
  /// Half precision, IEEE 754.
  case float16
  /// The upper half of a single precision number.
  case bfloat16
  /// Single precision.
  case float32
  /// Double precision; rounded to single when read.
  case float64

  /// How many bytes a number takes.
  public var size: Int {
    switch self {
    case .bool, .uint8, .int8: 1
    case .uint16, .int16, .float16, .bfloat16: 2
    case .uint32, .int32, .float32: 4
    case .uint64, .int64, .float64: 8
    }
  }

  /// How a tensor's own elements are stored.
  public init(_ dtype: DType) {
    switch dtype {
    case .float32: self = .float32
    case .int64: self = .int64
    case .bool: self = .bool
    }
  }

  /// What the elements become in a tensor.
  public var dtype: DType {
    switch self {
    case .bool: .bool
    case .uint8, .int8, .uint16, .int16, .uint32, .int32, .uint64, .int64: .int64
    case .float16, .bfloat16, .float32, .float64: .float32
    }
  }
}
