"""The format of the log: text for people, or JSON for machines (`LOG_FORMAT=json`)."""

import logging
from http import HTTPStatus
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from runner.infrastructure.http.secret_paths import redacted
from runner.infrastructure.log_context import ids

FORMATS = ("text", "json")


class Ids(logging.Filter):
    """Adds the current ids to a record: `request`, `user`, `run`, `executor`."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.ids = ids()
        if record.levelno >= logging.ERROR and not hasattr(record, "event"):
            record.event = "error"
        return True


class Failures(logging.Filter):
    """Drops Django's log records of 503 responses.

    Django logs every response above 499 as an error. A 503 is intended here, and its cause was
    logged where it occurred; `/readyz` is requested every few seconds.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", None) != HTTPStatus.SERVICE_UNAVAILABLE


class Text(logging.Formatter):
    """Appends the ids to the message. Links that are secrets are left out, here and in JSON.

    Further lines, of a message or a traceback, are indented: what a stranger sends, such as the
    path of a page or what an exception says of it, looks like no record.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = "".join(map(_shown, record.message))
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:
        return "".join(map(_shown, "\n" + super().formatException(ei))).removeprefix("\n")

    def formatStack(self, stack_info: str) -> str:
        return "".join(map(_shown, "\n" + stack_info)).removeprefix("\n")

    def format(self, record: logging.LogRecord) -> str:
        about = "".join(
            f" {name}={value}" for name, value in sorted(getattr(record, "ids", {}).items())
        )
        record.about = about
        return redacted(super().format(record))


def _shown(character: str) -> str:
    if character == "\n":
        return "\n    "
    return character if character.isprintable() else repr(character)[1:-1]


class Json(JsonFormatter):
    """One object a line: time, level, logger, message, event, ids, exc_info."""

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        log_data |= log_data.pop("ids", {})
        return super().process_log_record(log_data)

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


def configuration(log_format: str) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"ids": {"()": Ids}, "failures": {"()": Failures}},
        "formatters": {
            "text": {
                "()": Text,
                "format": "{asctime} {levelname} {name} {message}{about}",
                "style": "{",
            },
            "json": {
                "()": Json,
                "fmt": ["levelname", "name", "message"],
                "rename_fields": {"levelname": "level", "name": "logger"},
                "timestamp": "time",
            },
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": log_format,
                "filters": ["ids"],
            }
        },
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django.request": {"filters": ["failures"]},
            "django.server": {"level": "WARNING"},
            # Strangers ask for any host: `way_here` says so, not too often and in one line.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "daphne": {"level": "WARNING"},
            "django.channels.server": {"level": "WARNING"},
        },
    }
