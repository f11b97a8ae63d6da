"""`python -m bench` starts servers, so it needs no settings of its own."""

import os
import subprocess
import sys

from tests.services import ROOT


def test_sections_are_imported_without_django() -> None:
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    begun = subprocess.run(
        [sys.executable, "-m", "bench", "no-such-section"],
        cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert begun.stderr.startswith("No such section: no-such-section. There are: starts, ")
    assert " artifacts, " in begun.stderr
