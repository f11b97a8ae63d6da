"""Two runs from the pool have nothing by chance in common."""

import json
from itertools import combinations

from tests.runner.sandbox.inside import printed

CHANCES = """
import hashlib, json, os, random, secrets, tempfile, threading, time, uuid, _random, ssl
import multiprocessing, numbers

class Thing: pass

print(json.dumps({
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
    "temporary name": tempfile.mktemp(),
    "temporary file": tempfile.NamedTemporaryFile().name,
    "temporary folder": tempfile.mkdtemp(),
    "key of processes": bytes(multiprocessing.current_process().authkey).hex(),
    "address of an object": id(Thing()),
    "time": time.time_ns(),
    "steady time": time.monotonic_ns(),
    "start": open("/proc/self/stat").read().rpartition(")")[2].split()[19],
    "kernel's random bytes of the process": bytes(open("/proc/self/auxv", "rb").read()).hex(),
}))
"""


async def test_two_runs_share_no_seed_name_or_time() -> None:
    runs = [json.loads(await printed(CHANCES)) for _ in range(3)]
    for one, other in combinations(runs, 2):
        assert [name for name in one if one[name] == other[name]] == []


async def test_a_program_and_its_parent_share_no_generator() -> None:
    """The interpreter was split after its start: what is random must not come from before."""
    source = """if True:
        import sys
        print([m for m in ("random", "_random", "secrets", "uuid", "tempfile", "ssl", "_hashlib")
               if m in sys.modules])"""
    assert await printed(source) == "[]\n"
