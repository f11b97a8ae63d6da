"""Which encoding a file has, as users are told."""

import pytest

from runner.files import detect
from runner.files.encoding import LOOKED_AT

TEXT = "Name;Größe\nÄpfel;1,80 €\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"", "utf-8"),
        (b"plain\n", "utf-8"),
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-32"), "utf-32"),
        ("Name,Size\nApples,1\n".encode("utf-16-le"), "utf-16-le"),
        ("Name,Size\nApples,1\n".encode("utf-16-be"), "utf-16-be"),
        # Windows' Notepad and Excel: jupyterlab#7141 and #4217 refuse to open these.
        (TEXT.encode("cp1252"), "cp1252"),
        (b"a\x92b\n", "cp1252"),
        (b"a\x81b\n", "latin-1"),
        (b"PRINT 1\r\n\x1a", "utf-8"),  # of DOS
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ""),
        (b"PK\x03\x04\x14\0", ""),
        (bytes(100), ""),
        (b"\xff\xfe\0", ""),  # a mark alone makes no text
    ],
)
def test_text_is_told_from_other_files_and_its_encoding_is_one_of_pythons(
    data: bytes, encoding: str
) -> None:
    assert detect(data) == encoding
    if encoding:
        data.decode(encoding)


def test_a_character_that_is_cut_where_looking_ends_is_no_fault() -> None:
    assert detect(b"a" * (LOOKED_AT - 1) + "ä".encode()) == "utf-8"
