// SPDX-License-Identifier: Apache-2.0
#include "CProcessor.h"

#include <limits.h>
#include <pthread.h>
#include <string.h>
#include <time.h>
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

/// Two words that two threads pass a number through, each on its own line of the cache.
typedef struct {
  _Alignas(128) uint32_t ball;
  _Alignas(128) uint32_t answer;
} Table;

enum { ballsOfTry = 64, lastBall = UINT32_MAX };

/// Waits for a number other than the one seen; gives the core away now and then, in case both threads share it.
static uint32_t waitForOther(const uint32_t *word, uint32_t seen) {
  for (unsigned turn = 1;; turn++) {
    uint32_t now = signalLoad(word);
    if (now != seen) return now;
    if (turn % 4096 == 0) processorYield();
  }
}

static void *answerBalls(void *context) {
  Table *table = context;
  for (uint32_t ball = 0; ball != lastBall;) {
    ball = waitForOther(&table->ball, ball);
    signalStore(&table->answer, ball);
  }
  return NULL;
}

static double secondsNow(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

double processorRoundTrip(double seconds) {
  Table table = {0, 0};
  pthread_t other;
  if (pthread_create(&other, NULL, answerBalls, &table) != 0) return 0;
  double best = 0;
  uint32_t ball = 0;
  for (double start = secondsNow(), end = start; end - start < seconds;) {
    double begin = secondsNow();
    for (int i = 0; i < ballsOfTry; i++) {
      signalStore(&table.ball, ++ball);
      waitForOther(&table.answer, ball - 1);
    }
    end = secondsNow();
    double trip = (end - begin) * 1e9 / ballsOfTry;
    if (best == 0 || trip < best) best = trip;
  }
  signalStore(&table.ball, lastBall);
  pthread_join(other, NULL);
  return best;
}
