"""What is found wrong with translations, beside that there is none."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from scripts import messages


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("Du brauchst kein Konto.Du brauchst kein Konto.", True),
        ("Du brauchst kein Konto.", False),
        ("Hallo! Hallo!", False),  # a blank between them: somebody has written it
        ("dadada", False),
        (("Ein Treffer", "Treffer"), False),
        ("", False),
    ],
)
def test_a_translation_that_was_merged_with_itself_is_found(text: object, twice: bool) -> None:
    assert messages.says_twice(text) is twice


def test_it_is_said_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (catalogue,) = messages.CATALOGUES
    whole = catalogue.read_text()
    doubled = tmp_path / "locale/de/LC_MESSAGES/django.po"
    doubled.parent.mkdir(parents=True)
    before = 'msgid "Join a room"\nmsgstr "Einem Raum beitreten"'
    assert before in whole
    after = before.removesuffix('"') + 'Einem Raum beitreten"'
    doubled.write_text(whole.replace(before, after))
    monkeypatch.setattr(messages, "CATALOGUES", [doubled])
    monkeypatch.setattr(messages, "template", Catalog)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    assert messages.check() == 1
    assert "translated twice in one: 'Join a room'" in capsys.readouterr().out
