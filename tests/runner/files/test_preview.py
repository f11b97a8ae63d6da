"""The beginning of a file, as users see it."""

import pytest

from runner.files import preview
from runner.files.preview import COLUMNS, ROWS, TEXT_BYTES
from tests.an_artifact import PNG


def test_a_table_is_recognised_whatever_separates_its_cells() -> None:
    for separator in (",", ";", "\t"):
        data = f'name{separator}"a {separator} b"\nÄ{separator}2\n'.encode()
        found = preview("x.CSV", data)
        assert found.kind == "table"
        assert found.rows == (("name", f"a {separator} b"), ("Ä", "2"))


@pytest.mark.parametrize(
    "text", ["\n\na;1,5\n", "\r\n  \r\na;1,5\r\n", "sep=;\r\na;1,5\r\n", "a;1,5\rb;2\r"]
)
def test_the_separator_is_found_behind_what_spreadsheets_write_first(text: str) -> None:
    rows = preview("x.csv", text.encode()).rows
    assert ("a", "1,5") in rows
    assert not any(cell.startswith("sep=") for row in rows for cell in row)


def test_line_ends_within_cells_are_no_rows() -> None:
    assert preview("x.csv", b'a,"b\nc"\r\n1,"2\r\n3"\r\n').rows == (("a", "b\nc"), ("1", "2\r\n3"))


def test_a_million_columns_are_cut() -> None:
    found = preview("x.csv", b"1," * 1_000_000)
    assert (found.kind, len(found.rows[0]), found.cut) == ("table", COLUMNS, True)


def test_a_table_of_windows_is_read_in_its_encoding() -> None:
    found = preview("x.csv", "Größe;1\n".encode("cp1252"))
    assert (found.encoding, found.rows) == ("cp1252", (("Größe", "1"),))


def test_a_large_table_is_cut_and_says_so() -> None:
    found = preview("x.csv", b"1,2\n" * (TEXT_BYTES))
    assert len(found.rows) == ROWS
    assert found.cut
    wide = preview("x.csv", b"," * (COLUMNS + 10) + b"\n")
    assert len(wide.rows[0]) == COLUMNS
    assert wide.cut


def test_text_is_cut_within_no_character() -> None:
    found = preview("x.txt", "ä".encode() * TEXT_BYTES)
    assert found.cut
    assert set(found.text) == {"ä"}


def test_a_field_without_end_is_text() -> None:
    assert preview("x.csv", b'"' + b"a" * 200_000).kind in {"text", "table"}


def test_pictures_and_other_files_are_told_apart() -> None:
    assert preview("x.png", PNG).kind == "picture"
    assert preview("x.png", bytes(100)).kind == "binary"
    assert preview("x.html", b"<script>").kind == "text"
