"""Whose connection it is, and whether it is TLS, by headers that clients can send, too."""

from typing import Any

import pytest
from pytest_django import Settings

from runner.infrastructure.http.forwarded import ClientAddress, address_of, is_secure

PROXY, CLIENT, FORGED = "10.0.0.7", "192.0.2.1", "198.51.100.9"


def headers(*values: str, name: bytes = b"x-forwarded-for") -> list[tuple[bytes, bytes]]:
    return [(name, value.encode("latin-1")) for value in values]


@pytest.mark.parametrize(
    ("proxies", "sent", "address"),
    [
        (0, [CLIENT], PROXY),  # nobody in front may say anything
        (1, [CLIENT], CLIENT),
        (1, [f"{FORGED}, {CLIENT}"], CLIENT),
        (1, [FORGED, CLIENT], CLIENT),  # two header lines are one list
        (2, [f"{FORGED}, {CLIENT}, 10.0.0.8"], CLIENT),
        (2, [f"{FORGED},{CLIENT}", " 10.0.0.8 "], CLIENT),
        (2, [f"{FORGED}, {FORGED}, {CLIENT}, 10.0.0.8"], CLIENT),
        (2, [CLIENT], PROXY),  # past one of the proxies
        (1, [], PROXY),
        (1, [""], PROXY),
        (1, ["unknown"], PROXY),
        (1, [f"{FORGED}, nonsense\xe9"], PROXY),
        (1, [f"{CLIENT}:4711"], CLIENT),
        (1, ["[2001:db8::1]:4711"], "2001:db8::1"),
        (1, ["2001:DB8:0::1"], "2001:db8::1"),
        (1, ["x" * 10_000], PROXY),
    ],
)
def test_the_client_is_counted_from_the_right(proxies: int, sent: list[str], address: str) -> None:
    assert address_of(headers(*sent), PROXY, proxies) == address


@pytest.mark.parametrize(
    ("scheme", "sent", "secure"),
    [
        ("ws", [], False),
        ("wss", [], True),
        ("http", [], False),
        ("https", [], True),
        ("ws", ["https"], True),
        ("ws", ["HTTPS"], True),
        ("ws", ["https, http"], True),  # as the first proxy was asked
        ("wss", ["http"], False),
        ("ws", ["nonsense"], False),
    ],
)
def test_tls_is_what_the_first_proxy_says(scheme: str, sent: list[str], secure: bool) -> None:
    scope = {"scheme": scheme, "headers": headers(*sent, name=b"x-forwarded-proto")}
    assert is_secure(scope) is secure


@pytest.mark.parametrize("kind", ["http", "websocket"])
async def test_what_follows_sees_the_client(settings: Settings, kind: str) -> None:
    settings.TRUSTED_PROXIES = 1
    seen: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["client"])

    scope = {"type": kind, "headers": headers(f"{FORGED}, {CLIENT}"), "client": [PROXY, 5]}
    await ClientAddress(application)(scope, None, None)
    assert seen == [[CLIENT, 5]]
    assert scope["client"] == [PROXY, 5]  # of others


@pytest.mark.parametrize("kind", ["http", "websocket"])
async def test_the_site_is_at_the_root_of_its_host(kind: str) -> None:
    seen: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["root_path"])

    for client in ({"client": [CLIENT, 5]}, {}):
        scope = {"type": kind, "headers": [], "root_path": "/static"} | client
        await ClientAddress(application)(scope, None, None)
    assert seen == ["", ""]
