"""A language is tried in the sandbox as programs are run: compiled, typed into, looked at."""

from dataclasses import replace
from typing import Any

import pytest

from runner.languages import PYTHON, Language
from runner.languages.language import File, Trial
from runner.limits import Limits
from runner.sandbox import try_out, version_in_sandbox
from runner.sandbox.trials import trial as trial_module
from tests.runner.sandbox.inside import sandbox_processes

# A language without a toolchain of its own: the compiler copies, and the shell runs the copy.
COPIED = replace(
    PYTHON,
    compile=("/bin/sh", "-c", 'grep -q "^#!" "$0" && cp "$0" {build}/program', "{main}"),
    run=("/bin/sh", "{build}/program"),
)


def a_trial(source: str, **fields: Any) -> Trial:
    return Trial(files=(File("main.py", source),), **{"shows": ("42",)} | fields)


async def problem(source: str, language: Language = PYTHON, **fields: Any) -> str:
    return await try_out(language, a_trial(source, **fields), Limits())


async def test_its_own_test_passes() -> None:
    assert await try_out(PYTHON, PYTHON.self_test, Limits()) == ""
    assert sandbox_processes() == []


async def test_what_is_typed_reaches_the_program() -> None:
    source = "print(int(input('Number? ')) * 2)"
    assert await problem(source, input="21\n", shows=("Number? ", "42")) == ""


async def test_it_is_typed_when_the_program_has_asked() -> None:
    """What is typed before a console throws its input away would be lost."""
    source = (
        "import sys, termios\ntermios.tcflush(0, termios.TCIFLUSH)\n"
        "print(int(input('Number? ')) * 2, *sys.argv[1:])"
    )
    fields: dict[str, Any] = {"input": "21\n", "after": "Number? ", "args": ("a", "b c")}
    assert await problem(source, shows=("42 a b c",), **fields) == ""


@pytest.mark.parametrize(
    ("shows", "missing"),
    [
        ("line 2, in", []),
        ("\x1b[35m2\x1b[0m", []),
        ("\x1b[31m2", ["\x1b[31m2"]),
        ("line 3", ["line 3"]),
    ],
)
def test_versions_that_differ_in_colours_pass(shows: str, missing: list[str]) -> None:
    """Python 3.13 colours its tracebacks."""
    shown = "line \x1b[35m2\x1b[0m, in \x1b[35m<module>\x1b[0m"
    assert trial_module.missing_texts(a_trial("", shows=(shows,)), shown) == missing


@pytest.mark.parametrize(
    ("source", "fields", "told"),
    [
        ("print(41)", {}, "did not print '42'"),
        ("print(42); raise SystemExit(3)", {}, "ended with 3, not 0"),
        ("print(42)", {"status": 3}, "ended with 0, not 3"),
        ("print(42, flush=True); import os; os.abort()", {}, "ended with -6, not 0"),
        ("import os; os.kill(1, 9); os.kill(-1, 9)", {}, "did not print"),
        ("print('x' * 1_000_000)", {}, "did not print"),
        ("print('\\x1b[2J\\n' * 9)", {}, r"\x1b"),
    ],
)
async def test_what_is_wrong_is_said(source: str, fields: dict[str, Any], told: str) -> None:
    said = await problem(source, **fields)
    assert told in said
    assert len(said) < 1000
    assert said.isprintable()


async def test_the_status_can_be_a_signal() -> None:
    assert await problem("print(42, flush=True); import os; os.abort()", status=-6) == ""


async def test_one_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial_module, "TRIAL_SECONDS", 1.0)
    assert "did not end" in await problem("print(42)\nwhile True: pass")
    assert sandbox_processes() == []


async def test_a_program_is_compiled_first() -> None:
    assert await problem("#!/bin/sh\necho $((6 * 7))", COPIED) == ""
    source = "#!/bin/sh\nread number\necho $((number * 2))"
    assert await problem(source, COPIED, input="21\n") == ""


async def test_a_compiler_that_fails_is_named() -> None:
    said = await problem("echo 42", COPIED)
    assert said.startswith("its compiler failed (1)")


async def test_a_toolchain_that_is_not_there_is_a_problem_and_no_exception() -> None:
    missing = replace(PYTHON, run=("/usr/bin/no-such-interpreter", "{main}"))
    assert await problem("print(42)", missing) != ""
    assert await version_in_sandbox(replace(PYTHON, version=("/no/such",)), Limits()) == ""


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("v24.19.0", "24.19"),
        ("go version go1.27.3 linux/amd64", "1.27"),
        ("gcc (Debian 12.2.0-14) 12.2.0", "12.2"),
        ("openjdk 17.0.21 2026-10-20", "17.0"),
        ("failed (1)\nMono C# compiler version 6.8.0.105", "6.8"),
        ("version 7", "7"),
        ("none", ""),
    ],
)
async def test_the_version_is_read_in_the_sandbox(said: str, version: str) -> None:
    speaking = replace(PYTHON, version=("/bin/echo", said))
    assert await version_in_sandbox(speaking, Limits()) == version
