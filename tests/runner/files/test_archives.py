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


def test_names_of_macos_are_utf_8_also_where_the_archive_does_not_say_so() -> None:
    """Its own program sets no mark, and Windows' names of before are still read."""
    for raw, name in (
        ("Gro\u0308\u00dfe.csv".encode(), "Größe.csv"), ("Größe.csv".encode("cp437"), "Größe.csv"),
        (b"a.csv", "a.csv"),
    ):  # fmt: skip
        wanted = a_zip({"#" * len(raw): b"1"}).replace(b"#" * len(raw), raw)
        assert unpacked(wanted) == {name: b"1"}


def test_a_folder_of_windows_is_no_file() -> None:
    """.NET before 4.6.1 writes one for each folder."""
    data = a_zip({"data#": b"", "data/a.csv": b"1"}).replace(b"data#", b"data\\")
    assert unpacked(data) == {"data/a.csv": b"1"}


def as_zip64(data: bytes, count: int = 1, list_bytes: int | None = None, moved: int = 0) -> bytes:
    """As OneDrive and others write all their archives."""
    at = data.rfind(b"PK\x05\x06")
    size, offset = struct.unpack_from("<II", data, at + 12)
    size = size if list_bytes is None else list_bytes
    numbers = struct.pack("<HHIIQQQQ", 45, 45, 0, 0, count, count, size, offset)
    record = b"PK\x06\x06" + struct.pack("<Q", 44) + numbers
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, at + moved, 1)
    end = data[at : at + 8] + b"\xff" * 12 + data[at + 20 :]
    return data[:at] + record + locator + end


def test_an_archive_in_the_larger_format_is_unpacked() -> None:
    assert unpacked(as_zip64(a_zip({"a.csv": b"1"}))) == {"a.csv": b"1"}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"count": 100_000}, ReasonCode.TOO_MANY_DATA_FILES),
        ({"count": 1, "list_bytes": 1 << 40}, ReasonCode.TOO_MANY_DATA_FILES),
        ({"moved": -1}, ReasonCode.ZIP_BROKEN),
        ({"moved": 1 << 60}, ReasonCode.ZIP_BROKEN),
    ],
)
def test_the_larger_format_is_bounded_as_well(wrong: dict[str, int], code: ReasonCode) -> None:
    assert refusal(as_zip64(a_zip({"a.csv": b"1"}), **wrong)) == code


def test_an_archive_in_an_archive_is_a_file() -> None:
    """Whatever marks of archives there are in it."""
    inner = as_zip64(a_zip({"a.csv": b"1"}))
    data = a_zip({"inner.zip": inner}, zipfile.ZIP_STORED)
    assert unpacked(data) == {"inner.zip": inner}


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


def test_names_that_are_one_on_other_systems_get_numbers_when_they_are_packed() -> None:
    data = packed([("Ä.txt", b"1"), ("a\u0308.txt", b"2"), ("d/B", b"3"), ("D/b", b"4")])
    assert list(unpacked(data)) == ["Ä.txt", "ä (2).txt", "d/B", "D/b (2)"]


@pytest.mark.parametrize("path", ["../../x.csv", "/etc/x.csv", "a\\x.csv", "a/../../x.csv"])
def test_a_path_that_leads_out_of_an_archive_becomes_a_name(path: str) -> None:
    assert unpacked(packed([(path, b"1")])) == {"x.csv": b"1"}


def test_what_is_packed_is_compressed() -> None:
    assert len(packed([("a.csv", bytes(MIB))])) < 10 * KIB
