"""Reads documents in a process of its own, for `reader.py`; a program of one file.

A document may be made so that reading it takes hours, or ends the process. Here that ends this
process alone. Requests and answers begin with their length in 4 bytes. A request is updates, each
with its length before it; the answer is JSON: what the maps of the document hold.
"""

import json
import resource
import struct
import sys
from typing import Any

from pycrdt import Doc, Map, Text

LENGTH = struct.Struct(">I")
MEMORY_BYTES = 1 << 30
CPU_SECONDS = 10  # for one document; who asks gives up sooner


def read(updates: list[bytes]) -> dict[str, Any]:
    document: Any = Doc()
    for update in updates:
        document.apply_update(update)
    files: Any = document.get("files", type=Map)
    found = []
    for key in files:
        if isinstance(value := files[key], Map):
            fields = {name: value[name] for name in value.keys()}  # noqa: SIM118  # a Map of Yjs
            text, path, order = fields.get("text"), fields.get("path"), fields.get("order")
            if isinstance(text, Text) and isinstance(path, str):
                number = order if isinstance(order, int | float) and order == order else 0
                found.append([float(number), key, path, str(text)])
    return {"files": found, "main": str(document.get("program", type=Map).get("main"))}


def parts(data: bytes) -> list[bytes]:
    found, at = [], 0
    while at < len(data):
        (size,) = LENGTH.unpack_from(data, at)
        found.append(data[at + LENGTH.size : at + LENGTH.size + size])
        at += LENGTH.size + size
    return found


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    while len(head := incoming.read(LENGTH.size)) == LENGTH.size:
        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
        try:
            answer = json.dumps(read(parts(incoming.read(LENGTH.unpack(head)[0])))).encode()
        except BaseException:  # a panic of the library is no `Exception`
            answer = b"null"
        outgoing.write(LENGTH.pack(len(answer)) + answer)
        outgoing.flush()


if __name__ == "__main__":
    main()
