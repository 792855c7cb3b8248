// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CReadline.h"

#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios noted_modes;
static volatile sig_atomic_t noted_descriptor = -1;
static volatile sig_atomic_t knows_escapes;

// The terminal after a crash

void creadline_restore_terminal(void) {
  int descriptor = noted_descriptor;
  if (descriptor < 0) return;
  tcsetattr(descriptor, TCSANOW, &noted_modes);
  // Plain colours, a visible cursor, pasted text as it is.
  static const char reset[] = "\033[0m\033[?25h\033[?2004l\r";
  if (knows_escapes && write(descriptor, reset, sizeof reset - 1) < 0) return;
}

static void restore_and_die(int signal) {
  creadline_restore_terminal();
  // The handler was installed to run once: the same signal now ends the process as it would have.
  raise(signal);
}

void creadline_guard_terminal(int descriptor) {
  if (tcgetattr(descriptor, &noted_modes) != 0) return;
  noted_descriptor = descriptor;
  const char *term = getenv("TERM");
  knows_escapes = term && strcmp(term, "dumb") != 0;
  // A crash by stack overflow leaves no stack to handle it on.
  static char spare[1 << 15];
  stack_t stack = {.ss_sp = spare, .ss_size = sizeof spare};
  sigaltstack(&stack, NULL);
  struct sigaction action = {.sa_handler = restore_and_die, .sa_flags = (int)SA_RESETHAND | SA_ONSTACK | SA_NODEFER};
  sigemptyset(&action.sa_mask);
  int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT};
  for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) sigaction(fatal[i], &action, NULL);
}

// Characters

int creadline_set_locale(void) {
  setlocale(LC_CTYPE, "");
  int speaks = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
  if (!speaks) setlocale(LC_CTYPE, "C.UTF-8");
  return speaks;
}
