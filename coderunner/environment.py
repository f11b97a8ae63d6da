"""Typed reads of environment variables. An error names the variable."""
# size: one reader for each kind of variable

import os
import re
from email.utils import parseaddr
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured

from coderunner.identity import link as link
from coderunner.identity import logo as logo
from coderunner.identity import site_name as site_name

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


def cookie_names(https: bool, url_prefix: str = "") -> tuple[str, str]:
    """Of the session and of CSRF tokens.

    Browsers accept `__Host-` from this very host over TLS only: no other one can plant a session.
    Such a cookie belongs to the whole host, so below a path it has the weaker `__Secure-`.
    """
    prefix = ("__Secure-" if url_prefix else "__Host-") if https else ""
    return f"{prefix}sessionid", f"{prefix}csrftoken"


# With which the site's own paths begin: a proxy may strip a prefix, or pass it on.
OWN_PATHS = {
    "accounts", "admin", "apple-touch-icon.png", "artifacts", "classes", "embed.js", "favicon.ico",
    "healthz", "i18n", "interviews", "join", "languages", "metrics", "packages", "preferences",
    "readyz", "robots.txt", "rooms", "runs", "s", "site-logo", "snippets", "static", "terminal",
    "try", "ws",
}  # fmt: skip
PREFIX = re.compile(r"(?:/[A-Za-z0-9._~-]+)+")


def url_prefix(name: str) -> str:
    """The path below which the site is served, such as `/coderunner`; empty for the root."""
    value = text(name).rstrip("/")
    if not value:
        return ""
    parts = value.split("/")[1:]
    if not PREFIX.fullmatch(value) or {".", ".."} & set(parts):
        raise ImproperlyConfigured(f"{name} must be a path such as /coderunner, not {value!r}.")
    if parts[0] in OWN_PATHS:
        raise ImproperlyConfigured(
            f"{name} may not begin with /{parts[0]}, which is a path of the site itself."
        )
    return value


def names(name: str, default: list[str]) -> list[str]:
    """A comma-separated list."""
    text = os.environ.get(name)
    if text is None:
        return default
    return [part.strip() for part in text.split(",") if part.strip()]


def python_names(name: str) -> frozenset[str]:
    """A comma-separated list of dotted names, such as `os.system`."""
    found = names(name, [])
    for each in found:
        if not all(part.isidentifier() for part in each.split(".")):
            raise ImproperlyConfigured(
                f"{name} must list names such as eval, os.system; not {each!r}."
            )
    return frozenset(found)


def origins(name: str) -> list[str]:
    """A comma-separated list of `scheme://host[:port]`."""
    found = names(name, [])
    for origin in found:
        if not _is_origin(origin):
            raise ImproperlyConfigured(
                f"{name} must list origins such as https://example.org, not {origin!r}."
            )
    return found


def origin(name: str) -> str:
    """One of these, or nothing."""
    found = origins(name)
    if len(found) > 1:
        raise ImproperlyConfigured(f"{name} must be one origin, not {len(found)}.")
    return found[0] if found else ""


def hosts_of(origin: str) -> list[str]:
    """As `ALLOWED_HOSTS` names it."""
    return [urlsplit(origin).hostname or ""] if origin else []


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


def time_zone(name: str, default: str) -> str:
    """The name of a time zone that this machine knows."""
    value = os.environ.get(name, "").strip() or default
    if value != default and value not in available_timezones():
        raise ImproperlyConfigured(f"{name} must be a time zone like Europe/Berlin, not {value!r}.")
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


def folder(name: str, default: str) -> str:
    """A path from the root, which need not exist."""
    value = os.environ.get(name) or default
    if not value.startswith("/"):
        raise ImproperlyConfigured(f"{name} must be an absolute path, not {value!r}")
    return value.rstrip("/") or "/"


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


# What the scheme of EMAIL_URL means: the port without one in the URL, and how TLS begins.
MAIL_SERVERS = {
    "smtp": (25, ""),
    "smtp+tls": (587, "EMAIL_USE_TLS"),
    "smtps": (465, "EMAIL_USE_SSL"),
    "smtp+ssl": (465, "EMAIL_USE_SSL"),
}
MAIL_BACKEND = "django.core.mail.backends.{}.EmailBackend"
MAIL_SECONDS = 10  # a mail server that does not answer is given up


