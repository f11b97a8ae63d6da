"""A program that waits for an answer says so; the end of a run is said once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from runner.protocol.messages import Outcome
from tests.e2e.pages import serious_violations
from tests.e2e.workspace import Workspace
from tests.product import WebServer

QUESTIONS = 'name = input("Name? ")\nprint("Hello", name)\ninput("Age? ")\n'


def test_a_question_is_shown_as_one(workspace: Workspace) -> None:
    status = workspace.page.locator("#status")
    workspace.start(QUESTIONS)
    expect(status).to_have_text("Your program waits for your answer.")
    expect(workspace.state).to_have_text("Waiting")
    expect(workspace.state).to_have_attribute("data-waiting", "true")
    expect(workspace.state).to_have_attribute("data-state", "running")
    cursor = workspace.terminal.locator(".xterm-cursor")
    expect(cursor).to_have_css("animation-name", "none")  # it does not blink
    workspace.type("Ada\n")
    workspace.wait_for("Age?")
    expect(status).to_have_text("Your program waits for your answer.")
    assert serious_violations(workspace.page) == []
    workspace.type("\n")
    workspace.wait_for_end(Outcome.COMPLETED)
    expect(status).to_have_text("")
    expect(workspace.state).to_have_attribute("data-waiting", "false")


def test_a_program_that_works_is_not_said_to_wait(workspace: Workspace) -> None:
    workspace.start("input('Go? ')\nprint('working')\nimport time; time.sleep(60)")
    expect(workspace.state).to_have_text("Waiting")
    workspace.type("\n")
    workspace.wait_for("working")
    expect(workspace.state).to_have_text("Running")
    expect(workspace.page.locator("#status")).to_have_text("")
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)


def test_after_a_reload_it_still_waits(workspace: Workspace) -> None:
    workspace.start(QUESTIONS)
    expect(workspace.state).to_have_text("Waiting")
    workspace.page.reload()
    workspace.wait_for("Name?")
    expect(workspace.page.locator("#status")).to_have_text("Your program waits for your answer.")
    workspace.type("Ada\n")
    workspace.wait_for("Hello Ada")


def test_screen_readers_are_told_once_not_at_each_question(workspace: Workspace) -> None:
    workspace.page.evaluate("""() => {
        window.heard = [];
        const announcer = document.getElementById("announcer");
        new MutationObserver(() => window.heard.push(announcer.textContent))
            .observe(announcer, { childList: true, characterData: true, subtree: true });
    }""")
    workspace.start('import time\nfor n in range(3):\n    input(f"{n}? ")\n    time.sleep(1)\n')
    for number in range(3):
        workspace.wait_for(f"{number}?")
        expect(workspace.state).to_have_text("Waiting")
        workspace.type("\n")
        expect(workspace.state).not_to_have_text("Waiting")
    workspace.wait_for_end(Outcome.COMPLETED)
    heard = workspace.page.evaluate("() => window.heard")
    assert heard.count("Your program waits for your answer.") == 1
    assert heard[-1] == "Your program finished."


def test_it_is_said_in_german(
    context: BrowserContext, site: WebServer, new_student_name: str
) -> None:
    context.set_extra_http_headers({"Accept-Language": "de"})
    workspace = Workspace.open(context, site.url, site.sign_in(new_student_name))
    workspace.start(QUESTIONS)
    status = workspace.page.locator("#status")
    expect(status).to_have_text("Dein Programm wartet auf deine Antwort.")
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)
    assert workspace.complaints == []


@pytest.mark.parametrize(
    ("source", "outcome", "word", "note"),
    [
        ("print('a')", Outcome.COMPLETED, "Finished", "finished in"),
        ("1 / 0", Outcome.FAILED, "Error", "Your program ended with an error ·"),
        ("exit(3)", Outcome.FAILED, "Error", "Your program ended with an error ·"),
    ],
)
def test_the_end_of_a_run_is_said_once(
    workspace: Workspace, source: str, outcome: Outcome, word: str, note: str
) -> None:
    workspace.start(source)
    workspace.wait_for_end(outcome)
    workspace.wait_for(note)
    expect(workspace.state).to_have_text(word)
    line = workspace.page.locator(".status-line").inner_text()
    hints = ["F6", "next", "area", "F1", "commands"]
    assert line.split() == [
        *(["Show", "the", "error"] if source == "1 / 0" else []),
        *hints,
    ]
    assert "exit code" not in workspace.page.inner_text("body")


@pytest.mark.parametrize("width", [320, 412, 820, 1440])
def test_a_closing_note_has_no_line_of_dashes(
    browser: Browser, site: WebServer, new_student: Callable[[], str], width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, has_touch=width < 500, is_mobile=width < 500
    )
    context.set_default_timeout(15_000)
    workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
    workspace.write("1 / 0")
    workspace.run.click()
    workspace.wait_for("ended with")
    rows = workspace.shown().splitlines()
    assert not any(row.strip() and set(row.strip()) == {"─"} for row in rows), rows
    context.close()


def test_on_a_phone_the_keyboard_opens_for_a_question(
    browser: Browser, site: WebServer, new_student: Callable[[], str]
) -> None:
    """As far as a page may: the field that it opens for has the focus."""
    context = browser.new_context(
        viewport={"width": 412, "height": 915}, has_touch=True, is_mobile=True
    )
    context.set_default_timeout(15_000)
    workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
    page = workspace.page
    workspace.write("import time\nprint('soon')\ntime.sleep(1)\ninput('Name? ')")
    workspace.run.tap()
    workspace.wait_for("soon")
    page.evaluate("() => document.activeElement.blur()")
    workspace.wait_for("Name?")
    expect(workspace.terminal.locator("textarea")).to_be_focused()
    context.close()
