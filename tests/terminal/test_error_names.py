"""The history knows the error that ended a program: found once, when the run ends."""

from typing import Any

import pytest

from runner.protocol.messages import Outcome
from tests.terminal.conftest import Site
from tests.terminal_client import TerminalClient

HELPER = {"path": "helper.py", "content": "def half(n):\n    return n / 0\n"}
HOSTILE = r"""
print("Traceback (most recent call last):")
print('  File "/home/student/main.py", line 3, in f')
print("\x1b]0;t\x07<script>alert(1)</script>: x")
raise SystemExit(1)
"""
PROGRAMS: dict[str, tuple[str, Outcome, tuple[str, str, int | None]]] = {
    "a name": ("x = 1\nprint(y)", Outcome.FAILED, ("NameError", "main.py", 2)),
    "in another file": (
        "import helper\nhelper.half(1)", Outcome.FAILED, ("ZeroDivisionError", "helper.py", 2)
    ),
    "a syntax error": ("x = 1\nprint(", Outcome.FAILED, ("SyntaxError", "main.py", 2)),
    "after much output": (
        "print('x' * 5_000_000)\nint('a')", Outcome.FAILED, ("ValueError", "main.py", 2)
    ),
    "an exit code": ("raise SystemExit(1)", Outcome.FAILED, ("", "", None)),
    "another exit code": (
        "import traceback\ntry: 1/0\nexcept Exception: traceback.print_exc()\nraise SystemExit(3)",
        Outcome.FAILED, ("", "", None),
    ),
    "one that was handled": (
        "import traceback\ntry: 1/0\nexcept Exception: traceback.print_exc()", Outcome.COMPLETED,
        ("", "", None),
    ),
    "hostile": (HOSTILE, Outcome.FAILED, ("", "", None)),
}  # fmt: skip


def stored_error(run: str) -> Any:
    from runner.models import Run

    return Run.objects.values_list("error_name", "error_path", "error_line").get(pk=run)


@pytest.mark.parametrize("name", PROGRAMS)
async def test_the_error_is_stored_with_the_end(
    site: Site, terminal: TerminalClient, name: str
) -> None:
    source, outcome, error = PROGRAMS[name]
    files = [{"path": "main.py", "content": source}, HELPER]
    await terminal.start(source, files=files, main="main.py")
    await terminal.wait_for_exit(outcome)
    assert tuple(site.product.call(stored_error, terminal.run)) == error


async def test_ctrl_c(site: Site, terminal: TerminalClient) -> None:
    await terminal.start("import time\nprint('go', flush=True); time.sleep(60)")
    await terminal.wait_for_output("go")
    await terminal.type("\x03")
    await terminal.wait_for_exit(Outcome.FAILED)
    stored = site.product.call(stored_error, terminal.run)
    assert tuple(stored) == ("KeyboardInterrupt", "main.py", 2)
