// SPDX-License-Identifier: Apache-2.0
import Tensors

/// Makes a tensor of stored numbers.
///
/// Throws when there is not enough memory, a truth value is neither 0 nor 1, or a whole number does not fit in 64 bits
/// with sign.
func tensor(
  of bytes: UnsafeRawBufferPointer, _ type: ElementType, shape: Shape, format: String
) throws(TensorFileError) -> Tensor {
  precondition(bytes.count == shape.count * type.size, "as many bytes as the shape needs")
  do {
    switch type {
    case .bool: return try Tensor(booleans(bytes, format), shape: shape)
    case .uint8: return try Tensor(integers(bytes, UInt8.self), shape: shape)
    case .int8: return try Tensor(integers(bytes, Int8.self), shape: shape)
    case .uint16: return try Tensor(integers(bytes, UInt16.self), shape: shape)
    case .int16: return try Tensor(integers(bytes, Int16.self), shape: shape)
    case .uint32: return try Tensor(integers(bytes, UInt32.self), shape: shape)
    case .int32: return try Tensor(integers(bytes, Int32.self), shape: shape)
    case .int64: return try Tensor(integers(bytes, Int64.self), shape: shape)
    case .uint64: return try Tensor(signed(bytes, format), shape: shape)
    case .float16: return try floats(bytes, shape, of: UInt16.self, halfPrecision)
    case .bfloat16: return try floats(bytes, shape, of: UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    case .float32: return try floats(bytes, shape, of: UInt32.self) { Float(bitPattern: $0) }
    case .float64: return try floats(bytes, shape, of: UInt64.self) { Float(Double(bitPattern: $0)) }
    }
  } catch let error as TensorFileError {
    throw error
  } catch {
    throw .tooLarge(bytes: bytes.count)
  }
}

private func floats<Bits: FixedWidthInteger>(
  _ bytes: UnsafeRawBufferPointer, _ shape: Shape, of type: Bits.Type, _ value: (Bits) -> Float
) throws(TensorError) -> Tensor {
  try .filled(shape) { (out) throws(TensorError) in
    for i in 0..<out.count { out[i] = value(load(bytes, i, type)) }
  }
}

private func integers<Stored: FixedWidthInteger>(_ bytes: UnsafeRawBufferPointer, _ type: Stored.Type) -> [Int64] {
  (0..<bytes.count / MemoryLayout<Stored>.size).map { Int64(load(bytes, $0, type)) }
}

private func signed(_ bytes: UnsafeRawBufferPointer, _ format: String) throws(TensorFileError) -> [Int64] {
  var values: [Int64] = []
  for i in 0..<bytes.count / 8 {
    guard let value = Int64(exactly: load(bytes, i, UInt64.self)) else {
      throw .unsupported(format: format, what: "a whole number above 2⁶³ − 1")
    }
    values.append(value)
  }
  return values
}

private func booleans(_ bytes: UnsafeRawBufferPointer, _ format: String) throws(TensorFileError) -> [Bool] {
  guard bytes.allSatisfy({ $0 <= 1 }) else {
    throw .malformed(format: format, what: "a truth value is neither 0 nor 1")
  }
  return bytes.map { $0 == 1 }
}

@inline(__always)
private func load<Stored: FixedWidthInteger>(
  _ bytes: UnsafeRawBufferPointer, _ index: Int, _ type: Stored.Type
) -> Stored {
  Stored(littleEndian: bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<Stored>.size, as: type))
}

/// A half precision number: 1 sign bit, 5 of exponent, 10 of fraction.
func halfPrecision(_ bits: UInt16) -> Float {
  let sign = UInt32(bits & 0x8000) << 16
  let exponent = UInt32(bits >> 10 & 0x1F)
  let fraction = UInt32(bits & 0x3FF)
  switch exponent {
  case 0:
    let size = Float(fraction) * 0x1p-24
    return sign == 0 ? size : -size
  case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
  default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
  }
}

/// The elements of a tensor as a file stores them.
func encoded(_ tensor: Tensor) -> [UInt8] {
  switch tensor.dtype {
  case .float32: littleEndian(tensor.scalars().map(\.bitPattern))
  case .int64: littleEndian(tensor.integers())
  case .bool: tensor.booleans().map { $0 ? 1 : 0 }
  }
}

/// Whole numbers as bytes, the least significant first.
func littleEndian<Value: FixedWidthInteger>(_ values: [Value]) -> [UInt8] {
  values.map(\.littleEndian).withUnsafeBytes { Array($0) }
}
