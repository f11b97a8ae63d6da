"""Through a real server: limits for each address count the client behind the site's proxies."""

import re

import httpx
import pytest

from tests.product import Product, WebServer

# Sign-ups are limited by the address alone: 100 a minute.
TOO_MANY = 100


def sign_up(browser: httpx.Client, chain: str) -> int:
    page = browser.get("/accounts/signup/", headers={"X-Forwarded-For": chain})
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    if token is None:
        return page.status_code
    fields = {"csrfmiddlewaretoken": token[1], "username": "-"}  # refused, and counted
    return browser.post(
        "/accounts/signup/", data=fields, headers={"X-Forwarded-For": chain}
    ).status_code


@pytest.fixture
def behind_two(small_product: Product) -> WebServer:
    return small_product.serve(TRUSTED_PROXIES="2")


def test_a_forged_address_changes_nothing_and_another_client_is_not_refused(
    behind_two: WebServer,
) -> None:
    with httpx.Client(base_url=behind_two.url, timeout=30) as browser:
        statuses = [
            sign_up(browser, f"203.0.113.{number}, 192.0.2.1, 10.0.0.8")
            for number in range(TOO_MANY + 1)
        ]
        assert statuses[-1] == 429, statuses
        assert sign_up(browser, "203.0.113.1, 192.0.2.2, 10.0.0.8") == 200
