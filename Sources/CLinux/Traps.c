// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CLinux.h"
#include "Stack.h"

// Handlers take no argument of ours, so what they need stands here; written once, before any other thread starts.
static int report_descriptor = -1;
static pid_t exempt_thread;
static unsigned grace_seconds;

static void report_and_wait(int number, siginfo_t *information, void *context) {
  (void)context;
  if ((pid_t)syscall(SYS_gettid) == exempt_thread) {
    signal(number, SIG_DFL);
    raise(number);
    return;
  }
  struct trap_report report = {.signal = number, .stack_overflow = 0};
  uintptr_t address = (uintptr_t)information->si_addr;
  // The guard page lies below the bottom; a large frame may jump some way past it.
  const uintptr_t reach = 1 << 20;
  if (number == SIGSEGV && stack_bottom && address < stack_bottom + 8192 && address + reach > stack_bottom)
    report.stack_overflow = 1;
  alarm(grace_seconds);
  ssize_t written = write(report_descriptor, &report, sizeof report);
  (void)written;
  for (;;) pause();
}

int trap_reports_begin(int descriptor, unsigned seconds) {
  report_descriptor = descriptor;
  exempt_thread = (pid_t)syscall(SYS_gettid);
  grace_seconds = seconds;
  struct sigaction action = {.sa_sigaction = report_and_wait, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  const int traps[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
  for (unsigned i = 0; i < sizeof traps / sizeof *traps; i++)
    if (sigaction(traps[i], &action, NULL)) return -1;
  return 0;
}

__attribute__((noinline)) static int recurse(volatile char *above) {
  volatile char frame[1024];
  frame[0] = above ? above[0] : 1;
  return recurse(frame) + frame[0];
}

void trap_provoke(int number) {
  switch (number) {
    case 0: recurse(NULL); break;
    case SIGABRT: abort();
    case SIGILL: __builtin_trap();
    case SIGSEGV: *(volatile int *)8 = 1; break;
    default: raise(number);
  }
}
