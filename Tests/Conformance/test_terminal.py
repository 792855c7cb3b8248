# SPDX-License-Identifier: Apache-2.0
"""The prompt in a real terminal: what is typed, what is seen, and how the terminal is left."""

import os
import re
import signal
import subprocess
import termios

import pytest
from terminal import Terminal

EASEL = os.environ["EASEL"]
PASTE = ("\x1b[200~", "\x1b[201~")


@pytest.fixture
def terminal():
    with Terminal("--no-init") as terminal:
        terminal.wait_for_prompt()
        yield terminal


# Typing


def test_a_value_is_shown_and_the_next_prompt_comes(terminal):
    assert "42" in terminal.enter("6 * 7")
    assert terminal.last_line == ">>"


def test_a_block_is_continued_with_its_indent(terminal):
    terminal.type("for i in range(2) {\r")
    terminal.wait(lambda: terminal.screen.cursor.x == len("..   "))
    terminal.type("if i == 1 {\rprint(\"one\", i)\r}\r}\r")
    terminal.wait_for("one 1")
    assert "..   if i == 1 {\n..     print(\"one\", i)\n..   }\n.. }\none 1" in terminal.text


def test_a_pasted_block_runs_as_one_input(terminal):
    block = "def twice(x) {\n\ty = x * 2\n\n  y\n}\ntwice(21)"
    terminal.type(PASTE[0] + block + PASTE[1])
    shown = terminal.enter("")
    assert "42" in shown and "SyntaxError" not in shown
    assert "twice" in terminal.enter("%history 1") or "[1]" in terminal.enter("%history")


def test_completion_inserts_and_lists(terminal):
    terminal.enter("first_name = 1; first_value = 2")
    terminal.type("first_\t")
    terminal.wait_for("first_value  variable")
    assert re.search(r"first_name +variable +1\n +first_value +variable +2", terminal.text)
    terminal.type("v\t")
    terminal.wait(lambda: terminal.last_line == ">> first_value")
    assert "2" in terminal.enter("")


def test_completion_in_a_string_and_of_letters(terminal):
    terminal.type('dataset("fash\t')
    terminal.wait(lambda: terminal.last_line == '>> dataset("fashion-mnist')
    terminal.type("\x15\\mu\t")
    terminal.wait(lambda: terminal.last_line == ">> μ")


def test_history_is_recalled_and_searched(terminal):
    terminal.enter("alpha = 1")
    terminal.enter("beta = 2")
    terminal.type("\x1b[A\x1b[A")
    terminal.wait(lambda: terminal.last_line == ">> alpha = 1")
    dropped = len(terminal.raw)
    terminal.type("\x03")
    terminal.wait_for_prompt(dropped)
    terminal.type("\x12bet")
    terminal.wait_for("(reverse-i-search)`bet': beta = 2")
    assert "beta: 2" in terminal.enter("")


def test_history_outlives_the_session_with_its_blocks():
    with Terminal("--no-init") as first:
        first.wait_for_prompt()
        first.type("for i in range(2) {\ri\r}\r")
        first.wait_for_prompt(len(first.raw))
        first.type("\x04")
        assert first.end() == 0
    with Terminal("--no-init", home=first.home) as second:
        second.wait_for_prompt()
        second.type("\x1b[A")
        second.wait_for("}")
        assert ">> for i in range(2) {\n  i\n}" in second.text


def test_an_inputrc_may_ask_for_easel():
    with Terminal("--no-init") as probe:
        home = probe.home
    (home / ".inputrc").write_text('$if easel\n"\\C-g": "print(\\"mine\\")\\n"\n$endif\n')
    with Terminal("--no-init", home=home) as terminal:
        terminal.wait_for_prompt()
        terminal.type("\x07")
        terminal.wait_for("mine\n>>")


def test_an_editor_may_change_an_input(tmp_path):
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i s/one/two/ \"$1\"\n")
    editor.chmod(0o755)
    with Terminal("--no-init", EDITOR=str(editor)) as terminal:
        terminal.wait_for_prompt()
        terminal.enter('print("one")')
        terminal.type("%edit\r")
        terminal.wait(lambda: terminal.last_line == '>> print("two")')
        assert "two\n" in terminal.enter("")


def test_typing_ahead_waits_for_the_prompt(terminal):
    terminal.type("repeat 300000 { x = 1 }; print(\"ready\")\r")
    terminal.type("6 * 7\r")
    terminal.wait_for("42")
    assert "ready\n>> 6 * 7\n42" in terminal.text


# Wide characters, sizes


def test_wide_characters_are_two_columns_wide(terminal):
    assert "变量: 3" in terminal.enter("变量 = 3")
    terminal.type("print(\"训练中\")\x1b[D\x1b[D\x1b[D集")
    terminal.wait_for("训练集中")
    assert terminal.screen.cursor.x == 3 + len('print("') + 2 * 3
    assert "训练集中" in terminal.enter("")


