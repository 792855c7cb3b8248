// SPDX-License-Identifier: Apache-2.0
#pragma once
#if !__has_include(<png.h>)
#error "png.h is missing. Install it with: apt-get install libpng-dev"
#endif
#include <png.h>
