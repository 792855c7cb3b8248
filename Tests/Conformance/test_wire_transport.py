# SPDX-License-Identifier: Apache-2.0
"""Transports, keys and encryption; connection files that cannot be used."""

import json
import os
import socket
import stat
import subprocess
import time

import pytest
import zmq
from wire import Timeout, connection, easel


@pytest.mark.parametrize("scheme", ["hmac-sha256", "hmac-sha512"])
@pytest.mark.parametrize("key", ["", "k", "key " * 100, "schlüssel-钥匙"])
def test_keys_and_schemes(fresh, scheme, key):
    client = fresh(scheme=scheme, key=key).client()
    client.wait_until_ready()
    assert client.execute("1")[0]["status"] == "ok"


@pytest.mark.parametrize("transport", ["tcp", "ipc"])
def test_encrypted(fresh, transport):
    kernel = fresh(transport=transport, curve=True)
    client = kernel.client()
    client.wait_until_ready()
    assert client.execute("1")[0]["status"] == "ok"
    assert client.beat() == b"ping"
    welcome = client.find(lambda m: m.type == "iopub_welcome", "iopub")
    assert welcome.content == {"subscription": ""}


def test_who_does_not_encrypt_or_has_another_key_is_not_heard(fresh):
    kernel = fresh(curve=True)
    keys, kernel.curve = kernel.curve, None
    with kernel.client() as plain, pytest.raises(Timeout):
        plain.request("kernel_info_request", timeout=0.5)
    kernel.curve = zmq.curve_keypair()
    with kernel.client() as stranger, pytest.raises(Timeout):
        stranger.request("kernel_info_request", timeout=0.5)
    kernel.curve = keys
    with kernel.client() as friend:
        friend.wait_until_ready()


def test_it_listens_at_its_address_only(fresh):
    kernel = fresh()
    ports = {int(line.split()[1].rsplit(":", 1)[1], 16): line.split()[1] for line in listening(kernel.process.pid)}
    assert set(ports) == {kernel.info[f"{name}_port"] for name in ("shell", "iopub", "stdin", "control", "hb")}
    assert all(address.startswith("0100007F:") for address in ports.values()), "127.0.0.1 and nothing else"


def listening(process):
    """The lines of /proc/net/tcp for the sockets on which a process listens."""
    inodes = set()
    for entry in os.scandir(f"/proc/{process}/fd"):
        target = os.readlink(entry.path)
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    lines = [line for name in ("tcp", "tcp6") for line in open(f"/proc/{process}/net/{name}").readlines()[1:]]
    return [line for line in lines if line.split()[3] == "0A" and line.split()[9] in inodes]


def test_sockets_that_are_files_are_for_their_owner(fresh):
    kernel = fresh(transport="ipc")
    for path in kernel.folder.glob("kernel-ipc*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def complain(arguments, **options):
    """Runs a kernel that cannot start; returns what it says."""
    started = time.monotonic()
    done = subprocess.run([easel(), "kernel", *arguments], capture_output=True, text=True, timeout=5, **options)
    assert time.monotonic() - started < 1.5
    assert done.returncode > 0
    assert done.stdout == "" and done.stderr.count("\n") == 1, done.stderr
    return done.stderr


@pytest.mark.parametrize("content", [
    b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe", b'{"shell_port": "x"}', b'{"transport": "udp"}',
    b'{"signature_scheme": "hmac-md5"}', b'{"key": 7}',
], ids=repr)
def test_a_connection_file_that_cannot_be_used(tmp_path, content):
    file = tmp_path / "bad.json"
    file.write_bytes(content)
    assert "bad.json" in complain(["--connection-file", str(file)])


def test_an_unknown_signature_scheme_is_refused(tmp_path):
    info = connection("tcp", tmp_path, "secret-key", "hmac-sha1", None)
    (tmp_path / "c.json").write_text(json.dumps(info))
    said = complain(["-f", str(tmp_path / "c.json")])
    assert "signature_scheme" in said and "secret-key" not in said


@pytest.mark.parametrize("path", ["/nowhere/at/all.json", "/tmp", "/dev/null"])
def test_a_connection_file_that_cannot_be_read(path):
    assert path in complain(["-f", path])


@pytest.mark.parametrize("name", ["shell", "iopub", "stdin", "control", "hb"])
def test_a_taken_port_is_told(tmp_path, name):
    info = connection("tcp", tmp_path, "key", "hmac-sha256", None)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", info[f"{name}_port"]))
        taken.listen()
        (tmp_path / "c.json").write_text(json.dumps(info))
        said = complain(["-f", str(tmp_path / "c.json")])
    assert str(info[f"{name}_port"]) in said


def test_a_path_that_is_too_long_for_a_socket_is_told(tmp_path):
    info = {**connection("ipc", tmp_path, "key", "hmac-sha256", None), "ip": str(tmp_path / ("x" * 120))}
    (tmp_path / "c.json").write_text(json.dumps(info))
    complain(["-f", str(tmp_path / "c.json")])


def test_the_key_is_never_logged(fresh):
    kernel = fresh(key="a-very-secret-key", env={"EASEL_LOG": "debug"})
    client = kernel.client()
    client.wait_until_ready()
    client.execute("1")
    assert kernel.printed() and "a-very-secret-key" not in kernel.printed()
