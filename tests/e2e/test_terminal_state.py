"""Output that is shown again leaves the terminal as it was, and does nothing else."""

import json

import pytest

from runner.protocol.messages import Outcome
from tests.e2e.test_terminal_answers import ASK
from tests.e2e.workspace import Workspace

MODES = (1, 5, 6, 7, 12, 25, 45, 66, 1000, 1002, 1003, 1004, 1006, 1047, 1049, 2004, 2026)
# The program tells the terminal's state by its own answers, before and after a key is pressed.
TELL = (
    ASK
    + f"""
def state():
    settings = [b"\\x1bP$q" + name + b"\\x1b\\\\" for name in (b"m", b"r", b" q")]
    colours = [b"\\x1b]" + name + b";?\\x07" for name in (b"4;1", b"10", b"11")]
    modes = [b"\\x1b[%d$p" % mode for mode in (4, 20)]
    modes += [b"\\x1b[?%d$p" % mode for mode in {MODES!r}]
    questions = [b"\\x1b[6n", *settings, *colours, *modes]
    return [answer(question) for question in questions]

def answer(question):
    # A page on a busy machine answers late, and then not at all.
    for _ in range(5):
        if answered := ask(question, 3): return answered.decode()

def key():
    before = termios.tcgetattr(0)
    tty.setcbreak(0)
    got = os.read(0, 100)
    termios.tcsetattr(0, termios.TCSADRAIN, before)
    return got

ask(SAID, 1)
first = state()
os.write(1, b"\\x1b]2;asked\\x07")
got = key()
second = state()
os.write(1, b"\\x1bc\\x1b[?1049l")
print("key", got, "same", first == second)
for one, other in zip(first, second):
    if one != other: print("before", ascii(one), "after", ascii(other))
print("told")
"""
)
SAID = {
    "plain text": "one\r\ntwo",
    "modes": "\x1b[?1h\x1b=\x1b[?7l\x1b[4h\x1b[?2004htext",
    "the other screen": "before\x1b[?1049h\x1b[2J\x1b[5;7Hhere",
    "the mouse": "\x1b[?1002;1006hclick",
    "a hidden cursor": "\x1b[?25lhidden",
    "margins": "\x1b[3;9r\x1b[?6h\x1b[2;2Hin",
    "line drawing": "\x1b(0lqqk\x1b[4;3H",
    "colours": "\x1b]4;1;#123456\x07\x1b]10;#abcdef\x07\x1b]11;#000011\x07\x1b[1;31mred",
    "a cursor of another shape": "\x1b[6 qbar",
    "a bell and a title": "\x07\x1b]0;a title\x07\x1b]2;another\x07rings",
    "a question in between": "a\x1b[6nb\x1b[ic\x1b[8;10;20td",
    "wide characters": "时间\U0001f468\u200d\U0001f469\b \b\x1b[3C|",
    "an unfinished sequence": "text\x1b[31",
    "a saved cursor": "\x1b[4;4H\x1b7\x1b[1;1Hx\x1b8",
    "a lot": "line\r\n" * 30_000 + "\x1b[?1h\x1b[?2004hend",
}  # fmt: skip
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# What a page must not do because of output that is shown again.
WATCH = """
window.happened = [];
for (const name of ["AudioContext", "webkitAudioContext", "Audio"]) {
    window[name] = class { constructor() { window.happened.push(name); throw new Error(name); } };
}
window.open = () => { window.happened.push("open"); return null; };
"""


@pytest.mark.parametrize("name", SAID)
def test_after_a_reload_the_terminal_is_as_it_was(workspace: Workspace, name: str) -> None:
    workspace.start(f"SAID = {SAID[name].encode()!r}\n" + TELL)
    page = workspace.page
    rows = page.locator(".terminal .xterm-rows")
    workspace.wait_for_state("running")
    # The program waits for the key when it has asked everything.
    workspace.wait_until(
        "() => document.querySelector('.terminal').dataset.waiting === 'true'", seconds=60
    )
    page.evaluate(DRAWN)
    before = (workspace.shown(), rows.inner_text(), page.title())
    page.add_init_script(WATCH)
    workspace.reload()
    workspace.wait_until("text => window.coderunner?.terminalText() === text", before[0], 30)
    assert (workspace.shown(), rows.inner_text(), page.title()) == before
    assert page.evaluate("window.happened") == []
    workspace.terminal.locator("textarea").focus()  # a click may be reported
    workspace.press("k")
    workspace.wait_for("told", seconds=60)
    shown = workspace.shown()
    assert "key b'k' same True" in shown, shown
    workspace.wait_for_end(Outcome.COMPLETED)


