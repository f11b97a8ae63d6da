"""Records what Pythons say of the programs in `programs.toml`: `python -m tests.errors.record`.

Each Python that is found under ~/.pyenv/versions (3.9 to 3.14) and /usr/bin/pypy3 runs each program
without packages (-S), in the home directory of a sandbox: output calls it `/home/student`.
"""

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
RECORDED = FOLDER / "recorded.json"
SECONDS = 20
# Of an endless recursion the middle is the same as the beginning.
MOST_LINES, KEPT_LINES = 200, 60

Program = dict[str, Any]


def programs(name: str = "programs") -> list[Program]:
    """With one fault each, or `correct` ones."""
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    found: list[Program] = tomllib.loads(text)["program"]
    return found


def pythons() -> Iterator[tuple[str, str]]:
    """Names as `3.12` or `pypy3.9`, and their interpreters."""
    for folder in sorted((Path.home() / ".pyenv/versions").glob("3.*")):
        version = ".".join(folder.name.split(".")[:2])
        if int(version.partition(".")[2]) >= 9:
            yield version, str(folder / "bin/python3")
    if Path("/usr/bin/pypy3").exists():
        yield "pypy3.9", "/usr/bin/pypy3"


def output_of(python: str, program: Program) -> str:
    """What the program prints, as a terminal shows it."""
    with tempfile.TemporaryDirectory() as home:
        for path, text in {"main.py": program["source"], **program.get("files", {})}.items():
            Path(home, path).parent.mkdir(exist_ok=True)
            Path(home, path).write_text(text, encoding="utf-8")
        ended = subprocess.run(
            [python, "-S", "main.py"],
            cwd=home,
            input=program.get("input", ""),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"},
            text=True,
            timeout=SECONDS,
            check=False,
        )
        return shortened(ended.stdout.replace(os.path.realpath(home), "/home/student"))


def shortened(text: str) -> str:
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        lines = lines[:KEPT_LINES] + lines[-KEPT_LINES:]
    return "\n".join(lines) + "\n"


def ruff_says(text: str) -> dict[str, Any] | None:
    """The first syntax error that the editor's linter finds while the program is written."""
    ruff = str(Path(sys.executable).with_name("ruff"))
    command = [ruff, "check", "--isolated", "--select=F", "-"]
    options = ["--output-format=json", "--stdin-filename=main.py"]
    ended = subprocess.run(
        [*command, *options], input=text, capture_output=True, text=True, check=False
    )
    for finding in json.loads(ended.stdout):
        if finding["code"] in (None, "invalid-syntax"):
            place = finding["location"]
            return {
                "message": finding["message"], "line": place["row"], "column": place["column"],
            }  # fmt: skip
    return None


def recorded() -> dict[str, Any]:
    outputs: dict[str, dict[str, str]] = {}
    for program in programs():
        only = program.get("only")
        outputs[program["name"]] = {
            name: output_of(python, program)
            for name, python in pythons()
            if only is None or name in only
        }
    known = [described(program) for program in programs()]
    ruff = {}
    for program in known:
        path = program.get("file", "main.py")
        text = next(file["content"] for file in program["files"] if file["path"] == path)
        ruff[program["name"]] = ruff_says(text)
    correct = [described(program) for program in programs("correct")]
    return {"programs": known, "outputs": outputs, "ruff": ruff, "correct": correct}


def described(program: Program) -> Program:
    """What the tests of the page need: its own files, the line and the cause."""
    files = {"main.py": program["source"], **program.get("files", {})}
    known = {key: program[key] for key in ("name", "line", "cause", "file") if key in program}
    return known | {"files": [{"path": path, "content": text} for path, text in files.items()]}


def main() -> None:
    found = recorded()
    RECORDED.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(found['outputs'])} programs.\n")


if __name__ == "__main__":
    main()
