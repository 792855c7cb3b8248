// SPDX-License-Identifier: Apache-2.0

#if KERNELS_V4
  /// As many floats as one register of this level holds.
  typealias Vector = SIMD16<Float>
  typealias VectorBits = SIMD16<Int32>
  typealias VectorMask = SIMDMask<SIMD16<Int32>>
#elseif KERNELS_V3
  /// As many floats as one register of this level holds.
  typealias Vector = SIMD8<Float>
  typealias VectorBits = SIMD8<Int32>
  typealias VectorMask = SIMDMask<SIMD8<Int32>>
#else
  /// As many floats as one register of this level holds.
  typealias Vector = SIMD4<Float>
  typealias VectorBits = SIMD4<Int32>
  typealias VectorMask = SIMDMask<SIMD4<Int32>>
#endif

/// Floats in a vector: 16, 8 or 4.
@inline(__always) var lanes: Int { Vector.scalarCount }

typealias Floats = UnsafePointer<Float>
typealias MutableFloats = UnsafeMutablePointer<Float>

/// The vector at an address, which need not be aligned.
@inline(__always) func load(_ address: Floats) -> Vector {
  UnsafeRawPointer(address).loadUnaligned(as: Vector.self)
}

/// Stores a vector at an address, which need not be aligned.
@inline(__always) func store(_ value: Vector, _ address: MutableFloats) {
  UnsafeMutableRawPointer(address).storeBytes(of: value, as: Vector.self)
}

/// The first `count` floats at an address, then zeros.
@inline(__always) func load(_ address: Floats, count: Int) -> Vector {
  var value = Vector.zero
  for lane in 0..<count { value[lane] = address[lane] }
  return value
}

/// Stores the first `count` floats of a vector.
@inline(__always) func store(_ value: Vector, _ address: MutableFloats, count: Int) {
  for lane in 0..<count { address[lane] = value[lane] }
}

/// One float in every lane.
@inline(__always) func splat(_ value: Float) -> Vector { Vector(repeating: value) }

/// a * b + c: fused where the level has the instruction.
///
/// Without it `addProduct` would call the C library for each lane.
@inline(__always) func multiplyAdd(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector {
  #if KERNELS_BASELINE && arch(x86_64)
    c + a * b
  #else
    c.addingProduct(a, b)
  #endif
}

/// a * b + c for one float, rounded as in `multiplyAdd` on vectors.
@inline(__always) func multiplyAdd(_ a: Float, _ b: Float, _ c: Float) -> Float {
  #if KERNELS_BASELINE && arch(x86_64)
    c + a * b
  #else
    c.addingProduct(a, b)
  #endif
}

/// `yes` where the mask holds, `no` elsewhere.
@inline(__always) func select(_ mask: VectorMask, _ yes: Vector, _ no: Vector) -> Vector {
  no.replacing(with: yes, where: mask)
}

/// The sum of all lanes, halves added to halves.
@inline(__always) func sum(_ value: Vector) -> Float {
  #if KERNELS_V4
    let eight = value.lowHalf + value.highHalf
    let four = eight.lowHalf + eight.highHalf
  #elseif KERNELS_V3
    let four = value.lowHalf + value.highHalf
  #else
    let four = value
  #endif
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}
