"""Static files in tests, listed once per session."""

from typing import Any

import pytest
from whitenoise.base import WhiteNoise


def list_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every client of Django's makes all middlewares anew, and WhiteNoise then reads the state of
    hundreds of files: nine tenths of the time of a request in a test."""
    listed: dict[tuple[Any, ...], dict[str, Any]] = {}
    read = WhiteNoise.update_files_dictionary

    def update_files_dictionary(self: WhiteNoise, root: str, prefix: str) -> None:
        key = (root, prefix, self.max_age)
        if key not in listed:
            others, self.files = self.files, {}
            read(self, root, prefix)
            listed[key], self.files = self.files, others
        self.files.update(listed[key])

    monkeypatch.setattr(WhiteNoise, "update_files_dictionary", update_files_dictionary)
