"""A language beside Python, for tests of what executors may differ in."""

from dataclasses import replace

import pytest

from runner.languages import LANGUAGES, PYTHON, Language

LOGO = replace(PYTHON, id="logo", name="Logo", keep_open=())


@pytest.fixture
def logo(monkeypatch: pytest.MonkeyPatch) -> Language:
    """Known to this process, and started as Python is."""
    monkeypatch.setitem(LANGUAGES, LOGO.id, LOGO)
    return LOGO