@pytest.mark.parametrize(
    "leaves",
    ["\x1b]11;#003300\x07\x1b]4;2;#ffffff\x07", "\x1b[20h", "\x1b[?1049h\x1b[?25l", "\x1b(0\x0e"],
    ids=["colours", "line feeds", "the other screen", "line drawing"],
)
def test_the_next_program_finds_the_terminal_new(workspace: Workspace, leaves: str) -> None:
    asks = ASK + "print(ascii([ask(b'\\x1b]11;?\\x07', 2), ask(b'\\x1b[20$p', 2)]), 'x' * 3)"
    workspace.start(asks)
    workspace.wait_for_end(Outcome.COMPLETED)
    fresh = workspace.shown().splitlines()[0]
    workspace.start(f"print({leaves!r})")
    workspace.wait_for_end(Outcome.COMPLETED)
    workspace.start(asks)
    workspace.wait_for_end(Outcome.COMPLETED)
    assert workspace.shown().splitlines()[0] == fresh


@pytest.mark.parametrize("reloads", [1, 2])
def test_a_program_that_still_waits_is_answered_once(workspace: Workspace, reloads: int) -> None:
    """It asks while no page is open, and waits as long as it takes."""
    program = ASK + (
        "before = termios.tcgetattr(0)\ntty.setcbreak(0)\nprint('soon', flush=True)\n"
        "time.sleep(3)\nos.write(1, b'now\\x1b[6n')\nanswer = b''\n"
        "while not answer.endswith(b'R'): answer += os.read(0, 100)\n"
        "termios.tcsetattr(0, termios.TCSADRAIN, before)\n"
        "print('answered', ascii(answer))\nprint('typed', repr(input('name? ')))\n"
    )
    workspace.start(program)
    workspace.wait_for("soon")
    url = workspace.page.url
    workspace.page.goto("about:blank")
    workspace.page.wait_for_timeout(4000)  # the program asks meanwhile
    workspace.page.goto(url)
    workspace.wait_for_connection()
    workspace.wait_for("name? ", seconds=20)
    for _ in range(reloads):
        workspace.reload()
        workspace.wait_for("name? ")
    workspace.type("Ada\n")
    workspace.wait_for("typed 'Ada'")
    assert workspace.shown().count("answered") == 1


def test_focus_and_mouse_of_the_past_are_not_reported(workspace: Workspace) -> None:
    on, off, slow = "\x1b[?1004;1000;1006h", "\x1b[?1004;1000;1006l", "\x1b[2J"
    workspace.start(
        f"{ASK}\nask({on.encode()!r}, 1)\nsys.stdout.write({slow!r} * 20_000)\n"
        f"sys.stdout.flush()\nask({off.encode()!r}, 1)\nprint('typed', repr(input('name? ')))\n"
    )
    workspace.wait_for("name? ", seconds=60)
    workspace.page.reload()
    terminal = workspace.terminal
    for _ in range(10):
        terminal.click()
        workspace.page.locator("body").focus()
    workspace.wait_for_connection()
    workspace.wait_for("name? ", seconds=60)
    workspace.type("Ada\n")
    workspace.wait_for("typed 'Ada'")


def test_what_is_remembered_of_the_page_is_no_state_of_the_terminal(workspace: Workspace) -> None:
    """The size stays that of the pane, whatever a program has asked for."""
    size = "import os; print(json.dumps(os.get_terminal_size()))"
    workspace.start(f"import json\nprint('\\x1b[8;10;20t')\n{size}\ninput('? ')\n{size}")
    workspace.wait_for("? ")
    workspace.reload()
    workspace.wait_for("? ")
    workspace.type("\n")
    workspace.wait_for_end(Outcome.COMPLETED)
    before, after = (
        json.loads(line) for line in workspace.shown().splitlines() if line.startswith("[")
    )
    assert before == after
