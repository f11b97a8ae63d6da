"""The same through a real server, where the address of a client is that of its connection."""

import re

import httpx
import pytest

from tests.cast import PASSWORD
from tests.product import Product


def try_password(url: str, password: str, forged_address: str) -> str:
    with httpx.Client(base_url=url, headers={"X-Forwarded-For": forged_address}) as browser:
        page = browser.get("/accounts/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token
        fields = {"csrfmiddlewaretoken": token[1], "login": "owner", "password": password}
        return browser.post("/accounts/login/", data=fields).text


@pytest.mark.faults
def test_guessing_is_slow_whatever_address_the_client_claims(small_product: Product) -> None:
    small_product.create_users("owner")
    url = small_product.serve().url
    for number in range(5):
        page = try_password(url, "wrong", f"10.0.0.{number}")
        assert "Wrong username or password." in page
    assert "Please wait five minutes" in try_password(url, PASSWORD, "10.0.0.9")