def email(name: str, debug: bool) -> dict[str, object]:
    """Django's settings EMAIL_… from `smtp+tls://user:password@host:port`; without a URL mail is
    dropped.

    `console:` and `file:///path` are for development: reset links must not get into the log of a
    site for others.
    """
    url = secret(name).strip()
    if not url:
        return {"EMAIL_BACKEND": MAIL_BACKEND.format("dummy")}
    try:
        parts = urlsplit(url)
        if parts.query or parts.fragment:
            raise ValueError("it has a “?” or “#”; write them in a password as %3F and %23")
        if parts.scheme in MAIL_SERVERS:
            return _mail_server(parts)
        if parts.scheme not in {"console", "file"}:
            known = ", ".join([*MAIL_SERVERS, "console", "file"])
            raise ValueError(f"it must begin with one of {known}")
        if not debug:
            raise ValueError(f"{parts.scheme} is for development only and needs DEBUG=true")
        if parts.scheme == "console":
            return {"EMAIL_BACKEND": MAIL_BACKEND.format("console")}
        if not parts.path.startswith("/") or parts.netloc:
            raise ValueError("it names no folder, as file:///path does")
        return {
            "EMAIL_BACKEND": MAIL_BACKEND.format("filebased"),
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not the URL of a mail server: {error}.") from None


def _mail_server(parts: SplitResult) -> dict[str, object]:
    port, tls = MAIL_SERVERS[parts.scheme]
    if not parts.hostname:
        raise ValueError("it names no host")
    if parts.path not in {"", "/"}:
        raise ValueError("it has a path; write a “/” in a password as %2F")
    if parts.password and not parts.username:
        raise ValueError("it has a password and no user")
    return {
        "EMAIL_BACKEND": MAIL_BACKEND.format("smtp"),
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": tls == "EMAIL_USE_TLS",
        "EMAIL_USE_SSL": tls == "EMAIL_USE_SSL",
        "EMAIL_TIMEOUT": MAIL_SECONDS,
    }


def sender(name: str, mail: dict[str, object]) -> str:
    """The address that mail comes from; by default the user of the mail server, or one there."""
    user, host = mail.get("EMAIL_HOST_USER", ""), mail.get("EMAIL_HOST", "localhost")
    value = text(name, str(user) if "@" in str(user) else f"code-runner@{host}")
    address = parseaddr(value)[1]
    local, at, domain = address.rpartition("@")
    if not (local and at and domain) or any(one in value for one in "\r\n"):
        raise ImproperlyConfigured(f"{name} must be an email address, not {value!r}.")
    return value


def issuer(name: str) -> str:
    """The `https://` URL of an OpenID Connect provider, without a slash at its end."""
    url = text(name).rstrip("/")
    try:
        parts = urlsplit(url)
        _ = parts.port  # reading it checks it
        on_this_machine = parts.hostname in {"localhost", "127.0.0.1", "::1"}
        safe = parts.scheme == "https" or (parts.scheme == "http" and on_this_machine)
        if url and not (safe and parts.hostname and not parts.query and not parts.fragment):
            raise ValueError
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} must be the https:// URL of a provider, not {url!r}."
        ) from None
    return url


def claim(name: str) -> tuple[str, str] | None:
    """`name=value`: what a provider says of somebody."""
    if not (value := text(name)):
        return None
    left, equals, right = value.partition("=")
    if not (left.strip() and equals and right.strip()):
        raise ImproperlyConfigured(f"{name} must be claim=value, not {value!r}.")
    return left.strip(), right.strip()


def together(value: object, name: str, *needed: tuple[str, object]) -> None:
    """Stops the process if a variable is set and one that it needs is not."""
    missing = [other for other, has in needed if not has]
    if value and missing:
        raise ImproperlyConfigured(f"{name} needs {' and '.join(missing)}, too.")


def data_storage(
    bucket: str, endpoint: str, region: str, keys: tuple[str, str]
) -> dict[str, dict[str, object]]:
    """As django-storages takes it; nothing without a bucket."""
    if not bucket:
        return {}
    if find_spec("storages") is None or find_spec("botocore") is None:
        raise ImproperlyConfigured("DATA_BUCKET needs: pip install 'django-storages[s3]==1.14.6'")
    # A thread of a web worker waits for it: by itself the client would for minutes.
    waits = {"connect_timeout": 3, "read_timeout": 10, "retries": {"total_max_attempts": 2}}
    config = import_module("botocore.config").Config(**waits)
    names = ("endpoint_url", "region_name", "access_key", "secret_key")
    given = zip(names, (endpoint, region, *keys), strict=True)
    options: dict[str, object] = {"bucket_name": bucket, "default_acl": None}
    options["client_config"] = config
    options |= {name: value for name, value in given if value}  # else what the machine has
    return {"data": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}}
