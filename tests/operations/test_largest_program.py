"""The size of the largest program is one figure, wherever it is said."""

import json
import re
from pathlib import Path

import pytest

from runner.infrastructure import sentences
from runner.limits import Limits
from runner.protocol.paths import MAX_FILES, MAX_SOURCE_BYTES
from runner.protocol.reasons import ReasonCode
from runner.protocol.snippets import CHECKED
from tests.services import ROOT

KIB = 1024
FIGURE = f"{MAX_SOURCE_BYTES // KIB} KiB"
SAYS_SIZE = re.compile(r"up to (\d+) text files, at most (\d+ KiB) in UTF-8")


@pytest.mark.parametrize("path", ["README.md", "docs/api.md"])
def test_documents_say_it(path: str) -> None:
    found = SAYS_SIZE.findall((ROOT / path).read_text())
    assert found
    assert set(found) == {(str(MAX_FILES), FIGURE)}


def test_the_page_knows_it() -> None:
    generated = (ROOT / "static" / "src" / "protocol.gen.ts").read_text()
    assert f"export const MAX_SOURCE_BYTES = {MAX_SOURCE_BYTES};" in generated


def test_no_script_or_page_has_a_figure_of_its_own() -> None:
    written = re.compile(r"\b(?:400|511|512|500) (?:KB|KiB|\* 1024)")
    files: list[Path] = [
        *(ROOT / "templates").rglob("*.html"),
        *(path for path in (ROOT / "static" / "src").rglob("*.ts") if ".test." not in path.name),
    ]
    assert len(files) > 100
    assert [str(path) for path in files if written.search(path.read_text())] == []


def test_the_sentence_says_it() -> None:
    figures = CHECKED[ReasonCode.SOURCES_TOO_LARGE]
    said = sentences.sentence(ReasonCode.SOURCES_TOO_LARGE, figures)
    assert f"{MAX_SOURCE_BYTES // KIB} KB" in said


def test_what_carries_it_has_room() -> None:
    """All but control characters take up to three bytes in JSON for each of UTF-8."""
    for text in ('"', "é", "😀"):
        content = text * (MAX_SOURCE_BYTES // len(text.encode()))
        program = {"files": [{"path": "main.py", "content": content}]}
        assert len(json.dumps(program)) < Limits().start_frame_bytes - 32 * KIB
