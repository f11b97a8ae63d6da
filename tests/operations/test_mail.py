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


def browser_of(server: WebServer, prefix: str) -> httpx.Client:
    return httpx.Client(base_url=server.url + prefix, follow_redirects=True, timeout=30)


@pytest.mark.faults
@pytest.mark.parametrize("prefix", ["", "/tools/coderunner"])
def test_a_forgotten_password_is_reset_by_mail(tmp_path: Path, prefix: str) -> None:
    with running_mail_server() as mail, Product(tmp_path, URL_PREFIX=prefix) as product:
        product.migrate()
        product.create_users("owner")
        server = product.serve(EMAIL_URL=mail.url, DEFAULT_FROM_EMAIL="code@school.example")
        with browser_of(server, prefix) as browser:
            page = browser.get("/accounts/password/reset/")
            assert "Check your email" in send(browser, page, email="owner@example.org").text
            letter = mail.arrived.get(timeout=30)
            assert (letter["From"], letter["To"]) == ("code@school.example", "owner@example.org")
            link = re.search(
                rf"{server.url}{prefix}/accounts/\S+/reset/key/(\S+)/", letter.get_content()
            )
            assert link
            page = browser.get(link[0])
            done = send(browser, page, password1=NEW, password2=NEW)
            assert "Your password was changed" in done.text
            page = send(browser, browser.get("/accounts/login/"), login="owner", password=NEW)
            assert str(page.url).removeprefix(server.url + prefix) == "/"
        log = next(tmp_path.glob("serve-*.log")).read_text()
        assert link[1] not in log
        assert "owner@example.org" not in log


@pytest.mark.faults
@pytest.mark.parametrize("prefix", ["", "/tools/coderunner"])
def test_an_address_is_confirmed_by_mail(tmp_path: Path, prefix: str) -> None:
    with running_mail_server() as mail, Product(tmp_path, URL_PREFIX=prefix) as product:
        product.migrate()
        server = product.serve(EMAIL_URL=mail.url, DEFAULT_FROM_EMAIL="code@school.example")
        with browser_of(server, prefix) as browser:
            page = browser.get("/accounts/signup/")
            address = "newcomer@example.org"
            new = {"username": "newcomer", "password1": NEW, "password2": NEW}
            send(browser, page, email=address, **new)
            letter = mail.arrived.get(timeout=30)
            link = re.search(r"http\S+/confirm-email/\S+", letter.get_content())
            assert link
            assert link[0].startswith(f"{server.url}{prefix}/accounts/confirm-email/")
            page = browser.get(link[0])
            assert address in page.text
            assert send(browser, page).status_code == 200
