// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "Stack.h"

int linux_event_descriptor(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

int linux_signal_descriptor(void) {
  sigset_t wanted;
  sigemptyset(&wanted);
  sigaddset(&wanted, SIGINT);
  sigaddset(&wanted, SIGTERM);
  sigaddset(&wanted, SIGHUP);
  // An error while writing to a pipe that nobody reads is told by the call.
  signal(SIGPIPE, SIG_IGN);
  if (pthread_sigmask(SIG_SETMASK, &wanted, NULL)) return -1;
  return signalfd(-1, &wanted, SFD_NONBLOCK | SFD_CLOEXEC);
}

int linux_next_signal(int descriptor) {
  struct signalfd_siginfo information;
  if (read(descriptor, &information, sizeof information) != sizeof information) return 0;
  return (int)information.ssi_signo;
}

// By number, because the wrapper is younger than some C libraries that are still in use.
int linux_process_descriptor(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

int linux_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC | O_NONBLOCK); }

void linux_buffer_lines(void) { setvbuf(stdout, NULL, _IOLBF, 0); }

__thread uintptr_t stack_bottom;

struct start {
  char name[16];
  void (*body)(void *);
  void *context;
};

// Gives the thread a second stack, on which a trap is reported when the first one is used up.
static void prepare_stack(void) {
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes)) return;
  void *bottom;
  size_t size;
  if (!pthread_attr_getstack(&attributes, &bottom, &size)) stack_bottom = (uintptr_t)bottom;
  pthread_attr_destroy(&attributes);
  const size_t room = 64 * 1024;
  void *memory = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return;
  stack_t second = {.ss_sp = memory, .ss_size = room};
  sigaltstack(&second, NULL);
}

static void *run(void *argument) {
  struct start start = *(struct start *)argument;
  free(argument);
  pthread_setname_np(pthread_self(), start.name);
  prepare_stack();
  start.body(start.context);
  stack_t second;
  const stack_t none = {.ss_flags = SS_DISABLE};
  if (!sigaltstack(&none, &second) && !(second.ss_flags & SS_DISABLE)) munmap(second.ss_sp, second.ss_size);
  return NULL;
}

int linux_start_thread(const char *name, size_t stack_size, void (*body)(void *), void *context) {
  struct start *start = malloc(sizeof *start);
  if (!start) return ENOMEM;
  *start = (struct start){.body = body, .context = context};
  strncpy(start->name, name, sizeof start->name - 1);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_t thread;
  int result = pthread_attr_setstacksize(&attributes, stack_size);
  if (!result) result = pthread_create(&thread, &attributes, run, start);
  pthread_attr_destroy(&attributes);
  if (result) free(start);
  return result;
}
