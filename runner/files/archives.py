"""Zip archives: those of users are unpacked, what a run has returned is packed.

An archive is hostile: a small one may claim millions of files or gigabytes, and its names may lead
anywhere. Its list of files is bounded before it is read, each file's size before it is unpacked,
and nothing but plain and deflated files is accepted: other methods take memory as an archive says.
"""

import contextlib
import io
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from pydantic_core import PydanticCustomError

from runner.limits import Limits
from runner.media import clean_name
from runner.protocol.paths import check_path
from runner.protocol.reasons import Figures, ReasonCode

END = b"PK\x05\x06"  # of the list of files
END_BYTES, LARGEST_COMMENT = 22, 0xFFFF
# Of archives with more files, or larger ones, than fit there; some programs always write them.
LOCATOR_64, LOCATOR_64_BYTES = b"PK\x06\x07", 20
END_64, END_64_BYTES = b"PK\x06\x06", 56
LARGEST_ENTRY = 46 + 1024  # bytes in the list of files, on average
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ENCRYPTED, IN_UTF_8 = 0x1, 0x800
PIECE = 64 * 1024
SHOWN_NAME = 60  # characters, in a sentence
# What desktops put beside files, and no program wants.
OF_DESKTOPS = {".DS_Store", "Thumbs.db", "desktop.ini"}
FAULTS = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError,
    NotImplementedError, RuntimeError, ValueError, OverflowError,
)  # fmt: skip


class BadArchive(Exception):
    """It is not unpacked; `code` and `figures` say why."""

    def __init__(self, code: ReasonCode, **figures: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.figures: Figures = figures


@dataclass(frozen=True, slots=True)
class Unpacked:
    path: str
    data: bytes


def unpack(file: BinaryIO, limits: Limits) -> tuple[list[zipfile.ZipInfo], Iterator[Unpacked]]:
    """The files that are left out, as desktops made them, and the others. Raises BadArchive, the
    iterator too: nothing of an archive is to be kept before its end."""
    most = limits.data_files_per_snippet
    _check_list(file, most)
    try:
        archive = zipfile.ZipFile(file)
    except FAULTS as error:
        raise BadArchive(ReasonCode.ZIP_BROKEN) from error
    entries = [entry for entry in archive.infolist() if not _name(entry).endswith("/")]
    wanted = [entry for entry in entries if not _is_of_desktop(_name(entry))]
    if len(wanted) > most:
        raise BadArchive(ReasonCode.TOO_MANY_DATA_FILES, limit=most)
    if sum(entry.file_size for entry in wanted) > limits.data_bytes_per_snippet:
        raise BadArchive(ReasonCode.ZIP_TOO_LARGE, limit_bytes=limits.data_bytes_per_snippet)
    left_out = [entry for entry in entries if entry not in wanted]
    return left_out, (_unpacked(archive, entry, limits.data_file_bytes) for entry in wanted)


def _check_list(file: BinaryIO, most: int) -> None:
    """Python reads the whole list of files at once, as long as the archive says that it is."""
    size = file.seek(0, io.SEEK_END)
    tail = min(size, END_BYTES + LARGEST_COMMENT + LOCATOR_64_BYTES + END_64_BYTES)
    file.seek(size - tail)
    data = file.read(tail)
    at = data.rfind(END)
    if at < 0 or len(data) < at + END_BYTES:
        raise BadArchive(ReasonCode.ZIP_BROKEN)
    count, list_bytes = struct.unpack_from("<HI", data, at + 10)
    if data[:at][-LOCATOR_64_BYTES:].startswith(LOCATOR_64):
        count, list_bytes = _list_64(data[:at], size - tail)
    if max(count * 46, list_bytes) > (most + 100) * LARGEST_ENTRY:
        raise BadArchive(ReasonCode.TOO_MANY_DATA_FILES, limit=most)
    file.seek(0)


def _list_64(data: bytes, start: int) -> tuple[int, int]:
    """How many files there are, and how many bytes their list has. `data`: what is before the end
    of the archive, from `start` on."""
    at = len(data) - LOCATOR_64_BYTES - END_64_BYTES
    (where,) = struct.unpack_from("<Q", data, len(data) - LOCATOR_64_BYTES + 8)
    # Pythons look for it right before, or where it is said to be: it has to be one place.
    if at < 0 or where != start + at or not data.startswith(END_64, at):
        raise BadArchive(ReasonCode.ZIP_BROKEN)
    count, list_bytes = struct.unpack_from("<QQ", data, at + 32)
    return count, list_bytes


def _name(entry: zipfile.ZipInfo) -> str:
    """Some programs of Windows write backslashes. Those of macOS write UTF-8 and do not say so, and
    other letters than programs do."""
    name = entry.filename
    if not entry.flag_bits & IN_UTF_8:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode()
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _is_of_desktop(name: str) -> bool:
    file = name.rpartition("/")[2]
    return name.startswith(("__MACOSX/", "._")) or file in OF_DESKTOPS or file.startswith("._")


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> Unpacked:
    path = _path(entry)
    if entry.flag_bits & ENCRYPTED:
        raise BadArchive(ReasonCode.ZIP_ENCRYPTED)
    if entry.compress_type not in METHODS:
        raise BadArchive(ReasonCode.ZIP_METHOD, name=_shown(path))
    if entry.file_size > most:
        raise BadArchive(ReasonCode.DATA_FILE_TOO_LARGE, name=_shown(path), limit_bytes=most)
    try:
        with archive.open(entry) as file:
            data = file.read(most + 1)
    except FAULTS as error:
        raise BadArchive(ReasonCode.ZIP_BROKEN) from error
    if len(data) > most:
        raise BadArchive(ReasonCode.DATA_FILE_TOO_LARGE, name=_shown(path), limit_bytes=most)
    return Unpacked(path, data)


def _path(entry: zipfile.ZipInfo) -> str:
    path = _name(entry)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    try:
        check_path(path)
    except PydanticCustomError as error:
        raise BadArchive(ReasonCode.ZIP_NAME, name=_shown(path)) from error
    if kind not in (0, stat.S_IFREG):  # a link, a device
        raise BadArchive(ReasonCode.ZIP_NAME, name=_shown(path))
    return path


def _shown(name: str) -> str:
    """Of a name that may contain anything."""
    return ascii(name[:SHOWN_NAME])[1:-1] if not name.isprintable() else name[:SHOWN_NAME]


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of all that. Of two files with one name, or with names that are one on Windows and
    macOS, the later one gets a number. A path that leads elsewhere becomes a name."""
    target, names = io.BytesIO(), set[str]()
    with zipfile.ZipFile(target, "w") as archive:
        for path, data in files:
            number, wanted = 1, _packed_path(path)
            name = wanted
            while (known := unicodedata.normalize("NFC", name).casefold()) in names:
                number += 1
                stem, dot, extension = wanted.rpartition(".")
                mark = f" ({number})"
                name = f"{stem}{mark}.{extension}" if dot and stem else f"{wanted}{mark}"
            names.add(known)
            entry = zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _packed_path(path: str) -> str:
    """Looked at again: an executor has written it, which has the least trust."""
    try:
        return check_path(path)
    except PydanticCustomError:
        return clean_name(path, "file", "")
