"""A terminal's socket ends with the right to have it, within seconds."""

import re
from collections.abc import Callable

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from tests import cast
from tests.cast import SignedIn
from tests.product import WebServer
from tests.terminal.conftest import Site
from tests.terminal_client import TerminalClient, open_terminal

SIGNED_OUT_CODE = 4401
A_WHILE = "import time; time.sleep(5)"  # it goes on without its terminal


async def expelled(terminal: TerminalClient, words: str = "sign in again") -> None:
    """Told why, then closed; what is sent meanwhile comes to nothing."""
    error = await terminal.wait_for("error")
    assert (error["code"], error["reason_code"]) == ("not_allowed", "signed_out")
    assert words in error["message"]
    await terminal.socket.wait_closed()
    assert terminal.socket.close_code == SIGNED_OUT_CODE
    with pytest.raises(ConnectionClosed):
        await terminal.type("too late")


def sign_out(server: WebServer, user: SignedIn) -> None:
    headers = {"Cookie": user.cookie, "Referer": server.url}
    with httpx.Client(base_url=server.url, headers=headers, timeout=30) as browser:
        page = browser.get("/accounts/logout/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token
        cookie = f"{user.cookie}; csrftoken={browser.cookies['csrftoken']}"
        fields = {"csrfmiddlewaretoken": token[1]}
        answer = browser.post("/accounts/logout/", data=fields, headers={"Cookie": cookie})
        assert answer.headers["Location"] == "/accounts/login/"


async def test_signing_out_closes_the_browsers_terminals_and_nobody_elses(
    server: WebServer, owner: SignedIn, classmate: SignedIn
) -> None:
    async with (
        open_terminal(server, owner) as one,
        open_terminal(server, owner, headers={"Accept-Language": "de"}) as other,
        open_terminal(server, classmate) as classmates,
    ):
        await one.start(A_WHILE)
        sign_out(server, owner)
        await expelled(one)
        await expelled(other, "Du wurdest abgemeldet.")
        await classmates.settled()


@pytest.mark.parametrize(
    "change", [cast.deactivate, cast.change_password], ids=["deactivated", "password"]
)
async def test_losing_the_account_closes_its_terminals(
    site: Site, owner: SignedIn, change: Callable[[str], None]
) -> None:
    async with open_terminal(site.server, owner) as terminal:
        await terminal.settled()
        site.product.call(change, owner.username)
        await expelled(terminal)
