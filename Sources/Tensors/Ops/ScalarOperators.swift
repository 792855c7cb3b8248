// SPDX-License-Identifier: Apache-2.0

// A number beside a tensor: a float number makes the result float, a whole number leaves integers integers.

extension Tensor {
  private static func beside(_ x: Tensor, _ number: Int) throws(TensorError) -> Tensor {
    x.dtype == .float32 ? try Tensor(Double(number)) : try Tensor(Int64(number))
  }

  /// Adds a number to each element.
  public static func + (x: Tensor, number: Double) throws(TensorError) -> Tensor { try x + Tensor(number) }
  /// Adds a number to each element.
  public static func + (number: Double, x: Tensor) throws(TensorError) -> Tensor { try Tensor(number) + x }
  /// Adds a whole number to each element.
  public static func + (x: Tensor, number: Int) throws(TensorError) -> Tensor { try x + beside(x, number) }
  /// Adds a whole number to each element.
  public static func + (number: Int, x: Tensor) throws(TensorError) -> Tensor { try beside(x, number) + x }

  /// Subtracts a number from each element.
  public static func - (x: Tensor, number: Double) throws(TensorError) -> Tensor { try x - Tensor(number) }
  /// Subtracts each element from a number.
  public static func - (number: Double, x: Tensor) throws(TensorError) -> Tensor { try Tensor(number) - x }
  /// Subtracts a whole number from each element.
  public static func - (x: Tensor, number: Int) throws(TensorError) -> Tensor { try x - beside(x, number) }
  /// Subtracts each element from a whole number.
  public static func - (number: Int, x: Tensor) throws(TensorError) -> Tensor { try beside(x, number) - x }

  /// Multiplies each element by a number.
  public static func * (x: Tensor, number: Double) throws(TensorError) -> Tensor { try x * Tensor(number) }
  /// Multiplies each element by a number.
  public static func * (number: Double, x: Tensor) throws(TensorError) -> Tensor { try Tensor(number) * x }
  /// Multiplies each element by a whole number.
  public static func * (x: Tensor, number: Int) throws(TensorError) -> Tensor { try x * beside(x, number) }
  /// Multiplies each element by a whole number.
  public static func * (number: Int, x: Tensor) throws(TensorError) -> Tensor { try beside(x, number) * x }

  /// Divides each element by a number.
  public static func / (x: Tensor, number: Double) throws(TensorError) -> Tensor { try x / Tensor(number) }
  /// Divides a number by each element.
  public static func / (number: Double, x: Tensor) throws(TensorError) -> Tensor { try Tensor(number) / x }
  /// Divides each element by a whole number; the result is float.
  public static func / (x: Tensor, number: Int) throws(TensorError) -> Tensor { try x / Tensor(Double(number)) }
  /// Divides a whole number by each element; the result is float.
  public static func / (number: Int, x: Tensor) throws(TensorError) -> Tensor { try Tensor(Double(number)) / x }
}
