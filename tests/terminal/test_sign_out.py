"""A terminal's socket ends with the right to have it, within seconds."""

import re
from collections.abc import Callable

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

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


def send(server: WebServer, user: SignedIn, path: str, **fields: str) -> str:
    """Sends the form of a page; where that leads."""
    headers = {"Cookie": user.cookie, "Referer": server.url}
    with httpx.Client(base_url=server.url, headers=headers, timeout=30) as browser:
        page = browser.get(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token
        cookie = f"{user.cookie}; csrftoken={browser.cookies['csrftoken']}"
        form = {"csrfmiddlewaretoken": token[1]} | fields
        answer = browser.post(path, data=form, headers={"Cookie": cookie})
        return answer.headers["Location"]


def sign_out(server: WebServer, user: SignedIn) -> None:
    assert send(server, user, "/accounts/logout/") == "/accounts/login/"


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


async def test_ending_another_session_closes_its_terminals_and_no_others(
    site: Site, owner: SignedIn
) -> None:
    page = "/accounts/sessions/"
    site.product.call(cast.set_password, owner.username)
    here = site.server.sign_in(owner.username)
    there = site.server.sign_in(owner.username)
    async with open_terminal(site.server, here) as kept, open_terminal(site.server, there) as ended:
        await ended.start(A_WHILE)
        assert send(site.server, here, page, end="others") == page
        await expelled(ended)
        await kept.settled()


async def test_a_password_that_somebody_else_knows_opens_no_terminal(
    site: Site, owner: SignedIn
) -> None:
    site.product.call(cast.set_password, owner.username, True)
    given = site.server.sign_in(owner.username)
    with pytest.raises(InvalidStatus):
        async with open_terminal(site.server, given):
            pass


@pytest.mark.faults
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
