"""Places that output names lead to the code, and the error that ended a run is marked there."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, expect

from runner.languages import LANGUAGES, missing
from runner.protocol.messages import Outcome
from tests.e2e import surfaces
from tests.e2e.workspace import Workspace
from tests.product import WebServer

FAILING = "def f():\n    return 1 / 0\n\n\nprint('before')\nf()\n"
FIND_LINK = """(terminal, text) => {
    const rows = [...terminal.querySelectorAll(".xterm-rows > div")];
    const row = rows.find((one) => one.textContent.includes(text));
    const range = document.createRange();
    const words = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
        const at = words.currentNode.data.indexOf(text);
        if (at < 0) continue;
        range.setStart(words.currentNode, at);
        range.setEnd(words.currentNode, at + text.length);
        const { left, top, width, height } = range.getBoundingClientRect();
        return [left + width / 2, top + height / 2];
    }
}"""
# As compilers and interpreters write them, printed by a program of Python.
MADE_UP = [
    "main.py:2:5: error: expected ';' before 'return'",
    "\tat Main.main(main.py:2)",
    "main.py(2,5): error CS1002: ; expected",
    "boom at main.py line 2.",
    "PHP Fatal error: boom in /home/student/main.py on line 2",
    " --> main.py:2:5",
    "main.py: line 2: x: command not found",
]


def press_on(workspace: Workspace, text: str) -> None:
    x, y = workspace.terminal.evaluate(FIND_LINK, text)
    workspace.page.mouse.move(x, y)
    workspace.page.mouse.move(x + 1, y)
    workspace.page.mouse.down()
    workspace.page.mouse.up()


def mark(workspace: Workspace) -> Locator:
    return workspace.editor.locator(".error-message")


@pytest.fixture
def ready(workspace: Workspace) -> Workspace:
    workspace.wait_for_everything()
    return workspace


def test_the_error_is_marked_until_the_next_edit(ready: Workspace) -> None:
    ready.start(FAILING)
    ready.wait_for_end(Outcome.FAILED)
    expect(mark(ready)).to_contain_text("ZeroDivisionError: division by zero")
    announced = ready.page.locator("#error-announcer")
    words = (
        "Error in main.py, line 2: ZeroDivisionError: division by zero. The program divides by 0"
    )
    expect(announced).to_contain_text(words)
    expect(ready.editor.locator(".error-sign").first).to_be_visible()
    ready.press("F8")
    ready.page.keyboard.type("#")
    assert ready.text().split("\n")[1].startswith("#")
    expect(mark(ready)).to_have_count(0)
    expect(ready.page.locator("#go-to-error")).to_be_hidden()


def test_the_next_run_takes_the_mark_away(ready: Workspace) -> None:
    ready.start(FAILING)
    expect(mark(ready)).to_be_visible()
    surfaces.by_command(ready, "run")
    expect(mark(ready)).to_be_visible()
    ready.start("input('on ')")
    ready.wait_for("on ")
    expect(mark(ready)).to_have_count(0)


def test_a_program_that_succeeds_has_no_mark(ready: Workspace) -> None:
    ready.start("print('  File \"/home/student/main.py\", line 1')\n")
    ready.wait_for_end(Outcome.COMPLETED)
    ready.wait_for("finished")
    expect(ready.page.locator("#go-to-error")).to_be_hidden()
    expect(mark(ready)).to_have_count(0)


@pytest.mark.parametrize("printed", MADE_UP)
def test_a_place_is_a_link(ready: Workspace, printed: str) -> None:
    ready.start(f"# one\n# two\nprint({printed!r})\n")
    ready.wait_for_end(Outcome.COMPLETED)
    press_on(ready, "main.py")
    expect(ready.editor.locator(":focus")).to_have_count(1)
    ready.page.keyboard.type("x")
    assert "x" in ready.text().split("\n")[1]
    assert ready.page.url.startswith("http://127.0.0.1")


def test_a_place_in_another_file_opens_it(ready: Workspace) -> None:
    helper: FilePayload = {
        "name": "helper.py", "mimeType": "text/x-python", "buffer": b"\n\nmore = 1\n",
    }  # fmt: skip
    ready.page.locator("#upload").set_input_files(helper)
    ready.page.get_by_role("tab", name="main.py").click()
    ready.start("print('see helper.py:3 and other.py:1 and /etc/passwd:1')\n")
    ready.wait_for_end(Outcome.COMPLETED)
    press_on(ready, "helper.py")
    selected = ready.page.locator('#tabs [aria-selected="true"]')
    expect(selected).to_contain_text("helper.py")
    press_on(ready, "other.py")
    press_on(ready, "/etc/passwd")
    expect(selected).to_contain_text("helper.py")
    assert len(ready.page.context.pages) == 1


def test_links_are_there_after_a_reload(ready: Workspace) -> None:
    ready.start("# one\nprint('main.py:1')\ninput()\n")
    ready.wait_for("main.py:1")
    ready.wait_for_save()
    ready.reload()
    ready.wait_for("main.py:1")
    ready.wait_for_everything()
    press_on(ready, "main.py")
    expect(ready.editor.locator(":focus")).to_have_count(1)


@pytest.fixture
def phone(browser: Browser, site: WebServer, new_student: Callable[[], str]) -> Iterator[Workspace]:
    context = browser.new_context(
        viewport={"width": 412, "height": 915}, has_touch=True, is_mobile=True
    )
    context.set_default_timeout(15_000)
    workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
    expect(workspace.editor.locator(".cm-line").first).to_be_visible(timeout=20_000)
    yield workspace
    assert workspace.complaints == []
    context.close()


def test_a_finger_taps_on_a_link(phone: Workspace) -> None:
    phone.start(FAILING)
    phone.wait_for_end(Outcome.FAILED)
    phone.page.touchscreen.tap(*phone.terminal.evaluate(FIND_LINK, "main.py"))
    expect(phone.editor).to_be_visible()
    expect(mark(phone)).to_contain_text("ZeroDivisionError")


def test_a_phone_has_a_button_for_the_error(phone: Workspace) -> None:
    phone.start(FAILING)
    phone.wait_for_end(Outcome.FAILED)
    phone.page.locator("#go-to-error").tap()
    expect(phone.editor).to_be_visible()
    expect(mark(phone)).to_be_visible()


JAVA = LANGUAGES["java"]
HELLO = """public class Hello {
    public static void main(String[] words) {
        System.out.println("wombat");
    }
}
"""


@pytest.mark.skipif(bool(missing(JAVA)), reason="Java is not installed: make languages ARGS=java")
def test_a_file_whose_class_has_another_name_is_renamed(ready: Workspace) -> None:
    """Books call their classes as they like."""
    ready.language.select_option("java")
    ready.start(HELLO)
    ready.wait_for_end(Outcome.COMPILE_ERROR, 60)
    ready.page.get_by_role("button", name="Rename to Hello.java").click()
    expect(ready.page.get_by_role("tab")).to_have_text(["Hello.java"])
    ready.run.click()
    ready.wait_for("wombat", 60)
