// SPDX-License-Identifier: Apache-2.0
//
// Operations on vectors of 4, 8 and 16 floats that Swift's own SIMD types have only lane by lane (fused multiply-add,
// choice by a mask, rounding, conversion, loads of a part). They are inlined into the kernels and become one
// instruction where the level has it. The same Swift names serve all three widths.
#pragma once
#include <stdint.h>

#define VECTOR_FUNCTION(signature) \
  static inline __attribute__((always_inline, swift_name(signature)))

#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
#define VECTOR_MULTIPLY_ADD(a, b, c) __builtin_elementwise_fma(a, b, c)
#else
// Without the instruction the fused form would call the C library for each lane.
#define VECTOR_MULTIPLY_ADD(a, b, c) ((a) * (b) + (c))
#endif

// Larger, or the first that is not a number. Masks stay on this side: Swift would take them apart.
#define VECTOR_BEATS(candidate, best) ((candidate > best) | ((candidate != candidate) & (best == best)))

#define VECTOR_OPERATIONS(n)                                                                                          \
  typedef float FloatVector##n __attribute__((ext_vector_type(n)));                                                   \
  typedef int32_t BitVector##n __attribute__((ext_vector_type(n)));                                                   \
  VECTOR_FUNCTION("multiplyAdd(_:_:_:)")                                                                              \
  FloatVector##n vectorMultiplyAdd##n(FloatVector##n a, FloatVector##n b, FloatVector##n c) {                         \
    return VECTOR_MULTIPLY_ADD(a, b, c);                                                                              \
  }                                                                                                                   \
  VECTOR_FUNCTION("selectBits(_:_:_:)")                                                                               \
  FloatVector##n vectorSelect##n(BitVector##n mask, FloatVector##n yes, FloatVector##n no) {                          \
    return mask ? yes : no;                                                                                           \
  }                                                                                                                   \
  VECTOR_FUNCTION("largerOrFirst(_:_:)")                                                                              \
  FloatVector##n vectorLarger##n(FloatVector##n candidate, FloatVector##n best) {                                     \
    return VECTOR_BEATS(candidate, best) ? candidate : best;                                                          \
  }                                                                                                                   \
  VECTOR_FUNCTION("placeOfLarger(_:_:_:_:)")                                                                          \
  BitVector##n vectorLargerPlace##n(                                                                                  \
    FloatVector##n candidate, FloatVector##n best, BitVector##n place, BitVector##n placeOfBest) {                    \
    return VECTOR_BEATS(candidate, best) ? place : placeOfBest;                                                       \
  }                                                                                                                   \
  VECTOR_FUNCTION("shiftedRight(_:by:)") BitVector##n vectorShiftRight##n(BitVector##n x, int32_t count) {            \
    return x >> count;                                                                                                \
  }                                                                                                                   \
  VECTOR_FUNCTION("shiftedLeft(_:by:)") BitVector##n vectorShiftLeft##n(BitVector##n x, int32_t count) {              \
    return x << count;                                                                                                \
  }                                                                                                                   \
  VECTOR_FUNCTION("floats(_:)") FloatVector##n vectorFloats##n(BitVector##n x) {                                      \
    return __builtin_convertvector(x, FloatVector##n);                                                                \
  }                                                                                                                   \
  VECTOR_FUNCTION("squareRoot(_:)") FloatVector##n vectorSquareRoot##n(FloatVector##n x) {                            \
    return __builtin_elementwise_sqrt(x);                                                                             \
  }                                                                                                                   \
  VECTOR_FUNCTION("magnitude(_:)") FloatVector##n vectorMagnitude##n(FloatVector##n x) {                              \
    return __builtin_elementwise_abs(x);                                                                              \
  }                                                                                                                   \
  VECTOR_FUNCTION("withSign(_:_:)") FloatVector##n vectorCopySign##n(FloatVector##n sign, FloatVector##n size) {      \
    return __builtin_elementwise_copysign(size, sign);                                                                \
  }                                                                                                                   \
  VECTOR_FUNCTION("maskFromBytes(_:_:)")                                                                              \
  BitVector##n vectorMask##n(const _Bool *bytes, BitVector##n zero) {                                                 \
    typedef int8_t Bytes __attribute__((ext_vector_type(n), aligned(1)));                                             \
    return zero - __builtin_convertvector(*(const Bytes *)bytes, BitVector##n);                                       \
  }                                                                                                                   \
  VECTOR_FUNCTION("floatsFromBytes(_:_:)")                                                                            \
  FloatVector##n vectorFromBytes##n(const uint8_t *bytes, FloatVector##n zero) {                                      \
    typedef uint8_t Bytes __attribute__((ext_vector_type(n), aligned(1)));                                            \
    return zero + __builtin_convertvector(*(const Bytes *)bytes, FloatVector##n);                                     \
  }                                                                                                                   \
  VECTOR_FUNCTION("isNonzero(_:)") _Bool vectorAny##n(BitVector##n x) { return __builtin_reduce_or(x) != 0; }

