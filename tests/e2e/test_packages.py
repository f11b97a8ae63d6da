"""The page that lists what programs may import, from the menu of the workspace on."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests import cast
from tests.e2e.pages import Pages
from tests.e2e.workspace import Workspace
from tests.installed import small_installation
from tests.product import Product, WebServer

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    """One with packages of the test's own, whatever this machine has."""
    with small_installation(), Product(tmp_path_factory.mktemp("packages")) as product:
        product.migrate()
        product.create_users("student")
        server = product.serve(PYTHON_PACKAGES_FOLDER=os.environ["PYTHON_PACKAGES_FOLDER"])
        server.wait_until_ready()
        server.sessions = product.call(cast.sign_in, ["student"])
        yield server


def test_the_menu_leads_to_the_packages_that_programs_import(
    context: BrowserContext, site: WebServer
) -> None:
    workspace = Workspace.open(context, site.url, site.sign_in("student"))
    workspace.start("import small; print(small.VALUE)")
    workspace.wait_for("42")
    page = workspace.page
    page.locator("details.menu summary").click()
    page.get_by_role("link", name="Packages").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Packages")
    expect(page.get_by_test_id("packages").first).to_contain_text("Python 3.")
    expect(page.get_by_role("row", name="Small.Package")).to_contain_text("1.2")


def test_it_can_be_used_in_every_theme_and_on_a_phone(
    context: BrowserContext, site: WebServer
) -> None:
    pages = Pages(context, site.url, site.sign_in("student"))
    pages.go("/packages/")
    assert list(pages.serious()) == []
    pages.page.set_viewport_size({"width": 360, "height": 740})
    assert list(pages.serious()) == []
    assert pages.page.evaluate(OVERFLOW) <= 0
    assert pages.complaints == []
