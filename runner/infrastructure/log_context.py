"""Ids that are added to each log line; they are inherited by tasks and threads."""

from contextvars import ContextVar

_ids: ContextVar[dict[str, str]] = ContextVar("log_ids", default={})  # noqa: B039  # never changed


def bind_log_ids(**ids: object) -> None:
    """Every line logged from here on in this task, and in those it starts, names these ids."""
    _ids.set(_ids.get() | {name: str(value) for name, value in ids.items()})


def ids() -> dict[str, str]:
    return _ids.get()