VECTOR_OPERATIONS(4)
VECTOR_OPERATIONS(8)
VECTOR_OPERATIONS(16)

// Numbers 0, 2, 4 ... and 1, 3, 5 ... of two vectors side by side.

VECTOR_FUNCTION("evenLanes(_:_:)") FloatVector4 evenLanes4(FloatVector4 a, FloatVector4 b) {
  return __builtin_shufflevector(a, b, 0, 2, 4, 6);
}

VECTOR_FUNCTION("oddLanes(_:_:)") FloatVector4 oddLanes4(FloatVector4 a, FloatVector4 b) {
  return __builtin_shufflevector(a, b, 1, 3, 5, 7);
}

VECTOR_FUNCTION("evenLanes(_:_:)") FloatVector8 evenLanes8(FloatVector8 a, FloatVector8 b) {
  return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14);
}

VECTOR_FUNCTION("oddLanes(_:_:)") FloatVector8 oddLanes8(FloatVector8 a, FloatVector8 b) {
  return __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15);
}

VECTOR_FUNCTION("evenLanes(_:_:)") FloatVector16 evenLanes16(FloatVector16 a, FloatVector16 b) {
  return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}

VECTOR_FUNCTION("oddLanes(_:_:)") FloatVector16 oddLanes16(FloatVector16 a, FloatVector16 b) {
  return __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}

// Two vectors shuffled into each other inside their lanes of four floats. Swift's own initialiser from single elements
// would load and insert them one by one.

VECTOR_FUNCTION("interleavedLow(_:_:)") FloatVector4 interleavedLow4(FloatVector4 a, FloatVector4 b) {
  return __builtin_shufflevector(a, b, 0, 4, 1, 5);
}

VECTOR_FUNCTION("interleavedHigh(_:_:)") FloatVector4 interleavedHigh4(FloatVector4 a, FloatVector4 b) {
  return __builtin_shufflevector(a, b, 2, 6, 3, 7);
}

VECTOR_FUNCTION("interleavedLow(_:_:)") FloatVector8 interleavedLow8(FloatVector8 a, FloatVector8 b) {
  return __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13);
}

VECTOR_FUNCTION("interleavedHigh(_:_:)") FloatVector8 interleavedHigh8(FloatVector8 a, FloatVector8 b) {
  return __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15);
}

// The first and the second halves of two vectors side by side.

VECTOR_FUNCTION("lowLanes(_:_:)") FloatVector8 lowLanes8(FloatVector8 a, FloatVector8 b) {
  return __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11);
}

VECTOR_FUNCTION("highLanes(_:_:)") FloatVector8 highLanes8(FloatVector8 a, FloatVector8 b) {
  return __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
}

// Four vectors added up crosswise: in each lane of four floats of the result, number i is the sum of that lane of the
// vector i.

VECTOR_FUNCTION("foldedInLanes(_:_:_:_:)")
FloatVector4 foldedInLanes4(FloatVector4 a, FloatVector4 b, FloatVector4 c, FloatVector4 d) {
  FloatVector4 ab = __builtin_shufflevector(a, b, 0, 4, 1, 5) + __builtin_shufflevector(a, b, 2, 6, 3, 7);
  FloatVector4 cd = __builtin_shufflevector(c, d, 0, 4, 1, 5) + __builtin_shufflevector(c, d, 2, 6, 3, 7);
  return __builtin_shufflevector(ab, cd, 0, 1, 4, 5) + __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
}

#define FOLD_LOW(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13)
#define FOLD_HIGH(a, b) __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15)

VECTOR_FUNCTION("foldedInLanes(_:_:_:_:)")
FloatVector8 foldedInLanes8(FloatVector8 a, FloatVector8 b, FloatVector8 c, FloatVector8 d) {
  FloatVector8 ab = FOLD_LOW(a, b) + FOLD_HIGH(a, b);
  FloatVector8 cd = FOLD_LOW(c, d) + FOLD_HIGH(c, d);
  return __builtin_shufflevector(ab, cd, 0, 1, 8, 9, 4, 5, 12, 13)
    + __builtin_shufflevector(ab, cd, 2, 3, 10, 11, 6, 7, 14, 15);
}

