"""Zip archives of users: unpacked, or refused with a reason."""

import contextlib
import io
import struct
import time
import tracemalloc
import zipfile
from dataclasses import replace

import pytest

from runner.files import BadArchive, packed, unpack
from runner.limits import KIB, MIB, Limits
from runner.protocol.reasons import ReasonCode

LIMITS = Limits()


def a_zip(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def unpacked(data: bytes, limits: Limits = LIMITS) -> dict[str, bytes]:
    _, found = unpack(io.BytesIO(data), limits)
    return {each.path: each.data for each in found}


def refusal(data: bytes, limits: Limits = LIMITS) -> ReasonCode:
    with pytest.raises(BadArchive) as bad:
        unpacked(data, limits)
    return bad.value.code


def test_folders_stay_and_what_desktops_add_is_left_out() -> None:
    files = {"data/a.csv": b"1", "data/deep/b.bin": bytes(3), "ä.txt": b"x"}
    more = {"__MACOSX/data/._a.csv": b"?", "data/.DS_Store": b"?", "empty/": b""}
    more |= {"data/._a.csv": b"?", "._b.csv": b"?"}  # as other programs of macOS pack them
    left_out, found = unpack(io.BytesIO(a_zip(files | more)), LIMITS)
    assert {each.path: each.data for each in found} == files
    assert {entry.filename for entry in left_out} == more.keys() - {"empty/"}


def test_names_of_macos_become_those_that_programs_write() -> None:
    """droppyjs/droppy#72: a file with an umlaut in its name is there, and cannot be opened."""
    assert unpacked(a_zip({"Gro\u0308\u00dfe/U\u0308bung.csv": b"1"})) == {"Größe/Übung.csv": b"1"}


def test_a_program_of_windows_writes_backslashes() -> None:
    data = a_zip({"data/a.csv": b"1"}).replace(b"data/a.csv", b"data\\a.csv")
    assert unpacked(data) == {"data/a.csv": b"1"}


@pytest.mark.parametrize(
    "name", ["../a", "/etc/passwd", "a/../../b", "x" * 300, "a\u202eb", "a\x01b", "a//b", "./a"]
)
def test_a_name_that_leads_elsewhere_or_deceives_refuses_the_archive(name: str) -> None:
    assert refusal(a_zip({"good.txt": b"1", name: b"2"})) == ReasonCode.ZIP_NAME


def test_a_link_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert refusal(target.getvalue()) == ReasonCode.ZIP_NAME


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = a_zip({f"{number}": bytes(10 * MIB) for number in range(4)})
    assert len(bomb) < 100 * KIB
    tracemalloc.start()
    code = refusal(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert code == ReasonCode.ZIP_TOO_LARGE
    assert peak < MIB


def test_a_size_that_lies_unpacks_no_more_than_it_says() -> None:
    data = bytearray(a_zip({"a": bytes(MIB)}))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.find(mark) + offset
        assert struct.unpack_from("<I", data, at) == (MIB,)
        struct.pack_into("<I", data, at, 10)
    assert refusal(bytes(data)) == ReasonCode.ZIP_BROKEN


def test_a_list_without_end_is_refused_before_it_is_read() -> None:
    data = a_zip({f"{number:06}": b"" for number in range(20_000)}, zipfile.ZIP_STORED)
    began = time.process_time()
    assert refusal(data) == ReasonCode.TOO_MANY_DATA_FILES
    assert time.process_time() - began < 0.05  # Python takes half a second for such a list


def test_more_files_than_a_snippet_may_have_are_refused() -> None:
    few = replace(LIMITS, data_files_per_snippet=3)
    assert refusal(a_zip(dict.fromkeys("abcd", b"")), few) == ReasonCode.TOO_MANY_DATA_FILES


def test_one_file_may_not_be_larger_than_a_data_file() -> None:
    small = replace(LIMITS, data_file_bytes=10)
    assert refusal(a_zip({"a": bytes(11)}), small) == ReasonCode.DATA_FILE_TOO_LARGE


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_take_memory_as_they_say_are_refused(method: int) -> None:
    assert refusal(a_zip({"a": b"1" * 1000}, method)) == ReasonCode.ZIP_METHOD


def test_a_password_is_said() -> None:
    data = bytearray(a_zip({"a": b"1"}))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.find(mark) + offset] |= 1
    assert refusal(bytes(data)) == ReasonCode.ZIP_ENCRYPTED


@pytest.mark.parametrize("cut", [0, 1, 10, 30, 60, -30, -1])
def test_a_damaged_archive_is_refused(cut: int) -> None:
    whole = a_zip({"a": b"text" * 100})
    assert refusal(whole[: cut % len(whole)]) == ReasonCode.ZIP_BROKEN


def test_every_byte_may_be_wrong() -> None:
    whole = a_zip({"a": b"text" * 10})
    for at in range(len(whole)):
        broken = bytearray(whole)
        broken[at] ^= 0xFF
        with contextlib.suppress(BadArchive):
            unpacked(bytes(broken))


def test_files_of_one_name_get_numbers_when_they_are_packed() -> None:
    data = packed([("a.txt", b"1"), ("a.txt", b"2"), ("b", b"3"), ("b", b"4")])
    assert unpacked(data) == {"a.txt": b"1", "a (2).txt": b"2", "b": b"3", "b (2)": b"4"}
