# SPDX-License-Identifier: Apache-2.0
"""The instructions of the executable: wide vectors only where the processor's level was checked.

The three kernel modules are one source, compiled for three levels. Code that they share by name with the rest of the
program (a specialisation of the standard library's, say) could be linked in the copy of the highest level, and then
stop an older processor. And a loop that calls the C library for each number would be a hundred times too slow.
"""

import platform
import re
import shutil
import subprocess

import pytest
from wire import easel

HEAD = re.compile(r"^[0-9a-f]+ <(.+)>:$")
LEVELS = {"baseline": "15KernelsBaseline", "v3": "9KernelsV3", "v4": "9KernelsV4"}


@pytest.fixture(scope="module")
def functions():
    """For each function of the executable: whether it uses ymm, zmm or fused multiply-add, and what it calls."""
    if platform.machine() != "x86_64" or not shutil.which("objdump"):
        pytest.skip("needs x86-64 and objdump")
    command = ["objdump", "-d", "--no-show-raw-insn", easel()]
    found, name = {}, None
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            if head := HEAD.match(line):
                name = head[1]
                found[name] = {"ymm": False, "zmm": False, "fma": False, "calls": set()}
            elif name and "\t" in line:
                function = found[name]
                function["ymm"] |= "%ymm" in line
                function["zmm"] |= "%zmm" in line or "{%k" in line
                function["fma"] |= "vfmadd" in line or "vfmsub" in line or "vfnmadd" in line
                if call := re.search(r"\b(?:call|jmp)\w*\s.*<([^>+]+)>", line):
                    function["calls"].add(call[1])
    assert found, "the executable has its symbols"
    return found


def of(functions, level):
    return {name: facts for name, facts in functions.items() if LEVELS[level] in name}


def test_wide_vectors_stay_in_their_modules(functions):
    elsewhere = {
        name: [kind for kind in ("ymm", "zmm", "fma") if facts[kind]]
        for name, facts in functions.items()
        if not any(LEVELS[level] in name for level in ("v3", "v4"))
    }
    assert not {name: kinds for name, kinds in elsewhere.items() if kinds}


def test_v3_has_no_avx512(functions):
    assert not [name for name, facts in of(functions, "v3").items() if facts["zmm"]]


def test_each_level_uses_what_it_has(functions):
    assert any(facts["zmm"] and facts["fma"] for facts in of(functions, "v4").values())
    assert any(facts["ymm"] and facts["fma"] for facts in of(functions, "v3").values())
    assert of(functions, "baseline")


@pytest.mark.parametrize("level", LEVELS)
def test_kernels_do_not_call_the_library_for_arithmetic(functions, level):
    slow = {"fmaf", "fma", "sqrtf", "sqrt", "expf", "logf", "tanhf", "floorf", "roundf", "rintf"}
    calls = {
        name: sorted(call for call in facts["calls"] if call.split("@")[0] in slow)
        for name, facts in of(functions, level).items()
    }
    assert not {name: found for name, found in calls.items() if found}


@pytest.mark.parametrize("level", LEVELS)
def test_kernels_have_no_unspecialised_vector_code(functions, level):
    generic = re.compile(r"^\$ss\d+SIMD")
    calls = {name for name, facts in of(functions, level).items() if any(map(generic.match, facts["calls"]))}
    assert not calls
