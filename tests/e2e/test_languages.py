"""German from the first paint to the last refusal."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.e2e.workspace import Workspace
from tests.product import WebServer

SEEN = """() => {
    const words = (name) => document.querySelector(`[data-testid=${name}]`).innerText.trim();
    const label = document.getElementById("toolbar").getAttribute("aria-label");
    return [words("run"), words("stop"), words("run-state"), label, document.title];
}"""


def test_the_first_paint_is_german(
    context: BrowserContext, site: WebServer, new_student: Callable[[], str]
) -> None:
    """Also before any script has run."""
    context.set_extra_http_headers({"Accept-Language": "de"})
    workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
    context.route("**/static/assets/*.js", lambda route: route.abort())
    workspace.page.reload()
    assert workspace.page.evaluate(SEEN) == [
        "Start", "Stopp", "Bereit", "Programm", "Arbeitsplatz · Code Runner",
    ]  # fmt: skip
    html = workspace.page.content()
    for english in ("Your program talks", "Snippets list", "Search your"):
        assert english not in html


def test_a_program_that_is_too_large_to_run_says_so(
    context: BrowserContext, site: WebServer, new_student: Callable[[], str]
) -> None:
    context.set_extra_http_headers({"Accept-Language": "de"})
    workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
    expect(workspace.run).to_have_text("Start")
    workspace.start('print("' + "x" * 600_000 + '")')
    workspace.wait_for("Dein Programm ist zu groß zum Starten")
    workspace.wait_for_save("refused")
    workspace.start("print('wieder', 'klein')")
    workspace.wait_for("wieder klein")
