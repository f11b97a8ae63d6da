"""Bombs for real compilers, those of the machine, each of which ends in a message and no hang."""

from dataclasses import replace
from pathlib import Path

import pytest

from runner.languages import PYTHON
from runner.limits import MIB, Limits
from runner.protocol.reasons import ReasonCode
from runner.run_state import Outcome
from runner.sandbox.limit_backends import LimitBackend
from tests.conversation import until
from tests.sandbox.compiling import Start, ended, starter

GCC, JAVAC = "/usr/bin/gcc", "/usr/bin/javac"
LIMITS = Limits(
    compile_cpu_seconds=4, compile_wall_seconds=40, compile_memory_bytes=256 * MIB,
    output_bytes=1 * MIB, disk_bytes=16 * MIB,
)  # fmt: skip
C = replace(
    PYTHON, id="c", name="C", extensions=("c",), main="main.c", needs=(GCC,), keep_open=(), errors="",
    compile=(GCC, "-O1", "-fdiagnostics-color=always", "-o", "{build}/program", "{sources}"),
    run=("{build}/program",),
)  # fmt: skip
JAVA = replace(
    PYTHON, id="java", name="Java", extensions=("java",), main="Main.java", needs=(JAVAC,),
    keep_open=(), errors="", entry="java", system=("/etc/java-17-openjdk",),
    compile=(JAVAC, "-J-Xmx160m", "-J-XX:TieredStopAtLevel=1", "-d", "{build}", "{sources}"),
    run=("/usr/bin/java", "-Xmx96m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", "{build}",
         "{entry}"),
)  # fmt: skip
HELLO_C = (
    '#include <stdio.h>\nint main(void) { char n[9]; printf("? "); return scanf("%8s", n) != 1; }'
)
needs_gcc = pytest.mark.skipif(not Path(GCC).exists(), reason="no gcc")
needs_java = pytest.mark.skipif(not Path(JAVAC).exists(), reason="no javac")


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, backend: LimitBackend) -> Start:
    return starter(monkeypatch, backend)


@needs_gcc
async def test_c_runs_and_reads(start: Start) -> None:
    async with start(HELLO_C, language=C, limits=LIMITS) as run:
        await until(lambda: run.task._pump._terminal is not None)
        run.type("Ada\r")
        ending = await run.ending()
    assert "Ada\n" in run.text  # its echo
    assert "? " in run.text
    assert ending.outcome is Outcome.COMPLETED


@needs_gcc
async def test_the_compilers_words_are_shown_in_colour(start: Start) -> None:
    run, ending = await ended(start, "int main(void) {\n  return x;\n}", language=C, limits=LIMITS)
    assert "main.c:2:10:" in run.text
    assert "\x1b[01;31m" in run.text
    assert (ending.outcome, ending.exit_code) == (Outcome.COMPILE_ERROR, 1)
    assert ending.reason_code is ReasonCode.COMPILE_ERROR


BOMBS = {
    "a file that includes itself": ('#include "main.c"\nint main(void) { return 0; }', None),
    "twice": ('#include "main.c"\n#include "main.c"\nint main(void) { return 0; }', None),
    "a constant of 4 GiB": (
        "char x[1L << 32] = {1};\nint main(void) { return x[0]; }",
        {ReasonCode.COMPILE_DISK_FULL, ReasonCode.COMPILE_MEMORY_LIMIT, ReasonCode.COMPILE_ERROR},
    ),
    "macros": (
        "#define A(x) x x x x x x x x\n#define B(x) A(A(A(x)))\n"
        "int main(void) { B(B(B(f();))) return 0; }",
        {ReasonCode.COMPILE_CPU_LIMIT, ReasonCode.COMPILE_MEMORY_LIMIT},
    ),
    "input that is waited for": (
        '#include "/dev/tty"\nint main(void) { return 0; }',
        {ReasonCode.COMPILE_WALL_LIMIT, ReasonCode.COMPILE_ERROR},
    ),
    "input without end": (
        '#include "/dev/zero"\nint main(void) { return 0; }',
        {ReasonCode.COMPILE_CPU_LIMIT, ReasonCode.COMPILE_MEMORY_LIMIT, ReasonCode.COMPILE_ERROR},
    ),
    "errors without end": ("int main(void) { " + "x; " * 160_000 + "}", None),
}  # fmt: skip


@needs_gcc
@pytest.mark.attacks
@pytest.mark.parametrize("what", BOMBS)
async def test_a_bomb_ends_in_a_message(start: Start, what: str) -> None:
    source, reasons = BOMBS[what]
    limits = replace(LIMITS, compile_wall_seconds=20)
    _, ending = await ended(start, source, language=C, limits=limits)
    assert ending.outcome is Outcome.COMPILE_ERROR
    assert reasons is None or ending.reason_code in reasons


@pytest.mark.attacks
@needs_java
async def test_java_begins_in_the_class_that_has_a_main(start: Start) -> None:
    helper = 'package a; public class B { public static String hello() { return "hello"; } }'
    source = """import a.B;
class Other { }
class Hello { public static void main(String[] args) { System.out.println(B.hello()); } }"""
    run, ending = await ended(
        start,
        source,
        {"a/B.java": helper},
        language=JAVA,
        limits=replace(LIMITS, compile_cpu_seconds=30),
    )
    assert run.text == "hello\n"
    assert ending.outcome is Outcome.COMPLETED


@needs_java
@pytest.mark.attacks
async def test_java_without_a_main_is_told(start: Start) -> None:
    limits = replace(LIMITS, compile_cpu_seconds=30)
    run, ending = await ended(start, "class Main { }", language=JAVA, limits=limits)
    assert run.text == ""
    assert (ending.outcome, ending.exit_code) == (Outcome.COMPILE_ERROR, None)
    assert (ending.reason_code, ending.figures) == (ReasonCode.NO_ENTRY, {"path": "Main.java"})


@needs_java
@pytest.mark.attacks
async def test_a_public_class_in_another_file_is_told_by_the_compiler(start: Start) -> None:
    limits = replace(LIMITS, compile_cpu_seconds=30)
    run, ending = await ended(start, "public class Other { }", language=JAVA, limits=limits)
    assert "should be declared in a file named Other.java" in run.text
    assert (ending.outcome, ending.exit_code) == (Outcome.COMPILE_ERROR, 1)
