"""A program that prints, as JSON, what two runs may not have in common by chance."""

import _random
import json
import multiprocessing
import os
import random
import secrets
import ssl
import tempfile
import time
import uuid
from pathlib import Path


class Thing:
    pass


CHANCES = {
    "hash of a string": hash("x"),
    "order of a set": list({f"name {n}" for n in range(50)}),
    "hash of bytes": hash(b"x"),
    "random": random.random(),
    "its state": hash(random.getstate()),
    "another generator": random.Random().random(),
    "the C generator": _random.Random().random(),
    "system's": random.SystemRandom().random(),
    "secrets": secrets.token_hex(),
    "urandom": os.urandom(16).hex(),
    "kernel's": os.getrandom(16).hex(),
    "OpenSSL's": ssl.RAND_bytes(16).hex(),
    "uuid1": str(uuid.uuid1()),
    "uuid4": str(uuid.uuid4()),
    "node": uuid.getnode(),
    "temporary name": tempfile.mktemp(),  # noqa: S306 - only its name counts
    "temporary file": tempfile.NamedTemporaryFile().name,  # noqa: SIM115
    "temporary folder": tempfile.mkdtemp(),
    "key of processes": bytes(multiprocessing.current_process().authkey).hex(),
    "address of an object": id(Thing()),
    "time": time.time_ns(),
    "steady time": time.monotonic_ns(),
    "start": Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19],
    "kernel's random bytes of the process": Path("/proc/self/auxv").read_bytes().hex(),
}

if __name__ == "__main__":
    print(json.dumps(CHANCES))
