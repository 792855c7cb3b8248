// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// A function applied to each element.
typedef enum __attribute__((enum_extensibility(closed))) KernelActivation : int32_t {
  KernelActivationIdentity = 0,
  KernelActivationRelu = 1,
  /// x > 0 ? x : slope * x
  KernelActivationLeakyRelu = 2,
  KernelActivationTanh = 3,
  KernelActivationSigmoid = 4,
} KernelActivation;

/// output[r, c] = activation(sum over k of left[r, k] * right[k, c] + bias[c]), or output += that sum.
typedef struct MatrixProduct {
  /// left[r, k] is at left[r * leftRowStride + k * leftDepthStride]: any transposition, any slice.
  const float *left;
  intptr_t leftRowStride;
  intptr_t leftDepthStride;
  /// The right side, packed in panels: see `packPanels`.
  const float *panels;
  /// output[r, c] is at output[r * outputRowStride + c].
  float *output;
  intptr_t outputRowStride;
  intptr_t rows;
  intptr_t columns;
  intptr_t depth;
  /// Adds to what the output holds. Needs no bias and the identity.
  bool accumulates;
  KernelActivation activation;
  /// For the leaky ReLU.
  float slope;
  /// One a column, or null.
  const float *_Nullable bias;
} MatrixProduct;

typedef struct ProductKernels {
  /// Columns a panel has. A packed matrix has ceil(columns / panelWidth) panels of depth * panelWidth floats.
  intptr_t panelWidth;
  /// Rows that a tile computes at a time: ranges of rows that start at multiples of it waste nothing.
  intptr_t tileRows;

  /// Packs a matrix [depth, columns] for the right side, for the panels in a range; columns are filled up with zeros.
  ///
  /// The matrix's element [k, c] is at matrix[k * depthStride + c * columnStride]; one of the strides should be 1. A
  /// weight [out, in] of a linear layer is [depth: in, columns: out] with depthStride 1 and columnStride in.
  void (*packPanels)(
    const float *matrix, intptr_t depthStride, intptr_t columnStride, intptr_t depth, intptr_t columns, float *panels,
    intptr_t firstPanel, intptr_t endPanel);

  /// The part of a product in the given rows and panels of columns. A depth of 0 gives a sum of 0.
  void (*multiply)(
    const MatrixProduct *product, intptr_t firstRow, intptr_t endRow, intptr_t firstPanel, intptr_t endPanel);

  /// The same from a right side that is not packed: right[k, c] is at right[k * depthStride + c * columnStride], one of
  /// the strides 1. `panels` is not read. For a right side that is used once: it is read as it stands, or its parts are
  /// packed on the way, where they are used. Where both sides are long runs of the depth the sums are taken as dot
  /// products, so they may differ from those of `multiply` in the last digits; they never depend on the ranges.
  void (*multiplyUnpacked)(
    const MatrixProduct *product, const float *right, intptr_t depthStride, intptr_t columnStride, intptr_t firstRow,
    intptr_t endRow, intptr_t firstPanel, intptr_t endPanel);

  /// The part of a product in the given rows and columns, from a right side that is not packed: right[k, c] is at
  /// right[k + c * rightColumnStride], so a weight [out, in] as it stands. `panels` is not read, and
  /// leftDepthStride must be 1. For few rows or columns (up to about 4), where packing would cost more than the product.
  void (*multiplyFewRows)(
    const MatrixProduct *product, const float *right, intptr_t rightColumnStride, intptr_t firstRow, intptr_t endRow,
    intptr_t firstColumn, intptr_t endColumn);
} ProductKernels;

#pragma clang assume_nonnull end
