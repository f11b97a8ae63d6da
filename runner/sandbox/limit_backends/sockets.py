"""How many sockets a run has, also those that no process has open."""

import os
from contextlib import suppress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sockets:
    all: int = 0
    tcp: int = 0  # of them; some are connections that nobody has accepted


def sockets(root: int) -> Sockets:
    """Of the network of `root`'s child, which is the run's."""
    used = tcp = 0
    with suppress(OSError, IndexError, ValueError):  # it has ended
        inner = _read(f"/proc/{root}/task/{root}/children").split()[0]
        for name in ("sockstat", "sockstat6"):
            for line in _read(f"/proc/{inner}/net/{name}").splitlines():
                kind, _, count = line.split()[:3]
                used += int(count) if kind == "sockets:" else 0
                tcp += int(count) if kind in ("TCP:", "TCP6:") else 0
    return Sockets(used, tcp)


def _read(path: str) -> str:
    """Without a file object: every look at every run comes here."""
    file = os.open(path, os.O_RDONLY)
    try:
        return os.read(file, 4096).decode()
    finally:
        os.close(file)
