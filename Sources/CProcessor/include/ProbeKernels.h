// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

#pragma clang assume_nonnull begin

/// What the level can do at best, for benchmarks to compare with.
typedef struct ProbeKernels {
  /// Floating-point operations of a round of `multiplyAdds`: additions and multiplications, each lane counted.
  intptr_t operationsOfRound;
  /// Multiplies and adds in registers alone, as many independent chains as keep the units busy. Returns a number that
  /// depends on all of them.
  float (*multiplyAdds)(intptr_t rounds);
} ProbeKernels;

#pragma clang assume_nonnull end
