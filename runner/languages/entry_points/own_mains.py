"""Exercises of one sheet, kept in one snippet: files each of which is a program of its own.

Where all files of a program are compiled together, as of C, two files with a `main` would only fit
each other by half: the linker refuses them. Pure.
"""

import re
from collections.abc import Mapping

# Comments and texts of C and of languages like it; `…` of Go. Linear in the size of the source.
_NO_CODE = re.compile(
    r"""
    //[^\n]*+
    | /\*(?:[^*]++|\*(?!/))*+(?:\*/)?
    | "(?:[^"\\\n]++|\\.)*+"?
    | '(?:[^'\\\n]++|\\.)*+'?
    | `[^`]*+`?
    """,
    re.VERBOSE | re.DOTALL,
)


_CONDITION = re.compile(r"[ \t]*+#[ \t]*+(?:(if)|(endif))")


def _code(text: str) -> str:
    """Without what is compiled on a condition, as a `main` that tries the other functions."""
    kept, depth = [], 0
    for line in _NO_CODE.sub(" ", text).split("\n"):
        condition = _CONDITION.match(line)
        if condition and condition[1]:
            depth += 1
        if depth == 0:
            kept.append(line)
        if condition and condition[2]:
            depth = max(0, depth - 1)
    return "\n".join(kept)


def sources_of(begins: str, main: str, files: Mapping[str, str]) -> list[str]:
    """The paths of the files that belong to the program whose main file is `main`.

    `begins`: see `Language`. Without it, and where the main file does not begin a program, all.
    """
    if not begins or len(files) == 1:
        return list(files)
    pattern = re.compile(begins, re.MULTILINE)
    begin = {path for path, text in files.items() if pattern.search(_code(text))}
    return [path for path in files if path == main or main not in begin or path not in begin]
