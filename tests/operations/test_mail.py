"""A forgotten password is reset by a link that a running site mails, and that no log holds."""

import re
from pathlib import Path

import httpx
import pytest

from tests.mail_server import running_mail_server
from tests.product import Product, WebServer

NEW = "another fine password"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def send(browser: httpx.Client, page: httpx.Response, **fields: str) -> httpx.Response:
    token = TOKEN.search(page.text)
    assert token
    return browser.post(str(page.url), data={"csrfmiddlewaretoken": token[1]} | fields)


def browser_of(server: WebServer) -> httpx.Client:
    return httpx.Client(base_url=server.url, follow_redirects=True, timeout=30)


@pytest.mark.faults
def test_a_forgotten_password_is_reset_by_mail(tmp_path: Path) -> None:
    with running_mail_server() as mail, Product(tmp_path) as product:
        product.migrate()
        product.create_users("owner")
        server = product.serve(EMAIL_URL=mail.url, DEFAULT_FROM_EMAIL="code@school.example")
        with browser_of(server) as browser:
            page = browser.get("/accounts/password/reset/")
            assert "Check your email" in send(browser, page, email="owner@example.org").text
            letter = mail.arrived.get(timeout=30)
            assert (letter["From"], letter["To"]) == ("code@school.example", "owner@example.org")
            link = re.search(rf"{server.url}/\S+/reset/key/(\S+)/", letter.get_content())
            assert link
            page = browser.get(link[0])
            done = send(browser, page, password1=NEW, password2=NEW)
            assert "Your password was changed" in done.text
        assert server.sign_in("owner", NEW)
        log = next(tmp_path.glob("serve-*.log")).read_text()
        assert link[1] not in log
        assert "owner@example.org" not in log
