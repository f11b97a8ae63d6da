"""How often a user may ask for JSON: a page never notices, a runaway script does."""

import pytest
from django.core.cache import cache
from pytest_django import Settings

from accounts.models import User
from runner.limits import Limits
from tests.a_snippet import Page, refused
from tests.cast import signed_in
from tests.services import free_port


@pytest.fixture(autouse=True)
def _three_a_minute(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a minute that does not end during a test."""
    settings.LIMITS = Limits(api_requests_per_minute=3)
    monkeypatch.setattr("runner.infrastructure.http.request_counts.time.time", lambda: 1_000_000.0)
    cache.clear()


def test_who_asks_too_often_waits_and_nobody_else(owner: User, classmate: User) -> None:
    page = Page(owner)
    for _ in range(3):
        assert page.ask("GET", "/snippets/")[0] == 200
    assert refused(page.ask("GET", "/preferences/")) == (429, "rate_limited")
    assert signed_in(owner).get("/snippets/").status_code == 200  # the page
    assert Page(classmate).ask("GET", "/snippets/")[0] == 200


def test_without_redis_nobody_is_refused(
    owner: User, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    backend = "django.core.cache.backends.redis.RedisCache"
    nobody_there = f"redis://127.0.0.1:{free_port()}"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": nobody_there}}
    page = Page(owner)
    for _ in range(4):
        assert page.ask("GET", "/snippets/")[0] == 200
    assert "not enforced" in caplog.text
