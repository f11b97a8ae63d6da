"""The program of an attacker who tries many things: `attack.attempted` runs it in a sandbox.

Each attempt has a process of its own, and is a sentence with the lines that try it. What it saw is
the value of `seen`, the name of the error number or else of the error that it got, or of the
signal that it died of. The lines may use everything that this module defines or imports.
"""

import ctypes
import errno
import json
import os
import signal
import socket  # noqa: F401 - attempts use it
import struct  # noqa: F401
import sys  # noqa: F401
import time  # noqa: F401

libc = ctypes.CDLL(None, use_errno=True)
NUMBERS: dict[str, int] = {}  # of system calls


def checked(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), "")
    return result


def call(name: str, *arguments: object) -> int:
    """A system call by its name in NUMBERS."""
    words = (ctypes.c_long(each) if isinstance(each, int) else each for each in arguments)
    return checked(libc.syscall(ctypes.c_long(NUMBERS[name]), *words))


def read(path: str) -> str:
    with open(path) as file:
        return file.read()


def put(path: str, text: str) -> None:
    os.write(os.open(path, os.O_WRONLY), text.encode())


def attempt(source: str) -> object:
    names = dict(globals(), seen="done")
    try:
        exec(source, names)
        return names["seen"]
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, type(error).__name__)
    except BaseException as error:
        return type(error).__name__


def in_a_process(source: str) -> str:
    """What the attempt saw, as JSON."""
    parent, child = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(parent)
        signal.alarm(20)
        with open(child, "w") as file:
            json.dump(attempt(source), file)
        os._exit(0)
    os.close(child)
    with open(parent) as file:
        said = file.read()
    status = os.waitpid(pid, 0)[1]
    return json.dumps(signal.Signals(os.WTERMSIG(status)).name) if os.WIFSIGNALED(status) else said


def try_all(attempts: list[tuple[str, str]], numbers: dict[str, int]) -> None:
    NUMBERS.update(numbers)
    for sentence, source in attempts:
        print(json.dumps([sentence, json.loads(in_a_process(source))]))
