// SPDX-License-Identifier: Apache-2.0
#pragma once
#if !__has_include(<zlib.h>)
#error "zlib.h is missing. Install it with: apt-get install zlib1g-dev"
#endif
#include <zlib.h>
