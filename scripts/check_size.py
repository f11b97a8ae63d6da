"""Sizes of files, functions and directories.

A file of more than 250 lines must say why in its first lines, with a comment such as
`# size: one table, of which no part is used alone`; it is then listed, not refused.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

MOST_FILE_LINES = 250
MOST_FILE_LINES_WITH_REASON = 400
MOST_CONSUMER_LINES = 150  # it only translates
MOST_FUNCTION_LINES = 40
COUNTED = {".py", ".ts", ".css", ".html", ".sh"}
FOLDERS = (
    "accounts",
    "bench",
    "coderunner",
    "runner",
    "scripts",
    "static/src",
    "templates",
    "tests",
)
REASON = re.compile(r"^(?:#|//|/\*|\{#|<!--) size: (\w.*?)(?: \*/| #\}| -->)?$")
REASON_LINES = 5  # a shebang or a docstring may come first

MOST_MODULES = 14
SMALLER_DIRECTORIES = {"runner": 10}
PACKAGES = ("accounts", "coderunner", "runner", "static/src")
# Example programs are content, and migrations only grow in number.
NO_MODULES = {"examples", "migrations", "node_modules"}


def source_files(root: Path, folders: tuple[str, ...] = FOLDERS) -> Iterator[Path]:
    """Files that people write, relative to `root`."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            generated = "migrations" in path.parts or path.name.endswith(".gen.ts")
            if path.suffix in COUNTED and not generated and "node_modules" not in path.parts:
                yield path.relative_to(root)


def reason(text: str) -> str | None:
    """Why a file is long, by its own comment."""
    for line in text.splitlines()[:REASON_LINES]:
        if found := REASON.match(line):
            return found[1]
    return None


def size_of(root: Path, path: Path) -> tuple[str | None, str | None]:
    """A complaint and a warning about a file's number of lines."""
    text = (root / path).read_text(encoding="utf-8")
    lines = len(text.splitlines())
    most = MOST_CONSUMER_LINES if path.name == "consumer.py" else MOST_FILE_LINES
    if lines <= most:
        return None, None
    if most == MOST_FILE_LINES and (why := reason(text)):
        if lines <= MOST_FILE_LINES_WITH_REASON:
            return None, f"{path}: {lines} lines ({why})"
        most = MOST_FILE_LINES_WITH_REASON
    return f"{path}: {lines} lines, at most {most}", None


def long_functions(root: Path, path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse((root / path).read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MOST_FUNCTION_LINES:
                place = f"{path}:{node.lineno}: {node.name}()"
                yield f"{place} has {length} lines, at most {MOST_FUNCTION_LINES}"


def is_module(path: Path) -> bool:
    """Whether a source file counts for its directory."""
    test_or_package = path.name.endswith(".test.ts") or path.name == "__init__.py"
    return path.suffix in {".py", ".ts"} and not test_or_package and not NO_MODULES & {*path.parts}


def full_directories(root: Path) -> Iterator[str]:
    files = (
        path.relative_to(root) for folder in PACKAGES for path in sorted((root / folder).rglob("*"))
    )
    for directory, count in Counter(path.parent for path in files if is_module(path)).items():
        most = SMALLER_DIRECTORIES.get(str(directory), MOST_MODULES)
        if count > most:
            yield f"{directory}/: {count} modules, at most {most}"


def check(root: Path) -> tuple[list[str], list[str]]:
    """Complaints and warnings."""
    complaints, warnings = [], []
    for path in source_files(root):
        complaint, warning = size_of(root, path)
        complaints += [complaint] if complaint else []
        warnings += [warning] if warning else []
        complaints += long_functions(root, path) if path.suffix == ".py" else []
    return [*complaints, *full_directories(root)], warnings


def main() -> int:
    complaints, warnings = check(ROOT)
    for warning in warnings:
        print(f"warning: {warning}")
    print("\n".join(complaints) or "every file, function and directory is within its limit")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
