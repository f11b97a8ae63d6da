"""Daphne's access log (`-v 1`, its default) without links that are secrets."""

from typing import Any

from daphne.access import AccessLogGenerator

from runner.infrastructure.http.secret_paths import redacted

_write_entry = AccessLogGenerator.write_entry


def install() -> None:
    def write_entry(
        self: Any, host: Any, date: Any, request: str, *more: Any, **named: Any
    ) -> None:
        _write_entry(self, host, date, redacted(request), *more, **named)

    AccessLogGenerator.write_entry = write_entry
