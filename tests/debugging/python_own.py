"""Runs a program as Python itself does, and writes what each line finds: one JSON to a line.

    python python_own.py program.py < what is typed

`["line", line, function, {name: repr}]` before a line; `["back", …]` when a call has returned to
its caller, at the line of the call.
"""

import json
import sys
from types import FrameType, FunctionType, ModuleType
from typing import Any

KINDS = (FunctionType, ModuleType, type)


def values(frame: FrameType) -> dict[str, str]:
    return {
        name: shown(value)
        for name, value in frame.f_locals.items()
        if not isinstance(value, KINDS) and not name.startswith(("__", "."))
    }


def shown(value: object) -> str:
    try:
        return repr(value)
    except AttributeError:  # of an object whose __init__ has not come so far
        return "…"


def main(path: str) -> None:
    found: list[Any] = []

    def note(kind: str, frame: FrameType) -> None:
        found.append([kind, frame.f_lineno, frame.f_code.co_name, values(frame)])

    def stepped(frame: FrameType, event: str, _: object) -> Any:
        if event == "line":
            note("line", frame)
        caller = frame.f_back
        if event == "return" and caller is not None and caller.f_code.co_filename == path:
            note("back", caller)
        return stepped

    def called(frame: FrameType, event: str, argument: object) -> Any:
        return stepped if frame.f_code.co_filename == path else None

    with open(path) as file:
        code = compile(file.read(), path, "exec")
    module = ModuleType("__main__")
    sys.modules["__main__"] = module
    sys.settrace(called)
    try:
        exec(code, module.__dict__)
    finally:
        sys.settrace(None)
    for each in found:
        sys.stderr.write(json.dumps(each) + "\n")


main(sys.argv[1])