#undef FOLD_LOW
#undef FOLD_HIGH
#define FOLD_LOW(a, b) __builtin_shufflevector(a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29)
#define FOLD_HIGH(a, b) __builtin_shufflevector(a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31)

VECTOR_FUNCTION("foldedInLanes(_:_:_:_:)")
FloatVector16 foldedInLanes16(FloatVector16 a, FloatVector16 b, FloatVector16 c, FloatVector16 d) {
  FloatVector16 ab = FOLD_LOW(a, b) + FOLD_HIGH(a, b);
  FloatVector16 cd = FOLD_LOW(c, d) + FOLD_HIGH(c, d);
  return __builtin_shufflevector(ab, cd, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29)
    + __builtin_shufflevector(ab, cd, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
}

#undef FOLD_LOW
#undef FOLD_HIGH

/// The halves of each vector added up, side by side.
VECTOR_FUNCTION("foldedHalves(_:_:)") FloatVector8 foldedHalves8(FloatVector8 a, FloatVector8 b) {
  return __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11)
    + __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
}

// The first lanes of a vector in memory, 0 < count < lanes; nothing beyond is touched.

VECTOR_FUNCTION("loadPart(_:_:_:)") FloatVector4 loadPart4(const float *from, intptr_t count, FloatVector4 zero) {
  zero[0] = from[0];
  if (count > 1) zero[1] = from[1];
  if (count > 2) zero[2] = from[2];
  return zero;
}

VECTOR_FUNCTION("storePart(_:_:_:)") void storePart4(FloatVector4 value, float *to, intptr_t count) {
  to[0] = value[0];
  if (count > 1) to[1] = value[1];
  if (count > 2) to[2] = value[2];
}

#if defined(__AVX2__)
VECTOR_FUNCTION("laneMask(_:)") BitVector8 laneMask8(intptr_t count) {
  const BitVector8 places = {0, 1, 2, 3, 4, 5, 6, 7};
  return places < (int32_t)count;
}

VECTOR_FUNCTION("loadPart(_:_:_:)") FloatVector8 loadPart8(const float *from, intptr_t count, FloatVector8 zero) {
  (void)zero;
  return __builtin_ia32_maskloadps256((const FloatVector8 *)from, laneMask8(count));
}

VECTOR_FUNCTION("storePart(_:_:_:)") void storePart8(FloatVector8 value, float *to, intptr_t count) {
  __builtin_ia32_maskstoreps256((FloatVector8 *)to, laneMask8(count), value);
}
#else
VECTOR_FUNCTION("loadPart(_:_:_:)") FloatVector8 loadPart8(const float *from, intptr_t count, FloatVector8 zero) {
  for (intptr_t lane = 0; lane < count; lane++) zero[lane] = from[lane];
  return zero;
}

VECTOR_FUNCTION("storePart(_:_:_:)") void storePart8(FloatVector8 value, float *to, intptr_t count) {
  for (intptr_t lane = 0; lane < count; lane++) to[lane] = value[lane];
}
#endif

#if defined(__AVX512F__)
/// 1 / x within 2^-27 of itself, in a fraction of a division's time; x is finite and not 0.
VECTOR_FUNCTION("nearReciprocal(_:)") FloatVector16 nearReciprocal16(FloatVector16 x) {
  FloatVector16 near = __builtin_ia32_rcp14ps512_mask(x, x, (uint16_t)-1);
  return __builtin_elementwise_fma(near, 1.0f - x * near, near);
}

VECTOR_FUNCTION("loadPart(_:_:_:)") FloatVector16 loadPart16(const float *from, intptr_t count, FloatVector16 zero) {
  return __builtin_ia32_loadups512_mask((const float *)from, zero, (uint16_t)((1u << count) - 1));
}

VECTOR_FUNCTION("storePart(_:_:_:)") void storePart16(FloatVector16 value, float *to, intptr_t count) {
  __builtin_ia32_storeups512_mask((float *)to, value, (uint16_t)((1u << count) - 1));
}
#else
VECTOR_FUNCTION("loadPart(_:_:_:)") FloatVector16 loadPart16(const float *from, intptr_t count, FloatVector16 zero) {
  for (intptr_t lane = 0; lane < count; lane++) zero[lane] = from[lane];
  return zero;
}

VECTOR_FUNCTION("storePart(_:_:_:)") void storePart16(FloatVector16 value, float *to, intptr_t count) {
  for (intptr_t lane = 0; lane < count; lane++) to[lane] = value[lane];
}
#endif

#undef VECTOR_OPERATIONS
#undef VECTOR_MULTIPLY_ADD
#undef VECTOR_FUNCTION
