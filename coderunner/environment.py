"""Typed reads of environment variables. An error names the variable."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def boolean(name: str, default: bool) -> bool:
    value = os.environ.get(name, str(default)).strip().lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value in TRUE


def integer(name: str, default: int, minimum: int, maximum: int) -> int:
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    try:
        value = int(text)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {text!r}.") from None
    if not minimum <= value <= maximum:
        raise ImproperlyConfigured(f"{name} must be from {minimum} to {maximum}, not {value}.")
    return value


def cookie_names(https: bool) -> tuple[str, str]:
    """Of the session and of CSRF tokens.

    Browsers accept `__Host-` from this very host over TLS only: no other one can plant a session.
    """
    prefix = "__Host-" if https else ""
    return f"{prefix}sessionid", f"{prefix}csrftoken"


def names(name: str, default: list[str]) -> list[str]:
    """A comma-separated list."""
    text = os.environ.get(name)
    if text is None:
        return default
    return [part.strip() for part in text.split(",") if part.strip()]


def origins(name: str) -> list[str]:
    """A comma-separated list of `scheme://host[:port]`."""
    found = names(name, [])
    for origin in found:
        if not _is_origin(origin):
            raise ImproperlyConfigured(
                f"{name} must list origins such as https://example.org, not {origin!r}."
            )
    return found


def vite_dev_server(name: str, debug: bool) -> dict[str, object]:
    """django-vite's settings for assets from Vite's dev server; empty without one.

    Its modules are sources, and it runs what it is sent: never on a site for others.
    """
    if not (found := origins(name)):
        return {}
    if not debug:
        raise ImproperlyConfigured(f"{name} is for development only: it needs DEBUG=true.")
    parts = urlsplit(found[0])
    return {
        "dev_mode": True,
        "dev_server_protocol": parts.scheme,
        "dev_server_host": parts.hostname,
        "dev_server_port": parts.port,
    }


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port  # reading it checks it
    except ValueError:
        return False
    return bool(parts.scheme in {"http", "https"} and parts.hostname) and text == (
        f"{parts.scheme}://{parts.netloc}"
    )


def secret(name: str, default_file: Path | None = None) -> str:
    """`NAME`, else the content of the file `NAME_FILE`, else of `default_file`, else nothing.

    Django itself refuses an empty SECRET_KEY when it is used: a web worker without one does not
    serve, and an executor needs none.
    """
    if value := os.environ.get(name):
        return value
    named = os.environ.get(f"{name}_FILE")
    if not (path := named or default_file):
        return ""
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        if named:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}") from error
        return ""


def choice(name: str, allowed: tuple[str, ...]) -> str:
    """One of `allowed`; the first by default."""
    value = os.environ.get(name, "").strip() or allowed[0]
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def subset(name: str, members: frozenset[str]) -> frozenset[str]:
    """All of `members` with `on`, the default; none with `off`; else those in a comma-separated
    list."""
    value = os.environ.get(name, "").strip().lower() or "on"
    if value in ("on", "off"):
        return members if value == "on" else frozenset()
    chosen = frozenset(part.strip() for part in value.split(",") if part.strip())
    if unknown := chosen - members:
        raise ImproperlyConfigured(
            f"{name} must be on, off, or some of {', '.join(sorted(members))}; "
            f"it names {', '.join(sorted(unknown))}."
        )
    return chosen


def database(name: str, default: str) -> dict[str, object]:
    """A Django database from a `postgres://…` or `sqlite:///…` URL."""
    url = secret(name) or default
    try:
        if urlsplit(url).scheme not in {"postgres", "postgresql", "sqlite"}:
            raise ValueError("it must begin with postgres:// or sqlite://")
        config = dict(environ.Env.db_url_config(url))
        if not config["NAME"]:
            raise ValueError("it names no database")
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not a database URL: {error}.") from error
    return config


def redis(name: str) -> str:
    url = secret(name).strip()
    try:
        parts = urlsplit(url)
        _ = parts.port  # reading it checks it
        if url and parts.scheme not in {"redis", "rediss", "unix"}:
            raise ValueError("it must begin with redis://, rediss:// or unix://")
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not a Redis URL: {error}.") from error
    return url
