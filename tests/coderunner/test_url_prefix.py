"""A site below a path: what the environment may say, and how paths are understood."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import get_resolver
from pytest_django import Settings

from coderunner import environment
from coderunner.environment import OWN_PATHS
from runner.infrastructure.server.url_prefix import UrlPrefix

PREFIX = "/tools/coderunner"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("", ""), ("/", ""), ("/coderunner", "/coderunner"), ("/coderunner/", "/coderunner"),
     ("/a/b.c/~d", "/a/b.c/~d")],
)  # fmt: skip
def test_a_prefix(monkeypatch: pytest.MonkeyPatch, value: str, expected: str) -> None:
    monkeypatch.setenv("URL_PREFIX", value)
    assert environment.url_prefix("URL_PREFIX") == expected


@pytest.mark.parametrize(
    "value", ["coderunner", "//evil.example", "/a//b", "/..", "/a/../b", "/a b", "/ä", "/%2e",
              "/static", "/s/x", "/runs", "https://a.example/x", "/a\n", "/a?b"]
)  # fmt: skip
def test_what_is_no_prefix(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("URL_PREFIX", f"{value}x" if value.endswith("\n") else value)
    with pytest.raises(ImproperlyConfigured, match="URL_PREFIX"):
        environment.url_prefix("URL_PREFIX")


def test_no_path_of_the_site_can_be_a_prefix() -> None:
    """A request for it would have two meanings."""
    first = {
        str(pattern.pattern).lstrip("^").split("/")[0].split("\\")[0]
        for pattern in flat(get_resolver())
    }
    assert {name for name in first if name and "<" not in name} <= OWN_PATHS


def flat(resolver: Any, depth: int = 0) -> list[Any]:
    found = []
    for pattern in resolver.url_patterns:
        empty = not str(pattern.pattern)
        if empty and hasattr(pattern, "url_patterns") and depth < 3:
            found += flat(pattern, depth + 1)
        else:
            found.append(pattern)
    return found


async def passed_on(kind: str, path: str) -> tuple[str | None, list[dict[str, Any]]]:
    """The path that the application gets, and what was sent."""
    paths: list[str] = []
    sent: list[dict[str, Any]] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        paths.append(scope["path"])

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": kind, "path": path, "query_string": b"a=b"}
    await UrlPrefix(application)(scope, None, send)
    return (paths[0] if paths else None), sent


@pytest.mark.parametrize("path", ["/runs/", f"{PREFIX}/runs/"])
async def test_a_proxy_may_strip_the_prefix_or_not(settings: Settings, path: str) -> None:
    settings.URL_PREFIX = PREFIX
    assert (await passed_on("http", path))[0] == f"{PREFIX}/runs/"
    assert (await passed_on("websocket", path))[0] == "/runs/"


async def test_a_path_that_begins_alike_is_not_below_the_prefix(settings: Settings) -> None:
    settings.URL_PREFIX = PREFIX
    assert (await passed_on("http", f"{PREFIX}2/runs/"))[0] == f"{PREFIX}{PREFIX}2/runs/"


async def test_without_its_slash_the_prefix_leads_to_the_site(settings: Settings) -> None:
    settings.URL_PREFIX = PREFIX
    path, sent = await passed_on("http", PREFIX)
    assert path is None
    assert sent[0]["status"] == 301
    assert dict(sent[0]["headers"])[b"location"] == f"{PREFIX}/?a=b".encode()


async def test_at_the_root_nothing_changes(settings: Settings) -> None:
    settings.URL_PREFIX = ""
    assert (await passed_on("http", "/runs/"))[0] == "/runs/"


def test_cookies_below_a_path_are_for_https_only_as_well() -> None:
    """Browsers refuse `__Host-` with a path."""
    assert environment.cookie_names(True, PREFIX) == ("__Secure-sessionid", "__Secure-csrftoken")
    assert environment.cookie_names(True) == ("__Host-sessionid", "__Host-csrftoken")
