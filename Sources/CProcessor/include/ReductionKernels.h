// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// What many numbers become one by.
typedef enum __attribute__((enum_extensibility(closed))) KernelReduction : int32_t {
  KernelReductionSum = 0,
  KernelReductionSumOfSquares,
  /// The sum of absolute values.
  KernelReductionSumOfMagnitudes,
  KernelReductionProduct,
  /// NaN where any is NaN; minus infinity of nothing.
  KernelReductionMaximum,
  /// NaN where any is NaN; infinity of nothing.
  KernelReductionMinimum,
} KernelReduction;

typedef struct ReductionKernels {
  /// Elements that one partial result of a long reduction covers.
  intptr_t blockSize;

  /// Reductions of blocks: partials[b] is that of x[b * blockSize ..< min((b + 1) * blockSize, count)], for blocks in a
  /// range. `combinePartials` makes them one number.
  void (*reduceBlocks)(
    KernelReduction reduction, const float *x, intptr_t count, double *partials, intptr_t firstBlock,
    intptr_t endBlock);

  /// The reduction of partial results, in order: sums are added, extremes compared.
  double (*combinePartials)(KernelReduction reduction, const double *partials, intptr_t count);

  /// output[r] = reduction of x[r * rowStride ..< + columns], for rows in a range.
  void (*reduceRows)(
    KernelReduction reduction, const float *x, intptr_t rowStride, intptr_t columns, float *output, intptr_t firstRow,
    intptr_t endRow);

  /// output[c] = reduction over all rows of x[r * rowStride + c], for columns in a range; or added to what the output
  /// holds (sums only).
  void (*reduceColumns)(
    KernelReduction reduction, const float *x, intptr_t rowStride, intptr_t rows, bool accumulates, float *output,
    intptr_t firstColumn, intptr_t endColumn);

  /// output[c] = sum over all rows of x[r, c] * y[r, c], for columns in a range.
  void (*dotColumns)(
    const float *x, const float *y, intptr_t rowStride, intptr_t rows, float *output, intptr_t firstColumn,
    intptr_t endColumn);

  /// The place of the largest (or smallest) element of each row, the first of equal ones; a NaN counts as beyond all.
  void (*placeOfExtreme)(
    bool largest, const float *x, intptr_t rowStride, intptr_t columns, int64_t *places, intptr_t firstRow,
    intptr_t endRow);

  /// Mean and variance (divided by `columns`) of each row.
  void (*momentsOfRows)(
    const float *x, intptr_t rowStride, intptr_t columns, float *means, float *variances, intptr_t firstRow,
    intptr_t endRow);

  /// Mean and variance (divided by `rows`) of each column.
  void (*momentsOfColumns)(
    const float *x, intptr_t rowStride, intptr_t rows, float *means, float *variances, intptr_t firstColumn,
    intptr_t endColumn);

  /// softmax, or its logarithm, of each row, for rows in a range; rows are contiguous. The output may be x.
  void (*softmaxRows)(
    const float *x, intptr_t columns, bool logarithmic, float *output, intptr_t firstRow, intptr_t endRow);

  /// The gradient of `softmaxRows` from its value y and the gradient of its value.
  void (*softmaxRowsBackward)(
    const float *y, const float *gradient, intptr_t columns, bool logarithmic, float *output, intptr_t firstRow,
    intptr_t endRow);
} ReductionKernels;

#pragma clang assume_nonnull end
