"""A language beside Python, for tests of what executors may differ in; and languages that a machine
lacks."""

import os
from collections.abc import Iterable
from dataclasses import replace
from typing import NoReturn

import pytest

from runner.languages import LANGUAGES, PYTHON, Language

# Set by the commands that install toolchains first: there a missing one is a failure.
REQUIRED = os.environ.get("REQUIRE_TOOLCHAINS") == "yes"
LOGO = replace(PYTHON, id="logo", name="Logo", keep_open=())


@pytest.fixture
def logo(monkeypatch: pytest.MonkeyPatch) -> Language:
    """Known to this process, and started as Python is."""
    monkeypatch.setitem(LANGUAGES, LOGO.id, LOGO)
    return LOGO


def lacks(language: str, lacking: Iterable[str]) -> NoReturn:
    """Ends the test: that toolchain is not here."""
    reason = f'{language} is not installed ({", ".join(lacking)}): make languages ARGS="{language}"'
    if REQUIRED:
        pytest.fail(reason)
    pytest.skip(reason)
