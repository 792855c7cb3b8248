// SPDX-License-Identifier: Apache-2.0
#pragma once
#if !__has_include(<sodium.h>)
#error "sodium.h is missing. Install it with: apt-get install libsodium-dev"
#endif
#include <sodium.h>
