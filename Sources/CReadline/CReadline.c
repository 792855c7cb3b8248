// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CReadline.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

static struct creadline_callbacks owner;
static int wake_pipe[2] = {-1, -1};

static char *accepted;
static int has_ended;
static int has_line;
static int is_interrupted;
static atomic_int is_reading;
static const char *typed_before = "";

static unsigned char pushed[4096];
static size_t pushed_next, pushed_count;

// Wishes of other threads

void creadline_wake(enum creadline_wish wish) {
  char byte = (char)wish;
  // A full pipe means that the editor has enough to wake up for.
  if (wake_pipe[1] >= 0 && write(wake_pipe[1], &byte, 1) < 0) return;
}

static void stop_process(void) {
  rl_deprep_terminal();
  // Sent to this thread, so that it does not run on while the process is being stopped.
  raise(SIGSTOP);
  rl_prep_terminal(1);
  rl_resize_terminal();
  rl_forced_update_display();
}

static void fulfil_wishes(void) {
  char wish;
  while (read(wake_pipe[0], &wish, 1) == 1) {
    if (wish == creadline_interrupt) is_interrupted = 1;
    if (wish == creadline_resize) rl_resize_terminal();
    if (wish == creadline_stop) stop_process();
  }
}

/// Waits for a key or a wish; returns 1 for a key.
static int wait_for_key(int input) {
  if (pushed_next < pushed_count) return 1;
  struct pollfd watched[2] = {{input, POLLIN, 0}, {wake_pipe[0], POLLIN, 0}};
  if (poll(watched, 2, -1) < 0) return 0;
  if (watched[1].revents & POLLIN) fulfil_wishes();
  return watched[0].revents != 0 && !is_interrupted;
}

/// The source of bytes for readline: unlike its own, it gives up when the line is dropped.
static int next_byte(FILE *stream) {
  int input = fileno(stream);
  if (pushed_next < pushed_count) return pushed[pushed_next++];
  while (!is_interrupted) {
    if (!wait_for_key(input)) continue;
    unsigned char byte;
    ssize_t count = read(input, &byte, 1);
    if (count == 1) return byte;
    if (count == 0 || (errno != EINTR && errno != EAGAIN)) return EOF;
  }
  return EOF;
}

// Completion

/// One completion must come first as itself; several come behind what they have in common.
static char **with_common_prefix(char **texts) {
  size_t count = 0, common = texts[0] ? strlen(texts[0]) : 0;
  for (; texts[count]; count++) {
    size_t same = 0;
    while (same < common && texts[0][same] == texts[count][same]) same++;
    common = same;
  }
  // Not in the middle of a character.
  while (common > 0 && count > 1 && ((unsigned char)texts[0][common] & 0xC0) == 0x80) common--;
  char **result = count ? calloc(count + 2, sizeof(char *)) : NULL;
  if (result) {
    result[0] = strndup(texts[0], common);
    if (count > 1) memcpy(result + 1, texts, count * sizeof(char *));
    else free(texts[0]);
  }
  free(texts);
  return result;
}

static char **attempt_completion(const char *word, int start, int end) {
  (void)word, (void)start;
  rl_attempted_completion_over = 1;
  rl_completion_append_character = '\0';
  rl_completion_suppress_append = 1;
  rl_filename_completion_desired = 0;
  char **texts = owner.complete ? owner.complete(owner.context, rl_line_buffer, end) : NULL;
  return texts ? with_common_prefix(texts) : NULL;
}

static void list_completions(char **matches, int count, int longest) {
  (void)matches, (void)count, (void)longest;
  char *list = owner.list ? owner.list(owner.context) : NULL;
  if (list) {
    int point = rl_point;
    rl_point = rl_end;
    rl_redisplay();
    rl_point = point;
    fprintf(rl_outstream, "\r\n%s", list);
    fflush(rl_outstream);
    free(list);
  }
  rl_on_new_line();
  rl_forced_update_display();
}

// Editing

