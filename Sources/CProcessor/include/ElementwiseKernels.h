// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "ProductKernels.h"

#pragma clang assume_nonnull begin

/// A function of one number; `p` is the parameter and `q` the second one of the call.
typedef enum __attribute__((enum_extensibility(closed))) KernelFunction : int32_t {
  KernelFunctionCopy = 0,
  KernelFunctionNegate,
  KernelFunctionAbsolute,
  /// -1, 0 or 1; NaN stays.
  KernelFunctionSign,
  KernelFunctionSquare,
  KernelFunctionReciprocal,
  KernelFunctionSquareRoot,
  /// 1 / sqrt(x)
  KernelFunctionReciprocalSquareRoot,
  KernelFunctionExp,
  /// exp(x) - 1, exact near zero.
  KernelFunctionExpMinusOne,
  KernelFunctionLog,
  /// log(1 + x), exact near zero.
  KernelFunctionLogOnePlus,
  KernelFunctionSin,
  KernelFunctionCos,
  KernelFunctionTanh,
  KernelFunctionSigmoid,
  /// log(1 + exp(x))
  KernelFunctionSoftplus,
  KernelFunctionRelu,
  /// x > 0 ? x : p * x
  KernelFunctionLeakyRelu,
  /// To the nearest whole number, halves to the even one.
  KernelFunctionRound,
  KernelFunctionFloor,
  KernelFunctionCeiling,
  /// p * x + q, fused.
  KernelFunctionAffine,
  /// Kept between p and q; NaN stays.
  KernelFunctionClamp,
  /// x to the power p.
  KernelFunctionPower,
} KernelFunction;

/// A function of two numbers.
typedef enum __attribute__((enum_extensibility(closed))) KernelOperation : int32_t {
  KernelOperationAdd = 0,
  KernelOperationSubtract,
  KernelOperationMultiply,
  KernelOperationDivide,
  /// NaN where either is NaN.
  KernelOperationMaximum,
  /// NaN where either is NaN.
  KernelOperationMinimum,
  KernelOperationPower,
} KernelOperation;

typedef enum __attribute__((enum_extensibility(closed))) KernelComparison : int32_t {
  KernelComparisonEqual = 0,
  KernelComparisonNotEqual,
  KernelComparisonLess,
  KernelComparisonLessOrEqual,
  KernelComparisonGreater,
  KernelComparisonGreaterOrEqual,
} KernelComparison;

/// A matrix seen through strides: element [r, c] is at base[r * rowStride + c * columnStride]. A stride of 0 repeats, so
/// (0, 0) is a scalar, (0, 1) one row for all, (1, 0) one column for all. Column strides 0 and 1 are fast.
typedef struct KernelOperand {
  const float *base;
  intptr_t rowStride;
  intptr_t columnStride;
} KernelOperand;

typedef struct ElementwiseKernels {
  /// output[i] = function(x[i]) for i in first..<end. The output may be x.
  void (*map)(
    KernelFunction function, float p, float q, const float *x, float *output, intptr_t first, intptr_t end);

  /// output[r, c] = operation(left[r, c], right[r, c]) for rows in a range; the output is contiguous, `columns` wide, and
  /// may be one of the inputs where that has its strides.
  void (*combine)(
    KernelOperation operation, KernelOperand left, KernelOperand right, float *output, intptr_t columns,
    intptr_t firstRow, intptr_t endRow);

  /// output[r, c] = left[r, c] compared with right[r, c], as a byte of 0 or 1.
  void (*compare)(
    KernelComparison comparison, KernelOperand left, KernelOperand right, bool *output, intptr_t columns,
    intptr_t firstRow, intptr_t endRow);

  /// output[i] = a * x[i] + b * y[i] for i in first..<end. The output may be x or y.
  void (*blend)(
    float a, const float *x, float b, const float *y, float *output, intptr_t first, intptr_t end);

  /// output[i] = condition[i] ? x[i * xStride] : y[i * yStride], strides 0 or 1.
  void (*choose)(
    const bool *condition, const float *x, intptr_t xStride, const float *y, intptr_t yStride, float *output,
    intptr_t first, intptr_t end);

  /// output[i] = gradient[i] * activation'(.), from the activation's *value* y[i]. The output may be the gradient. For
  /// the leaky ReLU the slope must be above zero.
  void (*activationBackward)(
    KernelActivation activation, float slope, const float *value, const float *gradient, float *output, intptr_t first,
    intptr_t end);

  /// target[c, r] = source[r, c]; source has `rowStride` between rows, target `targetStride`. Rows in a range.
  void (*transpose)(
    const float *source, intptr_t rowStride, intptr_t columns, float *target, intptr_t targetStride, intptr_t firstRow,
    intptr_t endRow);

  /// output[i] = bytes[i] * scale + offset, for images kept in 8 bits.
  void (*fromBytes)(
    const uint8_t *bytes, float scale, float offset, float *output, intptr_t first, intptr_t end);
} ElementwiseKernels;

#pragma clang assume_nonnull end
