"""Who may open a terminal, and from which pages: anything else is HTTP 403."""

import re
from contextlib import AsyncExitStack
from http import HTTPStatus

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from runner.limits import Limits
from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal.conftest import ELSEWHERE, Site
from tests.terminal_client import open_terminal

NOBODY = SignedIn("nobody", "sessionid=0123456789abcdefghijklmnopqrstuv")


async def refusal(
    server: WebServer, user: SignedIn | None, origin: str | None, path: str, **headers: str
) -> int:
    """The HTTP status of a handshake that must fail."""
    cookies = {"Cookie": user.cookie} if user else {}
    with pytest.raises(InvalidStatus) as refused:
        async with connect(
            f"ws://127.0.0.1:{server.port}{path}",
            origin=Origin(origin) if origin else None,
            additional_headers=cookies | headers,
            proxy=None,
        ):
            pass
    return refused.value.response.status_code


async def test_a_terminal_says_whose_it_is_and_what_it_speaks(
    server: WebServer, owner: SignedIn
) -> None:
    headers = {"Cookie": owner.cookie}
    url, origin = server.websocket_url, Origin(server.url)
    async with connect(url, origin=origin, additional_headers=headers, proxy=None) as socket:
        assert (
            await socket.recv() == f'{{"type":"connected","protocol":1,"user":"{owner.username}"}}'
        )


async def test_a_page_of_a_listed_site_may_open_terminals(
    server: WebServer, owner: SignedIn
) -> None:
    async with open_terminal(server, owner, origin=ELSEWHERE) as terminal:
        await terminal.settled()


async def test_behind_a_tls_proxy_the_page_must_be_tls_too(
    server: WebServer, owner: SignedIn
) -> None:
    proxied = {"X-Forwarded-Proto": "https"}
    path, origin = "/ws/terminal/", f"https://127.0.0.1:{server.port}"
    async with connect(
        server.websocket_url,
        origin=Origin(origin),
        additional_headers={"Cookie": owner.cookie} | proxied,
        proxy=None,
    ) as socket:
        assert "connected" in str(await socket.recv())
    assert await refusal(server, owner, server.url, path, **proxied) == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("user", [None, NOBODY], ids=["without a cookie", "with a wrong cookie"])
async def test_who_is_not_signed_in_is_refused(server: WebServer, user: SignedIn | None) -> None:
    assert await refusal(server, user, server.url, "/ws/terminal/") == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    "origin",
    [None, "null", "https://evil.example", "http://127.0.0.1", "http://localhost:{port}",
     "https://127.0.0.1:{port}", "http://127.0.0.1.evil.example:{port}",
     ELSEWHERE + ".evil.example", "http://lms.example.org"],
)  # fmt: skip
async def test_any_other_page_is_refused(
    server: WebServer, owner: SignedIn, origin: str | None
) -> None:
    own = origin.format(port=server.port) if origin else None
    assert await refusal(server, owner, own, "/ws/terminal/") == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    "path", ["/", "/ws/", "/ws/terminal", "/ws/terminal/x", "/WS/terminal/", "/accounts/login/"]
)
async def test_any_other_path_is_refused(server: WebServer, owner: SignedIn, path: str) -> None:
    assert await refusal(server, owner, server.url, path) == HTTPStatus.FORBIDDEN


async def test_the_path_of_terminals_is_no_page(server: WebServer, owner: SignedIn) -> None:
    async with httpx.AsyncClient(headers={"Cookie": owner.cookie}) as browser:
        answer = await browser.get(server.url + "/ws/terminal/")
    assert answer.status_code == HTTPStatus.NOT_FOUND


async def test_signing_out_ends_what_the_cookie_was_good_for(
    server: WebServer, owner: SignedIn
) -> None:
    async with httpx.AsyncClient(headers={"Cookie": owner.cookie}, base_url=server.url) as browser:
        page = await browser.get("/accounts/logout/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token, page.text
        cookie = f"{owner.cookie}; csrftoken={browser.cookies['csrftoken']}"
        form = {"csrfmiddlewaretoken": token[1]}
        headers = {"Cookie": cookie, "Referer": server.url}
        await browser.post("/accounts/logout/", data=form, headers=headers)
    assert await refusal(server, owner, server.url, "/ws/terminal/") == HTTPStatus.FORBIDDEN


async def test_a_user_has_so_many_terminals_at_once(
    site: Site, owner: SignedIn, classmate: SignedIn
) -> None:
    server, many = site.server, Limits().sockets_per_user
    async with AsyncExitStack() as opened:
        for _ in range(many):
            await opened.enter_async_context(open_terminal(server, owner))
        assert await refusal(server, owner, server.url, "/ws/terminal/") == HTTPStatus.FORBIDDEN
        async with open_terminal(server, classmate) as other:
            await other.settled()
    async with open_terminal(server, owner) as again:
        await again.settled()