static int type_before(void) {
  if (*typed_before) rl_insert_text(typed_before);
  return 0;
}

/// A closing brace that is first on its line stands one step to the left of the lines before.
static int close_brace(int count, int key) {
  int start = rl_point;
  while (start > 0 && rl_line_buffer[start - 1] == ' ') start--;
  int starts_line = start == 0 || rl_line_buffer[start - 1] == '\n';
  if (starts_line && rl_point - start >= 2) rl_delete_text(rl_point - 2, rl_point), rl_point -= 2;
  return rl_insert(count, key);
}

static void accept_line(char *line) {
  rl_callback_handler_remove();
  accepted = line;
  has_line = line != NULL;
  has_ended = line == NULL;
}

static void drop_line(void) {
  if (has_line || has_ended) {
    free(accepted);
    accepted = NULL;
  } else {
    rl_callback_sigcleanup();
    rl_free_line_state();
    rl_point = rl_end;
    rl_redisplay();
    fputs("^C", rl_outstream);
    rl_crlf();
    fflush(rl_outstream);
    rl_callback_handler_remove();
  }
}

int creadline_is_reading(void) { return atomic_load(&is_reading); }

enum creadline_result creadline_read(const char *prompt, const char *prefill, char **line) {
  char stale[64];
  atomic_store(&is_reading, 1);
  while (read(wake_pipe[0], stale, sizeof stale) > 0) continue;
  accepted = NULL;
  has_line = has_ended = is_interrupted = 0;
  typed_before = prefill;
  rl_resize_terminal();
  rl_callback_handler_install(prompt, accept_line);
  int input = fileno(rl_instream);
  while (!has_line && !has_ended && !is_interrupted)
    if (wait_for_key(input)) rl_callback_read_char();
  typed_before = "";
  atomic_store(&is_reading, 0);
  if (is_interrupted) return drop_line(), creadline_interrupted;
  *line = accepted;
  return has_line ? creadline_line : creadline_ended;
}

int creadline_start(const char *name, int input, int output, struct creadline_callbacks callbacks) {
  owner = callbacks;
  if (wake_pipe[0] < 0 && pipe2(wake_pipe, O_CLOEXEC | O_NONBLOCK) < 0) return errno;
  FILE *in = fdopen(dup(input), "r"), *out = fdopen(dup(output), "w");
  if (!in || !out) return errno;
  rl_readline_name = name;
  rl_instream = in;
  rl_outstream = out;
  rl_getc_function = next_byte;
  rl_catch_signals = 0;
  rl_catch_sigwinch = 0;
  rl_startup_hook = type_before;
  rl_attempted_completion_function = attempt_completion;
  rl_completion_display_matches_hook = list_completions;
  // The whole line is the word to complete: what is replaced is decided by the language, not by a set of characters.
  rl_completer_word_break_characters = "";
  rl_basic_quote_characters = "";
  rl_sort_completion_matches = 0;
  rl_ignore_completion_duplicates = 0;
  // Before the inputrc file is read, so that people can choose otherwise.
  rl_variable_bind("show-all-if-ambiguous", "on");
  using_history();
  history_comment_char = '#';
  rl_initialize();
  if (rl_function_of_keyseq("}", NULL, NULL) == rl_insert) rl_bind_key('}', close_brace);
  return 0;
}

void creadline_push_back(const unsigned char *bytes, size_t count) {
  if (pushed_next == pushed_count) pushed_next = pushed_count = 0;
  size_t room = sizeof pushed - pushed_count;
  if (count > room) count = room;
  memcpy(pushed + pushed_count, bytes, count);
  pushed_count += count;
}

void creadline_forget_owner(void) { memset(&owner, 0, sizeof owner); }

// History

void creadline_clear_history(void) { clear_history(); }

void creadline_add_history(const char *line, long time) {
  char stamp[32];
  snprintf(stamp, sizeof stamp, "#%ld", time);
  add_history(line);
  add_history_time(stamp);
}
