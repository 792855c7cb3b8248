# SPDX-License-Identifier: Apache-2.0
"""Jupyter's own tests of kernels: all of them, none skipped."""

import unittest

import jupyter_kernel_test
import pytest


@pytest.mark.usefixtures("installed_kernel")
class EaselKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "easel"
    language_name = "easel"
    file_extension = ".easel"
    code_hello_world = 'print("hello, world")'
    # Remarks go to standard error; this one is said once in a session.
    code_stderr = "sum = 3"
    completion_samples = [
        {"text": "clear_out", "matches": {"clear_output"}},
        {"text": 'x = 1; print("a", sep', "matches": {"sep="}},
        {"text": "%his", "matches": {"history"}},
    ]
    complete_code_samples = ["1 + 1", "step = 3", "for i in range(3) { print(i) }", "%who", "# comment", ""]
    incomplete_code_samples = ["for i in range(3) {", "x = [1, 2,", "f = x ->", "a +", "def f(x)"]
    invalid_code_samples = ['"abc', "x = )", "for e in range(25):", "x y"]
    code_page_something = "?print"
    code_generate_error = "nothing_of_the_kind + 1"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "[1, 2, 3]", "result": "[1, 2, 3]"},
        {"code": "6 * 7 + 1 - 1", "result": "42"},
    ]
    code_display_data = [
        {"code": "show 6 * 7", "mime": "text/plain"},
        {"code": 'show dataset("digits")[0:4]', "mime": "image/png"},
        {"code": "show plot([1, 2, 3])", "mime": "image/svg+xml"},
    ]
    code_history_pattern = "6 ? 7"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "print"
    code_clear_output = 'print("a"); clear_output()'


@pytest.mark.usefixtures("installed_kernel")
class EaselWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "easel"
    support_iopub_welcome = True


# The base classes are for subclasses only.
del jupyter_kernel_test

if __name__ == "__main__":
    unittest.main()
