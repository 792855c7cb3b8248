// SPDX-License-Identifier: Apache-2.0
import CProcessor

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

/// The first `count` floats at an address, then zeros; no more is read.
@inline(__always) func load(_ address: Floats, count: Int) -> Vector {
  count == lanes ? load(address) : loadPart(address, count, .zero)
}

/// Stores the first `count` floats of a vector.
@inline(__always) func store(_ value: Vector, _ address: MutableFloats, count: Int) {
  if count == lanes {
    store(value, address)
  } else {
    storePart(value, address, count)
  }
}

/// One float in every lane.
@inline(__always) func splat(_ value: Float) -> Vector { Vector(repeating: value) }

/// a * b + c for one float, rounded as `multiplyAdd` of vectors is.
@inline(__always) func multiplyAdd(_ a: Float, _ b: Float, _ c: Float) -> Float {
  #if KERNELS_BASELINE && arch(x86_64)
    // Without the instruction the fused form would call the C library.
    c + a * b
  #else
    c.addingProduct(a, b)
  #endif
}

/// `yes` where the mask holds, `no` elsewhere.
@inline(__always) func select(_ mask: VectorMask, _ yes: Vector, _ no: Vector) -> Vector {
  selectBits(unsafeBitCast(mask, to: VectorBits.self), yes, no)
}

/// The mask of the first lanes.
@inline(__always) func firstLanes(_ count: Int) -> VectorMask { lanePlaces .< VectorBits(repeating: Int32(count)) }

#if KERNELS_V4
  /// The number of each lane, from 0.
  @inline(__always) var lanePlaces: VectorBits {
    VectorBits(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  }
#elseif KERNELS_V3
  /// The number of each lane, from 0.
  @inline(__always) var lanePlaces: VectorBits { VectorBits(0, 1, 2, 3, 4, 5, 6, 7) }
#else
  /// The number of each lane, from 0.
  @inline(__always) var lanePlaces: VectorBits { VectorBits(0, 1, 2, 3) }
#endif

/// The sum of all lanes, halves added to halves.
///
/// Taken apart by casts: `lowHalf` would be a specialisation of the standard library's code, compiled for this level but
/// shared by all at link time.
@inline(__always) func sumOfLanes(_ value: Vector) -> Float {
  #if KERNELS_V4
    let halves = unsafeBitCast(value, to: (SIMD8<Float>, SIMD8<Float>).self)
    let quarters = unsafeBitCast(halves.0 + halves.1, to: (SIMD4<Float>, SIMD4<Float>).self)
    let four = quarters.0 + quarters.1
  #elseif KERNELS_V3
    let halves = unsafeBitCast(value, to: (SIMD4<Float>, SIMD4<Float>).self)
    let four = halves.0 + halves.1
  #else
    let four = value
  #endif
  return (four[0] + four[2]) + (four[1] + four[3])
}
