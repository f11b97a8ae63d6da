"""Through a real server: no client can say that the site lies below another address."""

import httpx
import pytest

from tests.product import Product
from tests.terminal_client import open_terminal

HEADER = "Daphne-Root-Path"


@pytest.mark.faults
async def test_a_client_cannot_move_the_site(small_product: Product) -> None:
    small_product.create_users("owner")
    server = small_product.serve()
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as browser:
        # Links of pages and mails would begin with it.
        answer = await browser.get("/", headers={HEADER: "https://elsewhere.example"})
        assert answer.headers["Location"] == "/accounts/login/?next=/"
        # Rules for paths would take a page for a file.
        answer = await browser.get("/static/accounts/login/", headers={HEADER: "/static"})
        assert answer.status_code == 404
    async with open_terminal(server, server.sign_in("owner"), headers={HEADER: "/elsewhere"}):
        pass
