# SPDX-License-Identifier: Apache-2.0
"""Kernels for the tests: one that a module shares, and fresh ones."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from wire import Kernel, easel


@pytest.fixture(scope="session", autouse=True)
def installed_kernel():
    """The kernel, installed by its own command where every client of this run looks first."""
    folder = Path(tempfile.mkdtemp(prefix="easel-installed-"))
    subprocess.run([easel(), "install", "--prefix", str(folder)], check=True, stdout=subprocess.DEVNULL)
    before = {name: os.environ.get(name) for name in ("JUPYTER_PATH", "XDG_STATE_HOME")}
    os.environ["JUPYTER_PATH"] = str(folder / "share" / "jupyter")
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    yield folder / "share" / "jupyter" / "kernels" / "easel"
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})
    shutil.rmtree(folder)


@pytest.fixture(scope="module", params=["tcp", "ipc"])
def kernel(request):
    """A kernel that the tests of a module share, over each transport."""
    with Kernel(transport=request.param) as kernel:
        yield kernel
        assert kernel.is_alive, kernel.printed()
        lines = [line for line in kernel.printed().splitlines() if "threw away" not in line]
        assert not lines, "a kernel in normal operation prints nothing"


@pytest.fixture
def client(kernel):
    """A client of the shared kernel."""
    with kernel.client() as client:
        client.wait_until_ready()
        yield client


@pytest.fixture
def fresh():
    """Starts kernels with settings of their own, and ends them."""
    kernels = []

    def start(**options):
        kernels.append(Kernel(**options))
        return kernels[-1]

    yield start
    for kernel in kernels:
        kernel.close()
        shutil.rmtree(kernel.folder, ignore_errors=True)
