"""The X server is waited for until it has said all that it says when it is ready."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from runner.sandbox.interpreter import SCREEN_SERVER

# As X servers do: the number, and the end of its line. What they cannot write ends them.
SERVER = """import os, socket, sys, time
os.write(4, b"1")
time.sleep(0.3)
os.write(4, b"\\n")
socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"goes on", sys.argv[1])
"""
STARTS = """import sys
source, server, path, listener = sys.argv[1:]
argv = [sys.executable, "-c", server, path]
screen = {"argv": argv, "env": {}, "limits": [], "listener": int(listener), "seconds": 5}
exec(open(source).read(), {"screen": screen})
"""


def start(server: str, told: Path) -> int:
    """The exit code of what waits for the server."""
    with socket.socket(socket.AF_UNIX) as listener:
        command = [sys.executable, "-c", STARTS, str(SCREEN_SERVER), server, str(told)]
        listening = listener.fileno()
        return subprocess.run(
            [*command, str(listening)], pass_fds=[listening], check=False, capture_output=True
        ).returncode


def test_one_that_says_it_in_two_parts_goes_on(tmp_path: Path) -> None:
    """Where many programs ran, windows of one in ten were gone at once."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.bind(str(tmp_path / "told"))
        told.settimeout(10)
        assert start(SERVER, tmp_path / "told") == 0
        assert told.recv(16) == b"goes on"


@pytest.mark.parametrize("server", ["", "import os; os.write(4, b'1')"])
def test_one_that_ends_before_is_none(server: str, tmp_path: Path) -> None:
    assert start(server, tmp_path / "told") != 0
