// SPDX-License-Identifier: Apache-2.0
#pragma once
// Calls of Linux that Swift's Glibc module leaves out or cannot take. Each returns -1 with errno when it fails.
#include <stddef.h>
#include <sys/types.h>

// A descriptor that is readable after 8 bytes were written to it, until 8 bytes are read.
int linux_event_descriptor(void);

// Blocks SIGINT, SIGTERM and SIGHUP, and no other signal, in the calling thread and those it starts afterwards, ignores SIGPIPE, and
// returns a descriptor that is readable when one of the three has come.
int linux_signal_descriptor(void);

// The number of the next signal that has come, 0 when none has.
int linux_next_signal(int descriptor);

// A descriptor that is readable when the process has ended.
int linux_process_descriptor(pid_t process);

// A pipe whose ends do not wait and are not inherited: ends[0] to read, ends[1] to write.
int linux_pipe(int ends[2]);

// Makes the C library write standard output line by line, also into a pipe.
void linux_buffer_lines(void);

// Starts a thread that nobody waits for, with a name for tools such as top; returns 0 or an error number.
int linux_start_thread(const char *name, size_t stack_size, void (*body)(void *), void *context);

// What a thread that ran into a trap says before it stops for ever.
struct trap_report {
  // SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE or SIGABRT.
  int signal;
  // Whether the fault lies just below the stack of the thread: it has recursed too deeply.
  int stack_overflow;
};

// Catches traps of every thread but the caller's: the thread writes a trap_report to `descriptor` and waits for the
// process to end, which an alarm does after `seconds` if nobody else does. The caller's own traps kill as usual.
int trap_reports_begin(int descriptor, unsigned seconds);

// Runs into one kind of trap on purpose: a signal number, or 0 for a stack overflow. Only for tests.
void trap_provoke(int signal);
