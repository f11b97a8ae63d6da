"""What a program does on a local terminal, without any of us."""

import os
import pty
import selectors
import subprocess
import tempfile
import time
from pathlib import Path

PYTHON = "/usr/bin/python3"


def first_output(source: str) -> float:
    """Seconds from starting `python3 hello.py` on a terminal to its first byte."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "hello.py")
        path.write_text(source)
        master, slave = pty.openpty()
        began = time.perf_counter()
        child = subprocess.Popen([PYTHON, str(path)], stdin=slave, stdout=slave, stderr=slave)
        os.close(slave)
        os.read(master, 1)
        took = time.perf_counter() - began
        child.wait()
        os.close(master)
    return took


def burst(source: str, count: int) -> list[float]:
    """Seconds from one instant to the first byte of each of `count` programs started then."""
    with tempfile.TemporaryDirectory() as folder, selectors.DefaultSelector() as waiting:
        path = Path(folder, "hello.py")
        path.write_text(source)
        terminals = [pty.openpty() for _ in range(count)]
        began = time.perf_counter()
        children = []
        for master, slave in terminals:
            command = [PYTHON, str(path)]
            children.append(subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave))
            os.close(slave)
            waiting.register(master, selectors.EVENT_READ)
        took: list[float] = []
        while len(took) < count:
            for key, _ in waiting.select():
                took.append(time.perf_counter() - began)
                waiting.unregister(key.fd)
        for child, (master, _) in zip(children, terminals, strict=True):
            os.read(master, 100)
            child.wait()
            os.close(master)
    return took


def flood(source: str) -> float:
    """Bytes per second of a plain loop that reads a terminal."""
    master, slave = pty.openpty()
    began = time.perf_counter()
    child = subprocess.Popen([PYTHON, "-c", source], stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    total = 0
    while True:
        try:
            data = os.read(master, 65536)
        except OSError:  # the program has gone
            break
        total += len(data)
    took = time.perf_counter() - began
    child.wait()
    os.close(master)
    return total / took
