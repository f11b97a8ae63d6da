"""Sources that want to keep the reader busy: it takes a time that is linear in their size."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.languages import NoEntry, find_entry
from runner.protocol.paths import MAX_SOURCE_BYTES

PARTS = [
    "class A ", "interface I", "record R(int x)", "enum E", "object O", "companion object", "{",
    "}", "(", ")", ";", '"', '"""', "'", "\\", "\\u007b", "/*", "*/", "//", "\n", "${", "fun main(",
    "void main(", "String[] a", ")", "public static ", "package a.b", "@file:JvmName(\"X\")", " ",
    "@JvmStatic ", "main", "\ud800", "\0",
]  # fmt: skip
SOURCES = st.lists(st.sampled_from(PARTS) | st.text(max_size=5), max_size=60).map("".join)
NAME = re.compile(r"[\w$]+(?:\.[\w$]+)*")
SIZES = (MAX_SOURCE_BYTES // 8, MAX_SOURCE_BYTES)
BOMBS = [
    "{", "}", "(", '"', '"""', "'", "/*", "/**/", "//\n", "\\", "\\u0022", '"${', '"${"',
    "class A{",
    "class ", "record A ", "void main(", "void main()", "fun main()", "class A{void main(){",
    "class A{}void main(String[]a)", "package a . ", "companion object{", '@file:JvmName("a")',
    "'{'", "$", "object O{@JvmStatic fun main()",
]  # fmt: skip


def found(rule: str, extension: str, source: str) -> str | None:
    try:
        return find_entry(rule, f"Main{extension}", {f"Main{extension}": source})
    except NoEntry:
        return None


@given(SOURCES)
def test_what_is_found_is_the_name_of_a_class(source: str) -> None:
    """So no word of a command is an option."""
    for rule, extension in (("java", ".java"), ("kotlin", ".kt")):
        name = found(rule, extension, source)
        assert name is None or NAME.fullmatch(name)


@pytest.mark.faults
@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("rule", ["java", "kotlin"])
def test_twice_as_much_takes_about_twice_as_long(rule: str, bomb: str) -> None:
    seconds = []
    for size in SIZES:
        source = "main " + bomb * (size // len(bomb))
        began = time.process_time()
        found(rule, {"java": ".java", "kotlin": ".kt"}[rule], source)
        seconds.append(time.process_time() - began)
    few, many = seconds
    assert many < 24 * few + 0.1  # eight times as much; quadratic would be 64
    assert many < 5
