// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "KernelTable.h"
#include "Processor.h"
#include "VectorOperations.h"
