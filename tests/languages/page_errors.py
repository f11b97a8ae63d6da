"""What the page finds in the output of a program that has failed: its own code, run by Node."""

import functools
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from runner.languages import Language
from runner.languages.language import Trial

ROOT = Path(__file__).resolve().parents[2]
ESCAPES = re.compile(r"\x1b[=>]|\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
ENTRY = """
import { readFileSync } from "node:fs";
import { lastError } from "./static/src/common/languages/last_error";
import { PlaceFinder } from "./static/src/common/languages/places";
const { lines, patterns, paths, main, deepestLast, compiled } = JSON.parse(readFileSync(0, "utf8"));
const found = lastError(lines, new PlaceFinder(patterns, paths, main), deepestLast, compiled);
console.log(JSON.stringify(found));
"""


@functools.cache
def _finder() -> tuple[str, Path]:
    """Node, and the page's code made a script of its own; once in a process."""
    node = shutil.which("node") or str(ROOT / ".venv/bin/node")
    script = Path(tempfile.mkdtemp(prefix="page-errors-")) / "finder.mjs"
    subprocess.run(
        [ROOT / "node_modules/.bin/esbuild", "--bundle", "--platform=node", "--format=esm",
         "--loader=ts", f"--outfile={script}", "--log-level=error"],
        input=ENTRY, text=True, cwd=ROOT, check=True, timeout=60,
        # It is a script of Node, where npm has not put the program in its place.
        env={**os.environ, "PATH": f"{Path(node).parent}:{os.environ['PATH']}"},
    )  # fmt: skip
    return node, script


def place_of_error(language: Language, trial: Trial, text: str, *, compiled: bool) -> str:
    """As `main.c:3`; empty where the page finds none. `text`: of the terminal."""
    node, script = _finder()
    asked = {
        "lines": ESCAPES.sub("", text).replace("\r", "").split("\n"),
        # As the page gets them; see runner/offered/options.py.
        "patterns": [pattern.replace("(?P<", "(?<") for pattern in language.problems],
        "paths": [file.path for file in trial.files],
        "main": trial.files[0].path,
        "deepestLast": language.deepest_last,
        "compiled": compiled,
    }
    done = subprocess.run(
        [node, script], input=json.dumps(asked),
        capture_output=True, text=True, timeout=30, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    return f"{found['path']}:{found['line']}" if found else ""
