// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "ProductKernels.h"

#pragma clang assume_nonnull begin

/// A batch with channels: element [n, c, place] is at (n * channels + c) * places + place, or with pixels at
/// (n * places + place) * channels + c. For vectors places is 1.
typedef struct ChannelShape {
  intptr_t batch;
  intptr_t channels;
  intptr_t places;
  bool hasPixels;
} ChannelShape;

/// Normalisation of channels; all arrays but the batches are [channel], and ranges are of channels; with pixels, those
/// of `apply` and `gradient` are of pixels in the whole batch.
///
/// Sums are the same for either order of the elements.
typedef struct NormalizationKernels {
  /// Mean and variance (divided by batch * places) of each channel, in two passes.
  void (*moments)(
    const ChannelShape *shape, const float *x, float *means, float *variances, intptr_t firstChannel,
    intptr_t endChannel);

  /// output = activation((x - mean) * factor + offset). The output may be x.
  void (*apply)(
    const ChannelShape *shape, const float *x, const float *means, const float *factors, const float *offsets,
    KernelActivation activation, float slope, float *output, intptr_t firstChannel, intptr_t endChannel);

  /// sums = sum of gradient; products = sum of gradient * (x - mean) * inverse, with inverse = 1 / deviation.
  void (*gradientSums)(
    const ChannelShape *shape, const float *x, const float *means, const float *inverses, const float *gradient,
    float *sums, float *products, intptr_t firstChannel, intptr_t endChannel);

  /// The gradient of x where mean and deviation are those of x itself, from `gradientSums`:
  /// output = factor * (gradient - sum / n - (x - mean) * inverse * product / n), n = batch * places. The output may be
  /// the gradient.
  void (*gradient)(
    const ChannelShape *shape, const float *x, const float *means, const float *inverses, const float *factors,
    const float *sums, const float *products, const float *gradient, float *output, intptr_t firstChannel,
    intptr_t endChannel);

  /// sums[n, c] = sum over the places of an image's channel, as `reduceRows` adds them; with pixels only, for images of
  /// at most a block of places in a range.
  void (*sumPlaces)(
    const ChannelShape *shape, const float *x, float *sums, intptr_t firstImage, intptr_t endImage);
} NormalizationKernels;

/// Square windows over planes [plane, height, width] -> [plane, rows, columns], `stride` apart; what does not fill a
/// window is left out: (rows - 1) * stride + size <= height. With pixels, a plane is an image [height, width, channels].
typedef struct PoolShape {
  intptr_t height;
  intptr_t width;
  intptr_t rows;
  intptr_t columns;
  intptr_t size;
  intptr_t stride;
  /// Channels of a pixel, 1 for planes of their own; more for the maximum and its gradient only.
  intptr_t channels;
} PoolShape;

/// Pooling; ranges are of planes.
typedef struct PoolingKernels {
  /// The largest of each window (a NaN counts as larger), and which pixel of its plane it is: row * width + column, the
  /// first of equal ones.
  void (*maximum)(
    const PoolShape *shape, const float *x, float *output, int32_t *winners, intptr_t firstPlane, intptr_t endPlane);
  /// Each gradient added to the winner of its window; zero elsewhere.
  void (*maximumBackward)(
    const PoolShape *shape, const float *gradient, const int32_t *winners, float *output, intptr_t firstPlane,
    intptr_t endPlane);
  /// scale * the sum of each window.
  void (*sum)(
    const PoolShape *shape, float scale, const float *x, float *output, intptr_t firstPlane, intptr_t endPlane);
  /// The adjoint of `sum`: scale * each number, added to all of its window; zero elsewhere.
  void (*spread)(
    const PoolShape *shape, float scale, const float *x, float *output, intptr_t firstPlane, intptr_t endPlane);
} PoolingKernels;

#pragma clang assume_nonnull end
