"""Output of strangers: no sequence of bytes keeps a page from answering keys and clicks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from runner.protocol.messages import Outcome
from tests.e2e.longest_task import LONGEST_MS, WATCH, longest, watch
from tests.e2e.workspace import Workspace
from tests.product import WebServer
from tests.programs import terminal_bombs
from tests.programs.terminal_bombs import BOMBS

pytestmark = pytest.mark.alone

# On a busy machine harmless output takes long, too: as much of it as of a bomb.
HARMLESS = "\x1b[1;32mgreen\x1b[0m and \x1b[3mslanted\x1b[0m text of a program\r\n" * 5000
# Those that once took longest, of each kind; all of them are tried by `make test-browsers`.
WORST = (
    "CSI 2147483647 S", "CSI 2147483647 b", "many colours", "a long link", "one cell",
    "as many signs as there are", "erased to the last cell", "CSI 2 J", "RIS", "blinking",
    "lines", "inserting", "one link on many lines", "colours", "every cell in a colour", "marks",
    "questions", "wrong sequences",
)  # fmt: skip
# Prints the bombs of those names, one whenever Enter is pressed, and says that each is over.
PRINT = """
import sys
BOMBS["harmless"] = HARMLESS
for number, name in enumerate(NAMES):
    input()
    sys.stdout.write(BOMBS[name])
    sys.stdout.write("\\x18\\x1b\\\\\\x1bc[%d is over]\\r\\n" % number)
    sys.stdout.flush()
"""


def program(*names: str) -> str:
    source = Path(terminal_bombs.__file__).read_text()
    return f"{source}\nHARMLESS = {HARMLESS[:57]!r} * 5000\nNAMES = {names!r}\n{PRINT}"


def too_long(workspace: Workspace, names: tuple[str, ...]) -> dict[str, float]:
    """The bombs whose longest task took too long, in milliseconds; each is shown to its end."""
    workspace.wait_for_everything()
    workspace.start(program("harmless", *names))
    workspace.wait_for_state("running")
    watch(workspace.page)
    workspace.terminal.click()
    found = {}
    for number, name in enumerate(("harmless", *names)):
        longest(workspace.page)
        workspace.press("Enter")
        workspace.wait_for(f"[{number} is over]", seconds=60)
        found[name] = longest(workspace.page)
    workspace.wait_for_end(Outcome.COMPLETED)
    most = max(LONGEST_MS, 2 * found.pop("harmless"))
    return {name: time for name, time in found.items() if time > most}


@pytest.mark.timeout(240)
def test_the_worst_do_not_stop_the_terminal(workspace: Workspace) -> None:
    assert too_long(workspace, WORST) == {}


@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(4))
def test_nothing_stops_the_terminal(workspace: Workspace, part: int) -> None:
    assert too_long(workspace, tuple(BOMBS)[part::4]) == {}


@pytest.mark.timeout(240)
def test_a_bomb_is_stopped_and_leaves_the_next_program_alone(workspace: Workspace) -> None:
    """What was printed takes a minute to parse, and nobody waits for that."""
    workspace.start('import sys\nwhile True:\n    sys.stdout.write("\\x1bc" * 10000)\n')
    workspace.wait_for_state("running")
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED, seconds=30)
    workspace.start('print("the next one")')
    workspace.wait_for("the next one", seconds=30)
    workspace.wait_for_end(Outcome.COMPLETED)


@pytest.mark.timeout(240)
def test_after_a_reload_the_page_answers_while_it_shows_them_again(workspace: Workspace) -> None:
    workspace.wait_for_everything()
    names = ("CSI 2147483647 S", "marks", "CSI 2 J", "RIS")
    workspace.start(program(*names) + "input()")
    workspace.wait_for_state("running")
    workspace.terminal.click()
    for number in range(len(names)):
        workspace.press("Enter")
        workspace.wait_for(f"[{number} is over]", seconds=60)
    workspace.reload()
    workspace.wait_for_everything()  # which takes long, and not because of the output
    watch(workspace.page)
    workspace.wait_for(f"[{len(names) - 1} is over]", seconds=60)
    assert longest(workspace.page) < 2 * LONGEST_MS
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)


# --- The page of a run that has ended ------------------------------------------------------------
RECORDED = {
    "scrolling": "\x1b[65535S",
    "repeating": "x\x1b[65535b",
    "resetting": "\x1bc",
    "other screens": "\x1b[?1049h\x1b[?1049l",
    "lines": "\n",
    "marks": "e" + "\u0301" * 40,
    "one line": "x",
}
RECORDED_BYTES = 300_000  # the page parses all of it before the run ends


@pytest.fixture
def run_page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.add_init_script(f"({WATCH})()")
    yield page
    assert problems == []


def longest_of_run(workspace: Workspace, page: Page, site: WebServer, unit: str) -> float:
    """Of the page of a run that printed `unit` again and again: opened, replayed, moved about."""
    times = RECORDED_BYTES // len(unit.encode())
    workspace.page.goto(site.url)
    workspace.wait_for_connection()
    workspace.start(f"print('begin')\nprint({unit!r} * {times})\nprint('\\x1bc' + 'the' + ' end')")
    workspace.wait_for_end(Outcome.COMPLETED, seconds=60)
    workspace.page.goto("about:blank")  # else it would go on parsing
    page.goto(f"{site.url}/runs/")
    page.goto(f"{site.url}{page.locator('table a').first.get_attribute('href')}")
    expect(page.get_by_test_id("transcript")).to_contain_text("begin")
    page.get_by_test_id("replay").click()
    terminal = page.get_by_test_id("replay-screen").locator(".xterm-rows")
    expect(terminal).to_contain_text("the end", timeout=60_000)
    for key in ("0", "9", "0"):
        page.keyboard.press(key)
    return longest(page)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("name", RECORDED)
def test_neither_its_text_nor_its_replay_stops_the_page(
    workspace: Workspace, run_page: Page, site: WebServer, name: str
) -> None:
    quiet = longest_of_run(workspace, run_page, site, "text of a program\r\n")
    assert longest_of_run(workspace, run_page, site, RECORDED[name]) < max(LONGEST_MS, 2 * quiet)
