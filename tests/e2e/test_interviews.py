"""An interview in Chromium: an interviewer at a desktop, a candidate with a phone."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import SignedInUsers
from tests.e2e.interview_pages import CODE, Held
from tests.e2e.room_pages import (
    text_of,
    type_at_end,
    wait_for_output,
    wait_for_text,
)
from tests.product import Product, WebServer

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