def test_carets_stand_below_their_culprits(terminal):
    terminal.enter("名字 = \"训练\" + nothere")
    line = next(line for line in terminal.lines if "名字" in line and ">>" not in line)
    carets = next(line for line in terminal.lines if "^^^" in line)
    width = sum(2 if ord(character) > 0x2E80 else 1 for character in line[: line.index("nothere")] if character)
    # The screen keeps an empty cell behind each wide character.
    assert carets.index("^") in (width, line.index("nothere"))


def test_full_width_punctuation_is_read_and_said_once(terminal):
    assert "note: full-width" in terminal.enter("x = （1，2）")
    assert "note" not in terminal.enter("x = （1，2）")


def test_a_resize_redraws_the_line(terminal):
    terminal.type("a_name = \"" + "x" * 60 + "\"")
    terminal.wait_for("x" * 60)
    terminal.resize(40, 24)
    terminal.type("; 7")
    terminal.wait(lambda: '; 7' in terminal.text.replace("\n", ""))
    assert "7" in terminal.enter("")
    assert terminal.last_line == ">>"


def test_the_width_of_the_window_is_the_width_of_output():
    with Terminal("--no-init", columns=60) as terminal:
        terminal.wait_for_prompt()
        terminal.enter("x = randn(64, 100)")
        assert all(len(line) <= 60 for line in terminal.plain().splitlines() if line.startswith("x:"))


# Stopping


def test_interrupt_at_the_prompt_drops_the_line(terminal):
    terminal.type("half a li")
    terminal.wait_for("half a li")
    terminal.type("\x03")
    terminal.wait(lambda: terminal.last_line == ">>")
    assert "2" in terminal.enter("1 + 1")


def test_interrupt_drops_an_unfinished_block(terminal):
    terminal.type("if True {\rprint(\"never\")\r")
    terminal.wait_for("never")
    terminal.type("\x03")
    terminal.wait(lambda: terminal.last_line == ">>")
    assert "4" in terminal.enter("2 + 2")
    assert terminal.text.count("never") == 1


def test_interrupt_stops_a_loop_and_keeps_its_variables(terminal):
    terminal.type("n = 0\r")
    terminal.type("repeat { n += 1 }\r")
    terminal.wait_for("/s")
    terminal.type("\x03")
    terminal.wait_for("Interrupted")
    assert "^C stopping after this step" in terminal.text
    assert re.search(r"\n\d+\n", terminal.enter("n"))


def test_interrupt_pauses_a_training_that_can_be_resumed(terminal):
    terminal.enter('gan = GAN(dataset("digits", limit=500))')
    terminal.type("step gan 100000\r")
    terminal.wait_for("ETA")
    terminal.type("\x03")
    terminal.wait_for("help: resume gan")
    terminal.wait(lambda: terminal.last_line == ">>")
    assert "Everything is kept" in terminal.text
    assert "2" in terminal.enter("1 + 1")
    # What was done is remembered as what it amounts to, so that it can be done again.
    assert re.search(r"\nstep gan \d+\n", terminal.enter("%recipe gan"))
    assert "equal in every bit" in terminal.enter("%verify gan")


def test_interrupt_while_a_program_asks_for_a_line(terminal):
    terminal.type('name = input("name? ")\r')
    terminal.wait(lambda: terminal.last_line == "name?")
    terminal.type("\x03")
    terminal.wait_for("Interrupted")
    terminal.type('name = input("name? ")\r')
    terminal.wait(lambda: terminal.last_line == "name?")
    terminal.type("Ada\r")
    terminal.wait_for('name: "Ada"')


def test_stop_and_go_on_in_a_shell():
    with Terminal("--norc", "-i", program="/bin/bash", PS1="$ ") as terminal:
        terminal.wait_for("$")
        terminal.type(f"{EASEL} --no-init\r")
        terminal.wait_for(">>")
        terminal.type("x = 41\r")
        terminal.wait_for("x: 41")
        terminal.type("\x1a")
        terminal.wait_for("Stopped")
        terminal.type("fg\r")
        terminal.wait(lambda: terminal.last_line == ">>")
        terminal.type("x + 1\r")
        terminal.wait_for("42")
        terminal.type("exit\r")
        terminal.wait(lambda: terminal.last_line.startswith("$"))


# Leaving


@pytest.mark.parametrize("way", ["\x04", "exit\r", "quit\r"])
def test_leaving_is_exit_code_0(terminal, way):
    terminal.type(way)
    assert terminal.end() == 0


def same_modes(terminal):
    now = termios.tcgetattr(terminal.child.child_fd)
    return now[:4] == terminal.modes[:4]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGSEGV, signal.SIGABRT])
@pytest.mark.parametrize("line", ["", "repeat { x = 1 }\r"])
def test_a_signal_leaves_the_terminal_as_it_was(number, line):
    # A shell keeps the terminal open after the program's end.
    with Terminal("-c", f"{EASEL} --no-init; stty -a; echo status $?; read x", program="/bin/bash") as terminal:
        terminal.wait_for_prompt()
        terminal.type(line)
        if line:
            terminal.wait_for("/s")
        subprocess.run(["pkill", f"-{int(number)}", "-P", str(terminal.child.pid)], check=True)
        terminal.wait_for("status 0")
        assert same_modes(terminal)
        assert " icanon" in terminal.plain() and " echo " in terminal.plain()
        # Pasted text and the cursor are plain again.
        assert terminal.raw.rfind(b"\x1b[?2004l") > terminal.raw.rfind(b"\x1b[?2004h")


