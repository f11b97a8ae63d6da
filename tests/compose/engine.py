"""The engine and the site on it: what all programs of this package ask of them."""

import json
import subprocess
from typing import Any

from tests.services import ROOT


def compose(*arguments: str, stdin: str | None = None) -> str:
    done = subprocess.run(
        ["docker", "compose", *arguments],
        cwd=ROOT, input=stdin, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"docker compose {' '.join(arguments)}:\n{done.stderr}"
    return done.stdout


def containers(service: str) -> list[dict[str, Any]]:
    """What the engine says of each, ended ones included."""
    names = compose("ps", "--all", "--quiet", service).split()
    said = subprocess.run(["docker", "inspect", *names], check=True, capture_output=True, text=True)
    found: list[dict[str, Any]] = json.loads(said.stdout)
    return found
