"""Counters that begin anew, and a school whose accounts sign in here."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.oidc_provider import Provider, running_provider

OIDC_LOGIN = "/accounts/oidc/school/login/"


@pytest.fixture(autouse=True)
def _forget_wrong_passwords() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def school(running: Provider, settings: Settings, db: None) -> Provider:
    running.claims, running.error, running.is_down = {"sub": "42"}, "", False
    for name, value in running.settings().items():
        setattr(settings, name, value)
    settings.OIDC_STAFF_CLAIM = None
    app = {
        "provider_id": "school",
        "name": "Hill School",
        "client_id": settings.OIDC_CLIENT_ID,
        "secret": settings.OIDC_CLIENT_SECRET,
        "settings": {"server_url": running.url},
    }
    provider = {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": provider}
    return running


def come_back(browser: Client, process: str = "") -> Any:
    """As a browser does: to the provider, and back."""
    page = browser.post(OIDC_LOGIN + (f"?process={process}" if process else ""))
    back = httpx.get(page.context["target"]).headers["Location"]
    parts = urlsplit(back)
    return browser.get(parts.path, dict(parse_qsl(parts.query)))


def user_of(browser: Client) -> User | None:
    return User.objects.filter(pk=browser.session.get("_auth_user_id", 0)).first()
