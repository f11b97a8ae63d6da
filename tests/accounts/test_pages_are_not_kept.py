"""Browsers keep no page of an account: whoever presses “Back” after a sign-out sees none of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from accounts.models import User

ENDS_IT = {"/accounts/logout/"}


def plain_addresses(patterns: list[Any], above: str = "/") -> Iterator[str]:
    """Of all pages, but those of the administration, that need nothing to be filled in."""
    for pattern in patterns:
        address = above + str(pattern.pattern).lstrip("^/").rstrip("$")
        if address.startswith("/admin") or not set("<(\\?[").isdisjoint(address):
            continue
        if isinstance(pattern, URLPattern):
            yield address
        else:
            yield from plain_addresses(pattern.url_patterns, address)


def test_every_answer_says_how_long_it_is_kept(instructor: User) -> None:
    """Email addresses, the secret of a second factor and recovery codes said nothing."""
    client = Client()
    client.force_login(instructor)
    addresses = {*plain_addresses(get_resolver().url_patterns), "/nowhere/"} - ENDS_IT
    assert {"/accounts/email/", "/accounts/2fa/", "/accounts/password/change/"} <= addresses
    kept = {
        address: said
        for address in sorted(addresses)
        if "no-store" not in (said := client.get(address).headers.get("Cache-Control", ""))
    }
    assert {address for address, said in kept.items() if not said} == set()
    assert not [address for address in kept if address.startswith("/accounts/")]


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/reset/", "/nowhere/"])
def test_nor_are_answers_to_strangers(address: str, db: None) -> None:
    assert "no-store" in Client().get(address).headers["Cache-Control"]
