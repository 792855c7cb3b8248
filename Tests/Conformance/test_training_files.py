# SPDX-License-Identifier: Apache-2.0
"""A trainer that is saved goes on in another process with the same bits."""

import os
import subprocess

import pytest

EASEL = os.environ.get("EASEL", ".build/release/easel")

KINDS = {
    "gan": "t = GAN(normalize(dataset('digits', limit=300), 0.5, 0.5), z=16, batch=32, arch='small', seed=3)",
    "ema": "t = GAN(dataset('digits', limit=300), z=16, batch=32, arch='small', seed=3, ema=0.9, cond=True)",
    "vae": "t = VAE(dataset('digits', limit=300), z=8, batch=32, recon='bce', warmup=20, seed=3)",
    "clf": "t = Classifier(dataset('digits', limit=300), batch=32, seed=3)",
}


def run(program, folder):
    path = folder / "program.easel"
    path.write_text(program)
    result = subprocess.run([EASEL, "run", str(path)], cwd=folder, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_goes_on_in_a_new_process(kind, tmp_path):
    """The history and the files of weights are equal to the byte, paused or not."""
    finish = "step(t, 15); save(t, '{0}.safetensors'); save(t.history, '{0}.csv')\n"
    run(f"{KINDS[kind]}\nstep(t, 12); " + finish.format("whole"), tmp_path)
    run(f"{KINDS[kind]}\nstep(t, 12); save(t, 'half.safetensors')", tmp_path)
    run("t = load('half.safetensors'); " + finish.format("resumed"), tmp_path)
    assert (tmp_path / "whole.csv").read_bytes() == (tmp_path / "resumed.csv").read_bytes()
    weights = [tensors(tmp_path / f"{name}.safetensors") for name in ("whole", "resumed")]
    assert weights[0] == weights[1]


def tensors(path):
    """The bytes behind the header."""
    data = path.read_bytes()
    return data[8 + int.from_bytes(data[:8], "little"):]


@pytest.mark.parametrize("damage", ["cut", "header", "empty"])
def test_broken_file_is_named(damage, tmp_path):
    """A broken file gives an error that names it, and a session that goes on."""
    run(f"{KINDS['vae']}\nstep(t, 2); save(t, 'a.safetensors')", tmp_path)
    path = tmp_path / "a.safetensors"
    data = path.read_bytes()
    path.write_bytes({"cut": data[: len(data) // 2], "header": b"\xff" * 8 + data[8:], "empty": b""}[damage])
    (tmp_path / "p.easel").write_text("t = load('a.safetensors')")
    result = subprocess.run([EASEL, "run", "p.easel"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert result.returncode == 1
    assert "a.safetensors" in result.stderr
