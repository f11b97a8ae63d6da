"""Pages beside the workspace, as a student's browser sees them."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from tests.product import SignedIn
from tests.services import ROOT

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
ASK = """async ([method, path, body]) => {
    const token = document.cookie.match(/csrftoken=(\\w+)/)[1];
    const json = "application/json";
    const headers = { "Content-Type": json, Accept: json, "X-CSRFToken": token };
    const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    return await answer.json();
}"""
SERIOUS = """async () => (await axe.run()).violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`)"""


def serious_violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it is now."""
    page.evaluate(AXE)
    return list(page.evaluate(SERIOUS))


class Pages:
    def __init__(self, context: BrowserContext, url: str, student: SignedIn | None) -> None:
        self.url = url
        if student:
            name, _, value = student.cookie.partition("=")
            context.add_cookies([{"name": name, "value": value, "url": url}])
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
        """What axe-core finds on the page that keeps somebody from using it."""
        for found in serious_violations(self.page):
            yield f"{self.page.url}: {found}"

    def _take_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "404" not in message.text:
            self.complaints.append(message.text)
