"""Something that a run has shown."""

import struct
from hashlib import sha256
from typing import Any

from runner.models import Artifact, Run

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\x06\0\0\0" + bytes(4)


def an_artifact(run: Run, data: bytes = PNG, **fields: Any) -> Artifact:
    defaults = {
        "seq": run.artifacts.count() + 1,
        "version": run.artifacts.count() + 1,
        "kind": "picture",
        "name": "plot.png",
        "mime": "image/png",
        "width": 640,
        "height": 480,
        "bytes": len(data),
        "sha256": sha256(data).hexdigest(),
        "at_ms": 100,
    }
    return Artifact.objects.create(run=run, data=data, **defaults | fields)
