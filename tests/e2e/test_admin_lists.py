"""Lists of the administration fit beside their filters: nothing is cut at the side."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import cast
from tests.cast import SignedIn
from tests.product import Product, WebServer

CUT = """() => {
    const list = document.querySelector(".results");
    return list.scrollWidth - list.clientWidth;
}"""


def make_entries() -> str:
    """Of the longest kind; the cookies of who may read them."""
    from django.utils import timezone

    from accounts.models import AuditEntry, User

    chief = User.objects.create_superuser("chief", "chief@example.org", cast.PASSWORD)
    now = timezone.now()
    for number in range(3):
        AuditEntry.objects.create(
            at=now, last_at=now, count=100, action="downloaded_data", actor=chief, key=str(number),
            actor_name="a-rather-long-name", subject_name="annika.mustermann-example",
            target="6f9d1c1e-8c1f-4a52-9a4e-0d7f0f6b2b11", network="2001:db8:1234:5678::/64",
            detail="is_active, is_staff, must_change_password",
        )  # fmt: skip
    return cast.cookies_of(chief)


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with Product(Path(tmp_path_factory.mktemp("lists"))) as product:
        product.migrate()
        yield product


@pytest.fixture(scope="module")
def server(product: Product) -> WebServer:
    return product.serve()


@pytest.fixture(scope="module")
def chief(product: Product) -> SignedIn:
    return SignedIn("chief", product.call(make_entries))


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_audit_trail_is_whole(
    browser: Browser, server: WebServer, chief: SignedIn, language: str
) -> None:
    with browser.new_context(locale=language) as context:
        context.add_cookies(chief.in_browser(server.url))
        page = context.new_page()
        for width in (1920, 1601, 1600, 1366, 1200, 1025):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{server.url}/admin/accounts/auditentry/")
            expect(page.locator("#result_list tbody tr")).to_have_count(3)
            assert page.evaluate(CUT) <= 0, width
