// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Where a run of random numbers begins: a key for the stream, and a counter of blocks of `RandomKernels.blockSize`.
///
/// Element i of a run depends on (key, counter + i / blockSize, i % blockSize) alone. A run of n elements uses up
/// ceil(n / blockSize) blocks: the next run begins at counter + that.
typedef struct RandomPosition {
  uint64_t key;
  uint64_t counter;
} RandomPosition;

/// Philox-4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"); output[i] for i in first..<end.
typedef struct RandomKernels {
  /// Numbers that one step of the counter gives.
  intptr_t blockSize;

  /// 32 random bits each, the same at every level.
  void (*bits)(RandomPosition position, uint32_t *output, intptr_t first, intptr_t end);
  /// low + (high - low) * u, with u in [0, 1) a multiple of 2^-24.
  void (*uniform)(
    RandomPosition position, float low, float high, float *output, intptr_t first, intptr_t end);
  /// Normal numbers, by Box and Muller.
  void (*normal)(
    RandomPosition position, float mean, float deviation, float *output, intptr_t first, intptr_t end);
} RandomKernels;

#pragma clang assume_nonnull end
