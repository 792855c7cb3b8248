// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

#pragma clang assume_nonnull begin

/// The best level of kernels that this processor and its operating system can run:
/// 0 = baseline, 3 = x86-64-v3 (AVX2, FMA), 4 = x86-64-v4 (AVX-512 F, BW, CD, DQ, VL).
int32_t processorLevel(void);

/// Writes the processor's own name ("AMD EPYC ..."), or the architecture's where there is none: at most 63 bytes and 0.
void processorName(char *buffer);

/// Tells the core that this is a waiting loop.
static inline void processorPause(void) {
#if defined(__x86_64__)
  _mm_pause();
#elif defined(__aarch64__)
  __asm__ volatile("isb" ::: "memory");
#endif
}

/// Gives the rest of the time slice to whoever is ready.
static inline void processorYield(void) { sched_yield(); }

/// Fetches the cache line at `address` into all levels; any address is allowed.
static inline void processorPrefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

/// Fetches the cache line at `address` for writing; any address is allowed.
static inline void processorPrefetchForWriting(const void *address) { __builtin_prefetch(address, 1, 3); }

/// The floating-point control word of this thread (MXCSR or FPCR).
static inline uint64_t processorFloatingPointControl(void) {
#if defined(__x86_64__)
  return _mm_getcsr();
#elif defined(__aarch64__)
  uint64_t value;
  __asm__ volatile("mrs %0, fpcr" : "=r"(value));
  return value;
#else
  return 0;
#endif
}

/// Restores a control word that `processorFloatingPointControl` gave.
static inline void processorSetFloatingPointControl(uint64_t value) {
#if defined(__x86_64__)
  _mm_setcsr((uint32_t)value);
#elif defined(__aarch64__)
  __asm__ volatile("msr fpcr, %0" ::"r"(value));
#else
  (void)value;
#endif
}

/// From now on this thread reads and writes denormal numbers as zero. Returns the control word as it was.
static inline uint64_t processorFlushDenormals(void) {
  uint64_t before = processorFloatingPointControl();
#if defined(__x86_64__)
  processorSetFloatingPointControl(before | 0x8040);  // FTZ, DAZ
#elif defined(__aarch64__)
  processorSetFloatingPointControl(before | (1u << 24));  // FZ
#endif
  return before;
}

/// Asks for huge pages in a range (whole pages of it); a wish that may be refused without harm.
static inline void processorWishHugePages(void *address, size_t bytes) {
#if defined(MADV_HUGEPAGE)
  (void)madvise(address, bytes, MADV_HUGEPAGE);
#else
  (void)address;
  (void)bytes;
#endif
}

/// Floats that `threadScratch` has: what a matrix product packs at a time.
enum { threadScratchCount = 49152 };

/// Memory of the calling thread alone, for use within one call of a kernel; aligned to 64 bytes, contents undefined.
float *threadScratch(void);

// A 32-bit word that threads signal through. Swift's `Atomic` hides its address, which waiting in the kernel needs.

/// Reads the word; what its writer did before is seen.
static inline uint32_t signalLoad(const uint32_t *word) { return __atomic_load_n(word, __ATOMIC_ACQUIRE); }

/// Writes the word; what was done before is seen by its readers.
static inline void signalStore(uint32_t *word, uint32_t value) { __atomic_store_n(word, value, __ATOMIC_RELEASE); }

/// Adds to the word and returns what it was before.
static inline uint32_t signalAdd(uint32_t *word, uint32_t value) {
  return __atomic_fetch_add(word, value, __ATOMIC_ACQ_REL);
}

/// Sleeps until the word is woken, unless it no longer holds `value`; wakes without cause now and then.
void signalWait(const uint32_t *word, uint32_t value);

/// Wakes every thread that sleeps on the word.
void signalWakeAll(const uint32_t *word);

/// Nanoseconds that a cache line takes from one core to another and back: the best of many tries within a time limit, or
/// 0 where a second thread does not start. Two virtual cores may be near each other or far.
double processorRoundTrip(double seconds);

#pragma clang assume_nonnull end
