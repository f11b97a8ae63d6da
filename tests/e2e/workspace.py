"""The workspace page by its hooks: what a student sees and does."""

import re
from typing import Self

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect

from runner.protocol.messages import Outcome
from tests.cast import SignedIn

# Chromium's words for what tests do on purpose: cut connections, end sessions, save from two tabs,
# do without HTTPS.
ON_PURPOSE = re.compile(
    r"WebSocket connection to|net::ERR_|status of (403|409|503)|Cross-Origin-Opener-Policy"
)

POLL = """(condition, arg, seconds) => new Promise((met, failed) => {
    const last = performance.now() + seconds * 1000;
    const look = async () => {
        if (await condition(arg)) met();
        else if (performance.now() > last) failed(new Error(`not met in ${seconds} s`));
        else setTimeout(() => look().catch(failed), 20);
    };
    look().catch(failed);
})"""


class Workspace:
    def __init__(self, page: Page) -> None:
        self.page = page
        self._run_before: str | None = None
        self.complaints: list[str] = []  # what the browser did not like, such as a broken CSP
        page.on("console", self._take_console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        for name in ("editor", "terminal", "run", "stop", "clear", "language"):
            setattr(self, name, page.get_by_test_id(name))
        self.connection = page.get_by_test_id("connection")
        self.save = page.get_by_test_id("save")
        self.title = page.get_by_test_id("snippet-title")
        self.list = page.get_by_test_id("snippet-list")
        self.state = page.get_by_test_id("run-state")

    editor: Locator
    terminal: Locator
    run: Locator
    stop: Locator
    clear: Locator
    language: Locator

    def forgive(self, status: int) -> None:
        """Requests that the test has the server refuse: Chromium complains about each."""
        words = f"the server responded with a status of {status} "
        assert any(words in said for said in self.complaints)
        self.complaints = [said for said in self.complaints if words not in said]

    @classmethod
    def open(cls, context: BrowserContext, url: str, student: SignedIn) -> Self:
        context.add_cookies(student.in_browser(url))
        workspace = cls(context.new_page())
        workspace.page.goto(url)
        workspace.wait_for_connection()
        return workspace

    def wait_for_connection(self, state: str = "connected") -> None:
        expect(self.connection).to_have_attribute("data-state", state, timeout=15_000)

    def wait_for_state(self, state: str, seconds: float = 15) -> None:
        expect(self.state).to_have_attribute("data-state", state, timeout=seconds * 1000)

    def wait_for_save(self, *states: str, seconds: float = 15) -> None:
        """Until the page says so; without a state: that all is saved."""
        wanted = re.compile(f"^({'|'.join(states or ('saved',))})$")
        expect(self.save).to_have_attribute("data-state", wanted, timeout=seconds * 1000)

    def start(self, source: str) -> None:
        """Puts a program into the editor, and runs it."""
        self.write(source)
        self._run_before = self.state.get_attribute("data-run")
        self.run.click()

    def write(self, source: str) -> None:
        self.page.evaluate("text => window.coderunner.setText(text)", source)

    def text(self) -> str:
        return str(self.page.evaluate("() => window.coderunner.getText()"))

    def shown(self) -> str:
        """All lines of the terminal."""
        return str(self.page.evaluate("() => window.coderunner.terminalText()"))

    def wait_for(self, text: str, seconds: float = 15) -> None:
        """Until the terminal shows it."""
        try:
            self.wait_until(
                "text => window.coderunner?.terminalText().includes(text)", text, seconds
            )
        except Exception as error:
            error.add_note(f"The terminal shows:\n{self.shown()}")
            raise

    def wait_until(self, condition: str, arg: object = None, seconds: float = 15) -> None:
        """Until a function of JavaScript, which may be async, says yes.

        Playwright's `wait_for_function` evaluates its text again and again, which the site's
        CSP forbids; this one evaluates it once.
        """
        self.page.evaluate(f"([arg, time]) => ({POLL})({condition}, arg, time)", [arg, seconds])

    def wait_for_everything(self) -> None:
        """Until also the editor, which comes last, is loaded."""
        expect(self.editor.locator(".view-line").first).to_be_visible(timeout=20_000)

    def wait_for_end(self, outcome: Outcome, seconds: float = 15) -> None:
        """Until the run has ended, which it must have done with this outcome.

        Just after `start` the page may still show the run before.
        """
        if self._run_before:
            expect(self.state).not_to_have_attribute("data-run", self._run_before)
        self.wait_for_state("finished", seconds)
        ended = self.state.get_attribute("data-outcome")
        assert ended == outcome, f"{ended}: {self.shown()}"

    def type(self, text: str) -> None:
        """Types into the terminal; "\n" is Enter."""
        self.terminal.click()
        self.page.keyboard.type(text)

    def press(self, keys: str) -> None:
        """Presses keys where the focus is."""
        self.page.keyboard.press(keys)

    def paste(self, text: str) -> None:
        """Pastes into the terminal, whatever the clipboard of this machine holds."""
        self.terminal.locator("textarea").evaluate(
            """(field, text) => {
                const clipboardData = new DataTransfer();
                clipboardData.setData("text/plain", text);
                field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
            }""",
            text,
        )

    def reload(self) -> None:
        self.page.reload()
        self.wait_for_connection()

    def _take_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not ON_PURPOSE.search(message.text):
            self.complaints.append(f"{message.text} ({message.location['url']})")
