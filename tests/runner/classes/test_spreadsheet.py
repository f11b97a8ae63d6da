"""No cell is a formula, wherever a spreadsheet lets it begin."""

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.classes.spreadsheet import cell, line

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"


@pytest.mark.parametrize("before", ["", " ", "x;", "x; ", "x\t", "x\n", 'x;"', "a,", ",;\t", "x|'"])
@pytest.mark.parametrize("sign", SIGNS)
def test_a_formula_begins_nowhere(before: str, sign: str) -> None:
    assert cell(f"{before}{sign}cmd()") == f"{before}'{sign}cmd()"


@pytest.mark.parametrize("text", ["-1", "+4.5", "1e-3", "a-b", "a = b", "ada@example.org", "", "ü"])
def test_numbers_and_texts_are_as_they_were(text: str) -> None:
    assert cell(text) == text


@given(st.lists(st.text("=+-@;,\t\"' x\n\r|1", max_size=8), min_size=1, max_size=4))
def test_however_it_is_read_no_cell_is_a_formula(row: list[str]) -> None:
    written = line(row)
    for delimiter in ";,\t|":
        for cells in csv.reader(io.StringIO(written, newline=""), delimiter=delimiter):
            for each in cells:
                is_number = each.strip("+-1").strip() == ""
                assert is_number or not each.strip(" \n\r").startswith(tuple(SIGNS)), cells


@pytest.mark.parametrize("piece", ["\n", " ", ";'", "=", "a ;", "\n-"])
def test_a_long_remark_takes_no_time(piece: str) -> None:
    began = time.process_time()
    cell(piece * 20_000)
    assert time.process_time() - began < 0.5
