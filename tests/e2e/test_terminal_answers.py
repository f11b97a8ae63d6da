"""What a terminal answers by itself reaches the program that asked, and no other."""

import pytest
from playwright.sync_api import Browser, BrowserContext

from runner.protocol.messages import Outcome
from tests.cast import SignedInUsers
from tests.e2e.pages import Pages
from tests.e2e.severable import Severable
from tests.e2e.test_two_pages import duplicate
from tests.e2e.workspace import Workspace
from tests.product import Product

ASK = """
import os, select, sys, termios, time, tty

def ask(question, seconds):
    \"\"\"What the terminal answers within that time.\"\"\"
    before = termios.tcgetattr(0)
    tty.setcbreak(0)
    os.write(1, question)
    answer = b""
    while select.select([0], [], [], seconds)[0]:
        answer += os.read(0, 1000)
        seconds = 0.3
    termios.tcsetattr(0, termios.TCSADRAIN, before)
    return answer
"""
QUESTIONS = {
    "place": b"\x1b[6n",
    "status": b"\x1b[5n",
    "private place": b"\x1b[?6n",
    "kind": b"\x1b[c",
    "other kind": b"\x1b[>c",
    "mode": b"\x1b[?25$p",
    "ANSI mode": b"\x1b[4$p",
    "setting": b"\x1bP$qm\x1b\\",
    "colour": b"\x1b]11;?\x07",
    "palette": b"\x1b]4;1;?\x07",
    "focus": b"\x1b[?1004h\x1b[?1004l",
}
ALL = b"".join(QUESTIONS.values())


def waits_for(workspace: Workspace, typed: str) -> None:
    """The program is told what its user types, and nothing else."""
    workspace.type(f"{typed}\n")
    workspace.wait_for(f"typed {typed!r}")
    workspace.wait_for_end(Outcome.COMPLETED)


PROMPT = "print('typed', repr(input('name? ')))\n"


def test_a_program_that_asks_is_answered(workspace: Workspace) -> None:
    asked = f"for question in {list(QUESTIONS.values())!r}:\n    print(len(ask(question, 5)) > 2)\n"
    workspace.start(ASK + asked)
    workspace.wait_for_end(Outcome.COMPLETED, seconds=40)
    assert "False" not in workspace.shown()


@pytest.mark.parametrize("times", [1, 2])
def test_after_a_reload_old_questions_are_not_answered_again(
    workspace: Workspace, times: int
) -> None:
    workspace.start(ASK + f"ask({ALL!r}, 3)\n" + PROMPT)
    workspace.wait_for("name? ")
    for _ in range(times):
        workspace.reload()
        workspace.wait_for("name? ")
    waits_for(workspace, "Ada")


def test_a_tab_that_was_duplicated_answers_nothing_old(
    workspace: Workspace, context: BrowserContext
) -> None:
    workspace.start(ASK + f"ask({ALL!r}, 3)\n" + PROMPT)
    workspace.wait_for("name? ")
    newer = duplicate(workspace, context)
    newer.wait_for("name? ")
    waits_for(newer, "Ada")


def test_what_was_asked_while_the_connection_was_cut_is_not_answered_late(
    workspace_on_line: Workspace, line: Severable
) -> None:
    asks = f"print('soon', flush=True)\ntime.sleep(2)\nask({ALL!r}, 0.5)\n"
    workspace_on_line.start(ASK + asks + PROMPT)
    workspace_on_line.wait_for("soon")
    line.cut()
    workspace_on_line.page.wait_for_timeout(4000)  # the program asks, and gives up
    line.mend()
    workspace_on_line.wait_for("name? ", seconds=30)
    waits_for(workspace_on_line, "Ada")


def test_a_page_that_was_paused_does_not_answer_late(workspace: Workspace) -> None:
    asks = f"print('soon', flush=True)\ntime.sleep(1)\nask({ALL!r}, 0.5)\n"
    workspace.start(ASK + asks + PROMPT)
    workspace.wait_for("soon")
    workspace.page.evaluate(
        "() => { const until = Date.now() + 4000; while (Date.now() < until); }"
    )
    workspace.wait_for("name? ")
    waits_for(workspace, "Ada")


def test_the_next_program_does_not_get_the_answers_of_the_last(workspace: Workspace) -> None:
    """It ends at once, and what it printed takes the page a while."""
    asks = f"sys.stdout.buffer.write((b'\\x1b[2J' * 100 + {ALL!r}) * 200)\n"
    workspace.start(ASK + asks)
    workspace.wait_for_state("finished")
    workspace.start(PROMPT)
    workspace.wait_for("name? ")
    waits_for(workspace, "Ada")


def test_a_flood_of_questions_leaves_the_keyboard_alone(workspace: Workspace) -> None:
    flood = f"for _ in range(20_000): sys.stdout.buffer.write({ALL!r})\n"
    workspace.start(ASK + flood + "sys.stdout.flush()\nprint('asked', flush=True)\ntime.sleep(600)")
    workspace.wait_for("asked", seconds=60)
    workspace.terminal.click()
    workspace.press("Control+c")
    workspace.wait_for_end(Outcome.FAILED)
    assert "KeyboardInterrupt" in workspace.shown()


def test_who_watches_answers_nothing(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The program asks again and again: there is one answer each time."""
    with Product(tmp_path_factory.mktemp("answers")) as product:
        product.env.pop("COVERAGE_PROCESS_CONFIG", None)
        product.migrate()
        users = SignedInUsers(product, students=1, instructors=1)
        server = product.serve()
        server.wait_until_ready()
        own, watching = browser.new_context(), browser.new_context()
        workspace = Workspace.open(own, server.url, users.student())
        workspace.start(
            ASK + "input('begin? ')\n"
            "answers = [ask(b'\\x1b[6n', 2).count(b'R') for _ in range(5)]\nprint(answers)\n"
            + PROMPT
        )
        workspace.wait_for("begin? ")
        pages = Pages(watching, server.url, users.instructor())
        pages.go("/runs/?all")
        pages.page.locator("tbody a").first.click()
        pages.page.get_by_text("begin?").wait_for()
        workspace.type("\n")
        workspace.wait_for("[1, 1, 1, 1, 1]", seconds=30)
        pages.page.get_by_text("[1, 1, 1, 1, 1]").wait_for()
        waits_for(workspace, "Ada")
        own.close()
        watching.close()
