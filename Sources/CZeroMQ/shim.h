// SPDX-License-Identifier: Apache-2.0
#pragma once
#if !__has_include(<zmq.h>)
#error "zmq.h is missing. Install it with: apt-get install libzmq3-dev"
#endif
#include <zmq.h>
