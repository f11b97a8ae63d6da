"""The size budget: files a person can hold in mind, functions that fit a screen."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

MOST_FILE_LINES = 300
MOST_FUNCTION_LINES = 40
SMALLER_FILES = {"runner/terminal/gate/consumer.py": 150}
FOLDERS = [
    "accounts",
    "bench",
    "coderunner",
    "runner",
    "scripts",
    "static/src",
    "templates",
    "tests",
]
COUNTED = {".py", ".ts", ".css", ".html", ".sh"}


def budgeted_files() -> Iterator[Path]:
    """Files of ours; what a tool wrote does not count."""
    for folder in FOLDERS:
        for path in sorted(Path(folder).rglob("*")):
            generated = "migrations" in path.parts or path.name.endswith(".gen.ts")
            if path.suffix in COUNTED and not generated:
                yield path


def too_long(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    lines, most = len(text.splitlines()), SMALLER_FILES.get(str(path), MOST_FILE_LINES)
    if lines > most:
        yield f"{path}: {lines} lines, at most {most}"
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(text, str(path))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MOST_FUNCTION_LINES:
                    place = f"{path}:{node.lineno}: {node.name}()"
                    yield f"{place} has {length} lines, at most {MOST_FUNCTION_LINES}"


def main() -> int:
    complaints = [complaint for path in budgeted_files() for complaint in too_long(path)]
    print("\n".join(complaints) or "every file and function is within its budget")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
