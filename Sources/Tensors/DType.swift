// SPDX-License-Identifier: Apache-2.0

/// What the elements of a tensor are.
public enum DType: UInt8, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// 32-bit floating point, the type of everything that is trained.
  case float32
  /// 64-bit signed integers: labels and positions.
  case int64
  /// Truth values, one byte each: the results of comparisons.
  case bool

  /// How many bytes an element takes.
  public var size: Int {
    switch self {
    case .float32: 4
    case .int64: 8
    case .bool: 1
    }
  }

  /// The short name: `f32`, `i64`, `bool`.
  public var description: String {
    switch self {
    case .float32: "f32"
    case .int64: "i64"
    case .bool: "bool"
    }
  }
}
