"""Every request has an id: the proxy's, or one of ours; never what somebody made up at will."""

import re
from typing import Any

import pytest

from runner.infrastructure.http.request_id import RequestId
from runner.infrastructure.log_context import ids


async def answered(
    given: bytes | None, kind: str = "http"
) -> tuple[str, list[tuple[bytes, bytes]]]:
    """What the log names, and the headers of the answer."""
    seen: list[str] = []
    headers: list[tuple[bytes, bytes]] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append(ids()["request"])
        await send({"type": f"{kind}.response.start", "headers": [(b"x", b"y")]})

    async def send(message: Any) -> None:
        headers.extend(message["headers"])

    scope = {"type": kind, "headers": [] if given is None else [(b"x-request-id", given)]}
    await RequestId(application)(scope, None, send)
    return seen[0], headers


async def test_the_proxys_id_is_kept_and_answered() -> None:
    seen, headers = await answered(b"0123-abcDEF")
    assert seen == "0123-abcDEF"
    assert headers == [(b"x", b"y"), (b"x-request-id", b"0123-abcDEF")]


@pytest.mark.parametrize("given", [None, b"", b"a b", b"x\n{}", b"a" * 65, b'"', b"\xff"])
async def test_anything_else_is_replaced(given: bytes | None) -> None:
    seen, _ = await answered(given)
    assert re.fullmatch("[0-9a-f]{32}", seen)


async def test_sockets_are_named_in_the_log_only() -> None:
    seen, headers = await answered(b"abc", kind="websocket")
    assert seen == "abc"
    assert headers == [(b"x", b"y")]
