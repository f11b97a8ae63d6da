"""An interview in Chromium: an interviewer at a desktop, a candidate with a phone."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast import SignedIn, SignedInUsers
from tests.e2e.test_rooms import PHONE, text_of, type_at_end, wait_for_output, wait_for_text
from tests.product import Product, WebServer

CODE = "name = input()\nprint('Hello', name)\n"
TASK = "Greet **politely**."
TYPED = "# by Ann\n"


def saved_text(interview: int) -> str:
    """In a process of the site."""
    from runner.models import Interview

    return str(Interview.objects.get(pk=interview).room.snippet.files[0]["content"])


def ratings(interview: int) -> list[tuple[int, str]]:
    from runner.models import InterviewRating

    of_it = InterviewRating.objects.filter(interview=interview)
    return list(of_it.values_list("score", "remark"))


def end_soon(interview: int, seconds: float) -> None:
    """As if the timer had been started earlier."""
    from runner.infrastructure import clock
    from runner.models import Interview

    ends = clock.read() + timedelta(seconds=seconds)
    Interview.objects.filter(pk=interview).update(ends_at=ends)


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Product, WebServer, SignedInUsers]]:
    with Product(tmp_path_factory.mktemp("interviews")) as product:
        product.migrate()
        users = SignedInUsers(product, students=2, instructors=8)
        server = product.serve()
        server.wait_until_ready()
        yield product, server, users


class Held:
    """An interview and its pages."""

    def __init__(self, browser: Browser, site: tuple[Product, WebServer, SignedInUsers]) -> None:
        self.product, self.server, self.users = site
        self._browser, self._contexts = browser, list[BrowserContext]()
        self.complaints: list[str] = []
        self.number = 0

    def page(self, user: SignedIn | None, **options: Any) -> Page:
        desktop = {"viewport": {"width": 1280, "height": 800}}
        context = self._browser.new_context(**(desktop | options))
        context.set_default_timeout(20_000)
        self._contexts.append(context)
        if user is not None:
            context.add_cookies(user.in_browser(self.server.url))
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def begin(self) -> Page:
        """The page of a new interview, made by hand from a new template."""
        page = self.page(self.users.instructor())
        page.goto(f"{self.server.url}/classes/")
        page.get_by_role("main").get_by_role("link", name="Interviews").click()
        page.get_by_role("link", name="New template").click()
        form = page.get_by_test_id("template-form")
        form.locator("[name=title]").fill("Greeting")
        form.locator("[name=task]").fill(TASK)
        form.locator("[name=notes]").fill("Ask about tabs.")
        form.locator("[name=files-0-path]").fill("main.py")
        form.locator("[name=files-0-content]").fill(CODE)
        for number, (name, output) in enumerate([("Ada", "Hello Ada"), ("Wrong", "Bye")]):
            if number:
                form.get_by_role("button", name="One more test case").click()
            form.locator(f"[name=tests-{number}-name]").fill(name)
            form.locator(f"[name=tests-{number}-input]").fill("Ada\n")
            form.locator(f"[name=tests-{number}-output]").fill(output)
            form.locator(f"[name=tests-{number}-hidden]").check()
        page.get_by_test_id("save-template").click()
        page.locator("[name=candidate]").fill("Ann")
        page.get_by_test_id("begin-interview").click()
        expect(page.get_by_test_id("interview-state")).to_have_attribute("data-state", "waiting")
        self.number = int(page.url.rstrip("/").rsplit("/", 1)[1])
        page.get_by_test_id("invite-candidate").click()
        return page

    def candidate(self, interview: Page) -> Page:
        link = interview.get_by_test_id("guest-link").input_value()
        page = self.page(None, **PHONE)
        page.goto(link)
        page.locator("input[name=name]").fill("Ann")
        page.get_by_role("button", name="Join").click()
        self.wait_until_open(page)
        return page

    def room_of(self, interview: Page) -> Page:
        page = interview.context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        address = interview.get_by_test_id("open-room").get_attribute("href")
        page.goto(f"{self.server.url}{address}")
        self.wait_until_open(page)
        return page

    @staticmethod
    def wait_until_open(page: Page) -> None:
        expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "connected")
        editor = page.get_by_test_id("editor").locator(".cm-editor, .monaco-editor").first
        expect(editor).to_be_visible(timeout=60_000)
        page.wait_for_function("() => coderunner.getText() !== ''")

    def end(self) -> None:
        for context in self._contexts:
            context.close()
        assert self.complaints == []


@pytest.fixture
def held(browser: Browser, site: tuple[Product, WebServer, SignedInUsers]) -> Iterator[Held]:
    interview = Held(browser, site)
    yield interview
    interview.end()


def state(page: Page) -> Any:
    return expect(page.get_by_test_id("timer"))


def test_an_interview_from_its_template_to_its_rating(held: Held) -> None:
    interview = held.begin()
    room = held.room_of(interview)
    candidate = held.candidate(interview)
    read_before_the_start(candidate)
    room.get_by_test_id("start-timer").click()
    held.wait_until_open(room)
    for page in (room, candidate):
        state(page).to_have_attribute("data-state", "running")
        expect(page.get_by_test_id("run")).to_be_enabled()
    type_at_end(candidate, TYPED)
    wait_for_text(room, CODE + TYPED)
    run_and_answer(candidate, room)
    end_while_a_program_runs(held, candidate, room)
    expect(room.locator("#room-saved")).to_have_attribute("data-state", "saved")
    assert held.product.call(saved_text, held.number) == CODE + TYPED
    interview.get_by_test_id("open-playback").click()
    play_back(interview, CODE + TYPED)
    interview.goto(f"{held.server.url}/interviews/{held.number}/")
    run_test_cases(interview)
    interview.get_by_label("4", exact=True).check()
    interview.locator("[name=remark]").fill("Asks good questions.")
    interview.get_by_test_id("save-rating").click()
    expect(interview.get_by_test_id("rating")).to_contain_text("4 / 5")
    assert held.product.call(ratings, held.number) == [[4, "Asks good questions."]]


def read_before_the_start(candidate: Page) -> None:
    expect(candidate.get_by_test_id("task").locator("strong")).to_have_text("politely")
    expect(candidate.get_by_text("Ask about tabs.")).to_have_count(0)
    state(candidate).to_have_attribute("data-state", "waiting")
    type_at_end(candidate, "too early")
    assert text_of(candidate) == CODE
    expect(candidate.get_by_test_id("run")).to_be_disabled()


def run_and_answer(candidate: Page, room: Page) -> None:
    candidate.get_by_role("button", name="Terminal").click()
    candidate.get_by_test_id("run").click()
    expect(candidate.get_by_test_id("run-state")).to_have_attribute("data-state", "running")
    candidate.get_by_test_id("terminal").locator("textarea").focus()
    candidate.keyboard.type("Grace\n")
    for page in (room, candidate):
        wait_for_output(page, "Hello Grace")
        expect(page.get_by_test_id("run-state")).to_have_attribute("data-state", "finished")


def end_while_a_program_runs(held: Held, candidate: Page, room: Page) -> None:
    candidate.get_by_test_id("run").click()
    expect(candidate.get_by_test_id("run-state")).to_have_attribute("data-state", "running")
    held.product.call(end_soon, held.number, 3.0)
    state(candidate).to_have_attribute("data-state", "over")
    for page in (room, candidate):
        expect(page.get_by_test_id("run-state")).to_have_attribute("data-state", "finished")
    expect(candidate.get_by_test_id("run")).to_be_disabled()
    candidate.get_by_role("button", name="Code").click()
    type_at_end(candidate, "too late")
    assert text_of(candidate) == text_of(room) == CODE + TYPED


def play_back(interview: Page, saved: str) -> None:
    """From the text that the room began with to the saved one, with what the program printed."""
    expect(interview.get_by_test_id("playback-end")).to_have_attribute("data-equal", "true")
    code = interview.locator(".playback-code")
    assert code.text_content() == CODE
    interview.get_by_label("Position").focus()
    interview.keyboard.press("End")
    expect(interview.locator(".playback-right .playback-who")).to_contain_text("Ann")
    assert code.text_content() == saved


def run_test_cases(interview: Page) -> None:
    interview.get_by_test_id("run-tests").click()
    states = interview.locator("[data-role=state]")
    expect(states.nth(0)).to_have_attribute("data-state", "passed", timeout=60_000)
    expect(states.nth(1)).to_have_attribute("data-state", "failed", timeout=60_000)


def test_notes_are_a_room_that_a_candidate_does_not_open(held: Held) -> None:
    interview = held.begin()
    address = str(interview.get_by_test_id("open-notes").get_attribute("href"))
    notes = interview.context.new_page()
    notes.goto(f"{held.server.url}{address}")
    held.wait_until_open(notes)
    wait_for_text(notes, "Ask about tabs.")
    candidate = held.candidate(interview)
    candidate.goto(f"{held.server.url}{address}")
    expect(candidate).to_have_url(f"{held.server.url}/accounts/login/?next={address}")


def test_a_removed_candidate_leaves_within_seconds(held: Held) -> None:
    interview = held.begin()
    candidate = held.candidate(interview)
    interview.reload()
    interview.get_by_role("button", name="Remove Ann").click()
    expect(candidate.get_by_test_id("connection")).to_have_attribute(
        "data-state", "refused", timeout=10_000
    )


def test_more_time_is_given_and_the_interview_ended(held: Held) -> None:
    interview = held.begin()
    interview.get_by_test_id("start-timer").click()
    state_shown = expect(interview.get_by_test_id("interview-state"))
    state_shown.to_have_attribute("data-state", "running")
    until = interview.locator(".interview-timer span").inner_text()
    interview.get_by_test_id("extend-timer").click()
    expect(interview.locator(".interview-timer span")).not_to_have_text(until)
    interview.get_by_test_id("end-timer").click()
    state_shown.to_have_attribute("data-state", "over")
