// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

#pragma clang assume_nonnull begin

/// A loss of one prediction x and its target t.
typedef enum __attribute__((enum_extensibility(closed))) KernelLoss : int32_t {
  /// (x - t)^2
  KernelLossSquaredError = 0,
  /// |x - t|
  KernelLossAbsoluteError,
  /// -(t log x + (1 - t) log(1 - x)), logarithms cut at -100 as in PyTorch.
  KernelLossBinaryCrossEntropy,
  /// The same of sigmoid(x): max(x, 0) - x t + log(1 + exp(-|x|)).
  KernelLossBinaryCrossEntropyFromLogits,
} KernelLoss;

typedef struct LossKernels {
  /// Elements that one partial sum covers.
  intptr_t blockSize;

  /// Losses of blocks: partials[b] = sum of loss(x[i], t[i * targetStride]) over block b of `count` elements, and, where
  /// `gradient` is given, gradient[i] = scale * d loss / d x[i]. The target's stride is 0 or 1.
  void (*lossBlocks)(
    KernelLoss loss, const float *x, const float *target, intptr_t targetStride, intptr_t count, double *partials,
    float *_Nullable gradient, float scale, intptr_t firstBlock, intptr_t endBlock);

  /// The divergence of normals from the standard one: partials[b] = sum of (exp(l) + m^2 - 1 - l) / 2 over block b, with
  /// m the means and l the logarithms of variances; and, where given, both gradients times `scale`.
  void (*klBlocks)(
    const float *mean, const float *logVariance, intptr_t count, double *partials, float *_Nullable meanGradient,
    float *_Nullable logVarianceGradient, float scale, intptr_t firstBlock, intptr_t endBlock);

  /// Cross-entropy of logits [rows, classes] with labels in 0..<classes: losses[r] = log(sum exp(x[r])) - x[r, label],
  /// and, where given, gradient = scale * (softmax - one hot). Rows in a range.
  void (*crossEntropyRows)(
    const float *logits, const int64_t *labels, intptr_t classes, float *losses, float *_Nullable gradient,
    float scale, intptr_t firstRow, intptr_t endRow);
} LossKernels;

#pragma clang assume_nonnull end
