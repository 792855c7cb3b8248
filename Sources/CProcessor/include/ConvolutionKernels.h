// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "ProductKernels.h"

#pragma clang assume_nonnull begin

/// Which sides of a convolution lie pixel by pixel, [batch, row, column, channel]; the others are in PyTorch's order,
/// [batch, channel, row, column].
typedef struct PixelSides {
  bool image;
  bool map;
} PixelSides;

/// The sizes of a convolution, read either way.
///
/// The image side is [batch, channels, height, width], the map side [batch, maps, rows, columns]; a convolution goes
/// from image to map and a transposed one from map to image, both with a weight [maps, channels, kernelHeight,
/// kernelWidth]. rows = (height + 2 padding - kernelHeight) / stride + 1 at least once; likewise columns.
typedef struct ConvolutionShape {
  intptr_t batch;
  intptr_t channels;
  intptr_t height;
  intptr_t width;
  intptr_t maps;
  intptr_t rows;
  intptr_t columns;
  intptr_t kernelHeight;
  intptr_t kernelWidth;
  intptr_t stride;
  intptr_t padding;
  PixelSides hasPixels;
} ConvolutionShape;

/// What is done with each sum before it is stored.
typedef struct ConvolutionFinish {
  /// One a channel of the output, or null.
  const float *_Nullable bias;
  KernelActivation activation;
  float slope;
} ConvolutionFinish;

/// Floats that the buffers of a convolution need.
typedef struct ConvolutionBuffers {
  /// The weight, packed for the direction.
  intptr_t weight;
  /// The input with its border, channels innermost, for the whole batch.
  intptr_t input;
  /// The output, channels innermost, for the whole batch; none where the output lies so anyway.
  intptr_t output;
} ConvolutionBuffers;

/// Images and maps are in PyTorch's order, [batch, channel, row, column], unless the shape says that they lie pixel by
/// pixel; inside, channels are innermost. All of it is done image by image while it is in the cache. The buffers belong to the caller and need no initial contents; a
/// range of images touches its own parts of them only.
typedef struct ConvolutionKernels {
  /// What `convolve` needs.
  ConvolutionBuffers (*mapBuffers)(const ConvolutionShape *shape);
  /// What `paint` needs.
  ConvolutionBuffers (*imageBuffers)(const ConvolutionShape *shape);
  /// Whether `paint` writes images in PyTorch's order only: those of few channels.
  bool (*paintsPlanes)(const ConvolutionShape *shape);

  /// Packs a weight for `convolve`: panels in a range, where a panel is `ProductKernels.panelWidth` maps.
  void (*packMapWeight)(
    const ConvolutionShape *shape, const float *weight, float *packed, intptr_t firstPanel, intptr_t endPanel);
  /// Packs a weight for `paint`: maps in a range.
  void (*packImageWeight)(
    const ConvolutionShape *shape, const float *weight, float *packed, intptr_t firstMap, intptr_t endMap);

  /// From image to map: map[n, m, r, c] = sum of image[n, k, r s + y - p, c s + x - p] weight[m, k, y, x].
  void (*convolve)(
    const ConvolutionShape *shape, const ConvolutionFinish *finish, const float *image, const float *packed, float *map,
    float *inputBuffer, float *outputBuffer, intptr_t firstImage, intptr_t endImage);

  /// From map to image, the adjoint of `convolve`: a transposed convolution, or the gradient of the images.
  void (*paint)(
    const ConvolutionShape *shape, const ConvolutionFinish *finish, const float *map, const float *packed, float *image,
    float *inputBuffer, float *outputBuffer, intptr_t firstImage, intptr_t endImage);

  /// What `prepareCorrelation` and `correlate` need: `input` for the images, `output` for the maps, `weight` for the
  /// sums.
  ConvolutionBuffers (*weightBuffers)(const ConvolutionShape *shape);
  /// Parts that `correlate` can be cut into.
  intptr_t (*correlationParts)(const ConvolutionShape *shape);
  /// Puts images and maps in order for `correlate`.
  void (*prepareCorrelation)(
    const ConvolutionShape *shape, const float *image, const float *map, float *inputBuffer, float *outputBuffer,
    intptr_t firstImage, intptr_t endImage);
  /// From image and map to the weight's gradient, as sums channels-innermost; parts in a range. All images must be
  /// prepared.
  void (*correlate)(
    const ConvolutionShape *shape, const float *inputBuffer, const float *outputBuffer, float *sums, intptr_t firstPart,
    intptr_t endPart);
  /// The gradient in the weight's own order from the sums; maps in a range. All parts must be done.
  void (*unpackWeightGradient)(
    const ConvolutionShape *shape, const float *sums, float *gradient, intptr_t firstMap, intptr_t endMap);
} ConvolutionKernels;

#pragma clang assume_nonnull end
