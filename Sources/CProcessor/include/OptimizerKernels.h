// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// Settings are double, so that differences such as 1 - 0.999 keep their digits.

/// One step of Adam or AdamW. `correction1` is 1 - beta1^t and `correction2` is 1 - beta2^t at step t = 1, 2, ...
typedef struct AdamStep {
  double learningRate;
  double beta1;
  double beta2;
  double epsilon;
  double weightDecay;
  /// AdamW: decay shrinks the parameter. Otherwise it is added to the gradient.
  bool decouplesDecay;
  double correction1;
  double correction2;
} AdamStep;

/// One step of stochastic gradient descent.
typedef struct SGDStep {
  double learningRate;
  /// Zero: `velocity` is not used and may be null.
  double momentum;
  double dampening;
  double weightDecay;
  bool nesterov;
  /// The first step sets the velocity to the gradient.
  bool isFirst;
} SGDStep;

/// One step of RMSprop.
typedef struct RMSpropStep {
  double learningRate;
  double alpha;
  double epsilon;
  double weightDecay;
  /// Zero: `velocity` is not used and may be null.
  double momentum;
} RMSpropStep;

/// Updates in place, elements in a range; the formulas and their order are PyTorch's.
typedef struct OptimizerKernels {
  void (*adam)(
    const AdamStep *step, float *parameter, const float *gradient, float *mean, float *square, intptr_t first,
    intptr_t end);
  void (*sgd)(
    const SGDStep *step, float *parameter, const float *gradient, float *_Nullable velocity, intptr_t first,
    intptr_t end);
  void (*rmsprop)(
    const RMSpropStep *step, float *parameter, const float *gradient, float *square, float *_Nullable velocity,
    intptr_t first, intptr_t end);
} OptimizerKernels;

#pragma clang assume_nonnull end
