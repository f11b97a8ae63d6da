"""The document of a room: what is seeded is read again, and nothing wrong is read as something."""

import random
from contextlib import suppress
from itertools import islice

import pytest
from pycrdt import Map, Text

from runner.rooms import document
from runner.rooms.document import NoProgram, Program, Unreadable
from tests.a_room import FILES, TEXT, Copy
from tests.mutations import mutated

SEED = document.seed(FILES, "main.py")


def test_what_is_seeded_is_read_again() -> None:
    files = ({"path": "b.py", "content": "ü🙂\n"}, {"path": "a/main.py", "content": ""})
    seeded = document.seed(files, "a/main.py")
    assert document.program_of([seeded]) == Program(files, "a/main.py")


def test_lines_end_alike_on_every_system() -> None:
    seeded = document.seed([{"path": "main.py", "content": "a\r\nb\r\n"}], "main.py")
    assert document.program_of([seeded]).files[0]["content"] == "a\nb\n"


def test_a_file_keeps_what_others_type_while_it_is_renamed() -> None:
    one, another = Copy(), Copy()
    for copy in (one, another):
        copy.take(SEED)
    renamed = one.edit(lambda copy: copy.files["f0"].__setitem__("path", "new.py"))
    typed = another.type(0, "# typed\n")
    expected = ({"path": "new.py", "content": "# typed\n" + TEXT},)
    for order in ([SEED, renamed, typed], [SEED, typed, renamed]):
        assert document.program_of(order).files == expected


def test_a_file_that_is_deleted_while_somebody_types_is_gone() -> None:
    one, another = Copy(), Copy()
    for copy in (one, another):
        copy.take(SEED)
    added = one.add("x", "other.py", "1")
    another.take(added)
    gone = one.edit(lambda copy: copy.files.__delitem__("f0"))
    typed = another.type(0, "lost")
    program = document.program_of([SEED, added, typed, gone])
    assert program == Program(({"path": "other.py", "content": "1"},), "other.py")


def test_two_files_of_one_name_get_two_names() -> None:
    copy = Copy()
    copy.take(SEED)
    updates = [copy.add("x", "main.py", "1"), copy.add("y", "main.py", "2")]
    paths = [file["path"] for file in document.program_of([SEED, *updates]).files]
    assert paths == ["main.py", "main-2.py", "main-3.py"]


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "", "a\\b", "x" * 300, "a//b"])
def test_a_path_that_leads_elsewhere_is_none(path: str) -> None:
    copy = Copy()
    copy.take(SEED)
    program = document.program_of([SEED, copy.add("x", path, "1")])
    assert [file["path"] for file in program.files] == ["main.py", "file2.txt"]


def test_what_no_page_writes_is_passed_over() -> None:
    copy = Copy()
    copy.take(SEED)

    def odd(made: Copy) -> None:
        made.files["a"] = 1
        made.files["b"] = Map({"path": 5, "text": Text("x")})
        made.files["c"] = Map({"path": "c.py", "text": "no text"})
        made.files["d"] = Map({"path": "d.py", "order": "first", "text": Text("d")})

    found = document.program_of([SEED, copy.edit(odd)]).files
    assert {file["path"] for file in found} == {"main.py", "d.py"}


def test_a_program_without_files_is_none() -> None:
    copy = Copy()
    copy.take(SEED)
    gone = copy.edit(lambda made: made.files.__delitem__("f0"))
    with pytest.raises(NoProgram):
        document.program_of([SEED, gone])


def test_more_files_than_a_program_has_are_none() -> None:
    copy = Copy()
    copy.take(SEED)
    updates = [copy.add(f"k{number}", f"{number}.py") for number in range(20)]
    with pytest.raises(NoProgram):
        document.program_of([SEED, *updates])


LENGTH_2_32 = b"\x80\x80\x80\x80\x10"  # as Yjs writes numbers


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\x00",
        b"garbage",
        SEED[:-4],
        b"\x01" + b"\xff" * 9 + b"\x7f",
        b"\xff" * 1000,
        b"\x01" + LENGTH_2_32,
        b"\x01\x01" + LENGTH_2_32 + SEED[3:],
        SEED + LENGTH_2_32,
    ],
    ids=[
        "empty",
        "short",
        "text",
        "truncated",
        "length 2^64",
        "high bytes",
        "2^32 clients",
        "2^32 structs",
        "2^32 behind a whole update",
    ],
)
def test_garbage_is_no_update(garbage: bytes) -> None:
    with pytest.raises(Unreadable):
        document.check(garbage)


def test_merging_keeps_what_waits_for_others() -> None:
    """A merge of a live document would lose an update whose predecessor comes later."""
    copy = Copy()
    copy.take(SEED)
    first, second = copy.type(0, "first "), copy.type(6, "second ")
    merged = document.merge([SEED, second])
    whole = document.program_of([document.merge([merged, first])])
    assert whole.files[0]["content"] == "first second " + TEXT


def test_mutated_updates_are_refused_or_read(capfd: pytest.CaptureFixture[str]) -> None:
    """10,000 of them: none ends the process, and each of our functions answers."""
    chance = random.Random(24)
    copy = Copy()
    copy.take(SEED)
    good = [SEED, *(copy.type(chance.randrange(5), "abc🙂") for _ in range(20)), copy.delete(2, 9)]
    refused = 0
    for update in islice(mutated(chance, good), 10_000):
        try:
            document.check(update)
        except Unreadable:
            refused += 1
            continue
        with suppress(Unreadable, NoProgram):
            document.program_of([document.merge([SEED, update])])
    assert 1000 < refused < 9999
    assert document.program_of([SEED]).main == "main.py"  # the library still works
