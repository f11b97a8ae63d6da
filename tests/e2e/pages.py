"""Pages beside the workspace, as a student's browser sees them."""

import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from tests.cast import SignedIn
from tests.services import ROOT

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
ASK = """async ([method, path, body]) => {
    const token = document.cookie.match(/csrftoken=(\\w+)/)[1];
    const json = "application/json";
    const headers = { "Content-Type": json, Accept: json, "X-CSRFToken": token };
    const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    return await answer.json();
}"""
# The rule is off by default; who speaks to the page says what stands on its buttons.
SERIOUS = """async () => {
    const rules = { "label-content-name-mismatch": { enabled: true } };
    return (await axe.run({ rules, resultTypes: ["violations"] })).violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 120))].join(" | "));
}"""
REFUSED = re.compile(
    "status of (40[34]|429)"
)  # Chromium's words for error pages that tests ask for
THEMES = ("dark", "light", "contrast")
SET_THEME = "theme => { document.documentElement.dataset.theme = theme; }"


def serious_violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it is now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return list(page.evaluate(SERIOUS))


class Pages:
    def __init__(self, context: BrowserContext, url: str, student: SignedIn | None) -> None:
        self.url = url
        if student:
            context.add_cookies(student.in_browser(url))
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._take_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str) -> None:
        self.page.goto(self.url + path)

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """JSON, from a page that has a form and so the cookie with the token."""
        return self.page.evaluate(ASK, [method, path, body])

    def serious(self) -> Iterator[str]:
        """What axe-core finds on the page, in any theme, that keeps somebody from using it."""
        self.page.emulate_media(reduced_motion="reduce")  # no colour is between two others
        for theme in THEMES:
            self.page.evaluate(SET_THEME, theme)
            for found in serious_violations(self.page):
                yield f"{self.page.url}, {theme}: {found}"

    def _take_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not REFUSED.search(message.text):
            self.complaints.append(message.text)
