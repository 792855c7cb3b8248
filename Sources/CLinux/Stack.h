// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

// The lowest address of the calling thread's stack; 0 for threads that others started.
extern __thread uintptr_t stack_bottom;
