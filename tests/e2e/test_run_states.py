"""The history and the page of a run in each state: in both languages and themes, on three screens.

With PICTURES=<folder> it leaves a picture of each there.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import SignedIn, SignedInUsers
from tests.e2e.pages import SET_THEME, THEMES, Pages, serious_violations
from tests.product import Product, WebServer

PICTURES = os.environ.get("PICTURES")
SCREENS = {"wide": (1440, 900), "tablet": (820, 1180), "phone": (412, 915)}
ERROR = {"outcome": "failed", "exit_code": 1, "reason_code": "exit_code", "error_line": 2}
STATES: dict[str, dict[str, object]] = {
    "finished": {"outcome": "completed"},
    "error": ERROR | {"error_name": "ValueError", "error_path": "guess.py"},
    "stopped": {"outcome": "stopped", "reason_code": "stopped", "exit_code": None},
    "by_instructor": {
        "outcome": "stopped_by_instructor", "reason_code": "stopped_by_instructor",
        "exit_code": None,
    },
    "time_limit": {
        "outcome": "wall_limit", "reason_code": "wall_limit", "exit_code": None,
        "figures": {"wall_seconds": 3600}, "wall_ms": 3_600_000,
    },
    "lost": {"outcome": "executor_lost", "reason_code": "executor_lost", "exit_code": None},
    # The executor takes it, and it waits for an answer.
    "running": {"outcome": "", "status": "queued", "exit_code": None, "reason_code": ""},
}  # fmt: skip
WORDS = {
    "finished": ("Your program finished.", "The program finished."),
    "error": ("Your program ended with an error.", "The program ended with an error."),
    "stopped": ("You stopped your program.", "The program was stopped by its owner."),
    "by_instructor": (
        "An instructor stopped your program.", "The program was stopped by an instructor."
    ),
    "time_limit": ("Your program ran for longer than", "The program ran for longer than"),
    "lost": ("The machine that ran your program", "The machine that ran the program"),
    "running": ("Your program waits for your answer.", "anna0\u2019s program waits for an answer."),
}  # fmt: skip
LANGUAGES = {"en": "History", "de": "Verlauf"}


def make_runs(owner: str, states: dict[str, dict[str, object]]) -> dict[str, str]:
    """A run in each state; their ids."""
    from datetime import timedelta

    from django.utils import timezone

    from accounts.models import User
    from runner.models import Run
    from tests.a_run import finished_run
    from tests.a_snippet import a_snippet

    user = User.objects.get(username=owner)
    code = "secret = 7\nguess = int(input('Guess: '))\nprint('Yes' if guess == secret else 'No')\n"
    files = [{"path": "guess.py", "content": code}, {"path": "notes.txt", "content": "later\n"}]
    snippet = a_snippet(user, title="Number guessing", main="guess.py", files=files[:1])
    output = b"Guess: seven\r\n\x1b[31mno number\x1b[0m\r\nGuess: 7\r\nYes\r\n"
    ids = {}
    for number, (name, fields) in enumerate(states.items()):
        started = timezone.now() - timedelta(hours=number, minutes=7)
        run = finished_run(
            user, output=output, files=files, main="guess.py", snippet=snippet,
            started_at=started, first_output_at=started + timedelta(milliseconds=38), **fields,
        )  # fmt: skip
        Run.objects.filter(pk=run.pk).update(created_at=started)
        ids[name] = str(run.pk)
    return ids


class Runs:
    def __init__(self, server: WebServer, owner: SignedIn, instructor: SignedIn) -> None:
        self.server, self.owner, self.instructor = server, owner, instructor
        self.ids: dict[str, str] = {}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    with Product(tmp_path_factory.mktemp("states")) as product:
        product.migrate()
        users = SignedInUsers(product, students=1, instructors=1, name="anna")
        server = product.serve(DETACH_SECONDS="3000")
        server.wait_until_ready()
        made = Runs(server, users.student(), users.instructor())
        made.ids = product.call(make_runs, made.owner.username, STATES)
        yield made


def open_as(browser: Browser, runs: Runs, user: SignedIn, screen: str, language: str) -> Pages:
    width, height = SCREENS[screen]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="de-DE" if language == "de" else "en-GB",
        timezone_id="America/New_York",
        has_touch=screen == "phone",
        is_mobile=screen == "phone",
    )
    context.set_default_timeout(15_000)
    return Pages(context, runs.server.url, user)


def check(page: Page, name: str) -> None:
    """Fits its screen, in every theme; nothing serious for axe-core."""
    page.emulate_media(reduced_motion="reduce")  # no colour is between two others
    for theme in THEMES:
        page.evaluate(SET_THEME, theme)
        wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{name} is {wide} px too wide"
        if PICTURES:
            folder = Path(PICTURES)
            folder.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=folder / f"{name}-{theme}.png", full_page=True)
        assert serious_violations(page) == [], f"{name}, {theme}"


ALL = [(screen, language) for screen in SCREENS for language in LANGUAGES]


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("screen", "language"),
    ALL,
)
def test_each_state_on_each_screen(
    browser: Browser, runs: Runs, screen: str, language: str
) -> None:
    for number, user in enumerate((runs.owner, runs.instructor)):
        who = ("owner", "instructor")[number]
        pages = open_as(browser, runs, user, screen, language)
        for state, run in runs.ids.items():
            pages.go(f"/runs/{run}/")
            if language == "en":
                expect(pages.page.get_by_test_id("reason")).to_contain_text(WORDS[state][number])
            else:
                expect(pages.page.get_by_test_id("reason")).not_to_contain_text("program ")
            check(pages.page, f"run-{state}-{who}-{screen}-{language}")
        pages.go("/runs/" if who == "owner" else "/runs/?all")
        expect(pages.page.locator("tbody tr")).to_have_count(len(STATES))
        check(pages.page, f"history-{who}-{screen}-{language}")
        assert pages.complaints == []
        pages.page.context.close()


def test_times_are_local_everywhere(browser: Browser, runs: Runs) -> None:
    """Of one moment the page, its details, tooltips and the row of the list show the same hour."""
    pages = open_as(browser, runs, runs.owner, "wide", "en")
    pages.go(f"/runs/{runs.ids['finished']}/")
    pages.page.reload()  # by now the server knows the zone
    times = pages.page.locator("time[datetime]")
    hour = pages.page.evaluate(
        "iso => new Date(iso).toTimeString().slice(0, 5)", times.first.get_attribute("datetime")
    )
    for place in times.all():
        expect(place).to_contain_text(hour)
        assert hour in (place.get_attribute("title") or "")
    pages.page.get_by_role("button", name="Open this code as a new snippet").click()
    expect(pages.page.get_by_test_id("snippet-title")).to_have_value(re.compile(hour))
    pages.page.context.close()


def test_the_replay_stands_beside_the_code_and_nothing_moves(browser: Browser, runs: Runs) -> None:
    pages = open_as(browser, runs, runs.owner, "wide", "en")
    page = pages.page
    pages.go(f"/runs/{runs.ids['finished']}/")
    page.evaluate(SET_THEME, "light")
    code, text = page.locator(".run-files"), page.get_by_test_id("transcript")
    before = (code.bounding_box(), text.bounding_box(), page.evaluate("() => scrollY"))
    page.get_by_test_id("replay").click()
    screen = page.get_by_test_id("replay-screen")
    expect(screen.locator(".xterm-rows")).to_contain_text("Guess:", timeout=20_000)
    assert before == (code.bounding_box(), screen.bounding_box(), page.evaluate("() => scrollY"))
    left, right = before[0], before[1]
    assert left
    assert right
    assert left["x"] + left["width"] < right["x"]
    assert abs(left["y"] - right["y"]) < 2
    assert abs(left["height"] - right["height"]) < 2
    player = screen.locator(".xterm-scrollable-element")
    colours = []
    for theme in ("light", "dark"):
        page.evaluate(SET_THEME, theme)
        ours = page.evaluate(
            "() => getComputedStyle(document.querySelector('.live, .replay')).backgroundColor"
        )
        expect(player).to_have_css("background-color", ours)
        colours.append(ours)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"replay-wide-{theme}.png", full_page=True)
    assert len(set(colours)) == 2
    page.set_viewport_size({"width": 412, "height": 915})
    box, below = screen.bounding_box(), code.bounding_box()
    assert box
    assert below
    assert box["y"] + box["height"] <= below["y"]
    pages.page.context.close()


def test_restoring_a_text_and_undoing_it(browser: Browser, runs: Runs) -> None:
    pages = open_as(browser, runs, runs.owner, "wide", "en")
    page = pages.page
    pages.go("/runs/")
    page.get_by_role("button", name="Restore this text").first.click()
    notice = page.get_by_text("has the text of this run again.")
    expect(notice).to_be_visible()
    check(page, "restored-wide-en")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("has the text from before again.")).to_be_visible()
    expect(page.get_by_role("button", name="Restore this text")).to_be_visible()
    page.get_by_role("button", name="Restore this text").click()
    page.get_by_role("link", name="Number guessing").first.click()
    expect(page.get_by_test_id("snippet-title")).to_have_value("Number guessing")
    page.context.close()
