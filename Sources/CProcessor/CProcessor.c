// SPDX-License-Identifier: Apache-2.0
#include "CProcessor.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>
#if defined(__linux__)
#include <linux/futex.h>
#include <sys/syscall.h>
#endif
#if defined(__x86_64__)
#include <cpuid.h>
#endif

int32_t processorLevel(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4")) return 4;
  if (__builtin_cpu_supports("x86-64-v3")) return 3;
#endif
  return 0;
}

void processorName(char *buffer) {
  memset(buffer, 0, 64);
#if defined(__x86_64__)
  unsigned words[13] = {0};
  for (unsigned part = 0; part < 3; part++) {
    unsigned *at = words + part * 4;
    if (!__get_cpuid(0x80000002u + part, at, at + 1, at + 2, at + 3)) {
      strcpy(buffer, "x86-64");
      return;
    }
  }
  const char *name = (const char *)words;
  while (*name == ' ') name++;
  strncpy(buffer, name, 63);
#elif defined(__aarch64__)
  strcpy(buffer, "arm64");
#else
  strcpy(buffer, "unknown processor");
#endif
}

float *threadScratch(void) {
  static _Thread_local _Alignas(64) float scratch[threadScratchCount];
  return scratch;
}

void signalWait(const uint32_t *word, uint32_t value) {
#if defined(__linux__)
  syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, NULL, NULL, 0);
#else
  if (signalLoad(word) == value) usleep(50);
#endif
}

void signalWakeAll(const uint32_t *word) {
#if defined(__linux__)
  syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
#else
  (void)word;
#endif
}
