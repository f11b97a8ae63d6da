"""What a site does not allow: said beside the line, and refused when a run is asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import cast
from tests.e2e import surfaces
from tests.e2e.problem_scenarios import LOADS
from tests.e2e.workspace import Workspace
from tests.product import Product


@pytest.fixture
def strict_site(tmp_path: Path, browser: Browser) -> Iterator[Workspace]:
    with Product(tmp_path) as product:
        product.migrate()
        product.create_users("student")
        server = product.serve(FORBIDDEN_MODULES="socket", FORBIDDEN_CALLS="eval")
        server.wait_until_ready()
        server.sessions = product.call(cast.sign_in, ["student"])
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        workspace = Workspace.open(context, server.url, server.sign_in("student"))
        workspace.wait_for_everything()
        yield workspace
        context.close()


def test_a_forbidden_module_is_advised_against_and_refused(strict_site: Workspace) -> None:
    page = strict_site.page
    strict_site.write("import socket\nprint(socket)\n")
    surfaces.by_command(strict_site, "problems")
    option = surfaces.dialog(strict_site).get_by_role("option")
    expect(option).to_contain_text("This site does not allow “socket”.", timeout=LOADS)
    page.keyboard.press("Escape")
    strict_site.run.click()
    strict_site.wait_for("does not allow the module")
    strict_site.wait_for_state("idle")
    strict_site.start("print(2 + 2)\n")
    strict_site.wait_for("4")
