// SPDX-License-Identifier: Apache-2.0
//
// The interface between the tensors and their inner loops. Each kernel module fills the same tables with its own
// functions; a call costs one indirect jump. Sizes, strides and positions count elements, not bytes. Every kernel works
// on a range of its output, so that threads can share the work, and gives the same bits however the ranges are cut.
#pragma once
#include "ConvolutionKernels.h"
#include "ElementwiseKernels.h"
#include "LayerKernels.h"
#include "LossKernels.h"
#include "OptimizerKernels.h"
#include "ProbeKernels.h"
#include "ProductKernels.h"
#include "RandomKernels.h"
#include "ReductionKernels.h"

typedef struct KernelTable {
  ProductKernels products;
  ElementwiseKernels elementwise;
  ReductionKernels reductions;
  LossKernels losses;
  OptimizerKernels optimizers;
  RandomKernels random;
  ConvolutionKernels convolutions;
  NormalizationKernels normalizations;
  PoolingKernels poolings;
  ProbeKernels probes;
} KernelTable;
