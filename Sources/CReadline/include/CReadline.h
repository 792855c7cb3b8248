// SPDX-License-Identifier: Apache-2.0
#pragma once

// GNU readline behind a few functions: its globals, its signals and its callbacks stay in this target.
//
// One line is read at a time, by one thread. Only `creadline_wake` and `creadline_restore_terminal` may be called
// from other threads, the second also from a signal handler.

#include <stddef.h>

#if !__has_include(<readline/readline.h>)
#error "GNU readline is missing: apt-get install libreadline-dev"
#endif

/// How a call to `creadline_read` ended.
enum creadline_result {
  /// The user accepted a line.
  creadline_line = 0,
  /// The input ended, or Ctrl-D was typed on an empty line.
  creadline_ended = 1,
  /// The line was dropped because somebody called `creadline_wake(creadline_interrupt)`.
  creadline_interrupted = 2
};

/// What `creadline_wake` asks for.
enum creadline_wish {
  /// Drop the line being edited and return.
  creadline_interrupt = 'i',
  /// The window has another size.
  creadline_resize = 'w',
  /// Give the terminal back and stop the process, as Ctrl-Z asks.
  creadline_stop = 's'
};

/// What the owner of the editor supplies.
struct creadline_callbacks {
  /// Handed to each callback.
  void *_Nullable context;
  /// What the whole line up to `point` could become: texts from `malloc` in an array from `malloc`, `NULL` at the
  /// end; or `NULL` when nothing fits. `point` counts bytes.
  char *_Nullable *_Nullable (*_Nullable complete)(void *_Nullable context, const char *_Nonnull line, int point);
  /// The list to print below the line when more than one completion fits, from `malloc`; or `NULL`.
  char *_Nullable (*_Nullable list)(void *_Nullable context);
};

/// Starts the editor on two descriptors; `name` is what `$if` in an inputrc file asks for.
///
/// Returns 0, or `errno`.
int creadline_start(
    const char *_Nonnull name, int input, int output, struct creadline_callbacks callbacks);

/// Reads a line behind `prompt`, with `prefill` already typed; the result stands in `*line`, from `malloc`.
enum creadline_result creadline_read(
    const char *_Nonnull prompt, const char *_Nonnull prefill, char *_Nullable *_Nonnull line);

/// Gives bytes back that were read from the terminal by others, to be read as the next keys; 4096 at most are kept.
void creadline_push_back(const unsigned char *_Nonnull bytes, size_t count);

/// Calls no callback any more.
void creadline_forget_owner(void);

/// Asks the editor for something, from any thread.
void creadline_wake(enum creadline_wish wish);

/// Whether a line is being read, asked from any thread.
int creadline_is_reading(void);

/// Forgets all remembered lines.
void creadline_clear_history(void);

/// Remembers a line, which may contain newlines; `time` counts seconds since 1970.
void creadline_add_history(const char *_Nonnull line, long time);

/// Notes the modes of the terminal on `descriptor`, to be put back by `creadline_restore_terminal`, and sees to it
/// that a crash puts them back too.
void creadline_guard_terminal(int descriptor);

/// Puts the terminal back as it was noted: modes, cursor, colours, paste.
void creadline_restore_terminal(void);

/// Takes the locale of the environment for character widths, or a UTF-8 one where the environment names none.
///
/// Returns whether the environment's own locale speaks UTF-8.
int creadline_set_locale(void);