# Looks


def test_no_colour_means_no_colour():
    with Terminal("--no-init", NO_COLOR="1") as terminal:
        terminal.wait_for_prompt()
        terminal.enter("nothere")
        terminal.enter("x = randn(3)")
        assert not re.search(rb"\x1b\[[0-9;]*[1-9][0-9;]*m", terminal.raw)


def test_colour_marks_errors():
    with Terminal("--no-init") as terminal:
        terminal.wait_for_prompt()
        terminal.enter("nothere")
        assert re.search(rb"\x1b\[[0-9;]*m", terminal.raw)


def test_a_dumb_terminal_gets_plain_text():
    with Terminal("--no-init", TERM="dumb") as terminal:
        terminal.wait_for_prompt()
        terminal.enter("nothere")
        terminal.enter("x = randn(64, 100)")
        assert b"\x1b" not in terminal.raw


def test_a_terminal_with_wide_boxes_gets_ascii():
    with Terminal("--no-init") as terminal:
        terminal.wait_for_prompt()
        columns = iter([1, 3])
        terminal.screen.reports = lambda: terminal.type(f"\x1b[1;{next(columns)}R")
        shown = terminal.enter("x = randn(64, 100)")
        assert re.search(r"sd \d\.\d+ +\d{10}", shown), shown


def test_a_silent_terminal_is_not_waited_for():
    with Terminal("--no-init") as terminal:
        terminal.wait_for_prompt()
        terminal.screen.reports = lambda: None
        assert "x: Tensor" in terminal.enter("x = randn(64, 100)")
        assert "2" in terminal.enter("1 + 1")


def test_the_reader_gets_sentences():
    with Terminal("--no-init", EASEL_READER="1") as terminal:
        terminal.wait_for_prompt()
        terminal.enter('gan = GAN(dataset("digits", limit=200))')
        start = len(terminal.raw)
        shown = terminal.enter("step gan 60")
        assert "\x1b[K" not in terminal.raw[start:].decode().replace("\x1b[K\r", "")
        assert "━" not in shown


def test_the_locale_chooses_the_language():
    with Terminal("--no-init", LANG="zh_CN.UTF-8") as terminal:
        terminal.wait_for_prompt()
        assert "逐步训练" in terminal.text
        assert "没有" in terminal.enter("nothere")


PICTURE = 'show dataset("digits", limit=4)[0:4]'


def pictured(attributes, **variables):
    """What a terminal that answers so is sent for a picture."""
    with Terminal("--no-init", **variables) as terminal:
        terminal.screen.attributes = attributes
        terminal.wait_for_prompt()
        start = len(terminal.raw)
        terminal.type(PICTURE + "\r")
        terminal.wait(lambda: b">> " in terminal.raw[start + len(PICTURE) + 10 :], "the prompt")
        return terminal.raw[start:].decode(errors="replace")


def test_pictures_are_drawn_with_the_best_that_the_terminal_offers():
    assert "\x1bP" in pictured("\x1b[?62;4;22c"), "sixels where attribute 4 stands"
    half = pictured("\x1b[?62;14c", COLORTERM="truecolor")
    assert "▀" in half and "\x1b[38;2;" in half
    assert "\x1b_Ga=T" in pictured("\x1b_Gi=31;OK\x1b\\\x1b[?62c") or "kitty"
    plain = pictured("\x1b[?62;4c", NO_COLOR="1")
    assert "\x1bP" not in plain and re.search("[░▒▓█]", plain)


def test_pictures_can_be_chosen():
    with Terminal("--no-init", "--graphics", "ascii") as terminal:
        terminal.wait_for_prompt()
        terminal.enter(PICTURE)
        assert "▀" not in terminal.text
        terminal.enter("%set graphics none")
        start = len(terminal.raw)
        terminal.enter(PICTURE)
        assert len(terminal.plain(start).splitlines()) < 6


# The first program


def test_the_init_file_runs_before_the_first_prompt():
    with Terminal() as probe:
        home = probe.home
    (home / ".config" / "easel").mkdir(parents=True)
    (home / ".config" / "easel" / "init.easel").write_text("greeting = \"hello\"\n%set live off\nnothere\n")
    with Terminal(home=home) as terminal:
        terminal.wait_for_prompt()
        assert "init.easel:3: NameError" in terminal.text
        assert '"hello"' in terminal.enter("greeting")
    with Terminal("--no-init", home=home) as terminal:
        terminal.wait_for_prompt()
        assert "NameError" in terminal.enter("greeting")


def test_the_tour_takes_what_is_typed(terminal):
    terminal.type("%tour\r")
    terminal.wait_for("tour>")
    terminal.type('data = dataset("digits", limit=2000)\r')
    terminal.wait_for("2/8")
    terminal.type("q\r")
    terminal.wait(lambda: terminal.last_line == ">>")
    assert "NameError" in terminal.enter("data")
