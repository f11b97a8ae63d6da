"""Buttons of lessons and rooms that no other test presses: leaving, hiding, going on, following."""

from playwright.sync_api import expect

from runner.protocol.messages import Outcome
from tests.e2e import test_classroom
from tests.e2e.room_pages import PHONE, Together, wait_for_output
from tests.e2e.test_classroom import LOOPS, QUESTION, Lesson, line

lesson, school = test_classroom.lesson, test_classroom.school


def test_a_question_is_asked_by_its_button_or_not_at_all(lesson: Lesson) -> None:
    page = lesson.ada.page
    raise_hand, field = page.get_by_test_id("raise-hand"), page.get_by_test_id("hand-question")
    form = page.locator("form.class-line")
    for leave in ("button", "key"):
        raise_hand.click()
        expect(field).to_be_focused()
        if leave == "button":
            form.get_by_role("button", name="Cancel").click()
        else:
            field.press("Escape")
        expect(field).to_have_count(0)
        expect(raise_hand).to_be_focused()
    raise_hand.click()
    field.fill(QUESTION)
    form.get_by_role("button", name="Ask").click()
    expect(line(lesson.ada, "hand")).to_contain_text(QUESTION)


def test_what_is_shown_to_a_class_is_hidden_and_opened_again(lesson: Lesson) -> None:
    lesson.ada.start("print('shown')\n")
    lesson.ada.wait_for_end(Outcome.COMPLETED)
    lesson.watch(lesson.ada_user).get_by_role("button", name="Show to the class").click()
    lesson.ada.page.get_by_test_id("allow-show").click()
    page = lesson.bob.page
    shown = page.get_by_test_id("shown")
    again = page.get_by_role("button", name=f"See what {lesson.ada_user.username} shows")
    for leave in ("button", "key"):
        expect(shown).to_contain_text("shown")
        expect(again).to_be_hidden()
        if leave == "button":
            shown.get_by_role("button", name="Hide").click()
        else:
            shown.locator("pre").press("Escape")
        expect(shown).to_be_hidden()
        expect(again).to_be_focused()
        again.click()
        expect(shown.locator("pre")).to_be_focused()
    lesson.ada.page.get_by_test_id("end-show").click()
    expect(shown).to_be_hidden()
    expect(again).to_be_hidden()
    expect(lesson.bob.run).to_be_focused()


def test_a_teacher_goes_on_to_the_next_student_and_stops_nobody(lesson: Lesson) -> None:
    lesson.ada.start(LOOPS)
    lesson.tile(lesson.ada_user, "running")
    lesson.tile(lesson.bob_user, "idle")
    pane = lesson.watch(lesson.ada_user)
    title = pane.get_by_role("heading").first
    pane.get_by_test_id("stop-run").click()
    expect(pane.get_by_test_id("stop-reason")).to_be_focused()
    pane.locator(".stop-form").get_by_role("button", name="Cancel").click()
    expect(pane.get_by_test_id("stop-reason")).to_be_hidden()
    expect(pane.get_by_test_id("stop-run")).to_be_focused()
    pane.get_by_role("button", name="Next student").click()
    expect(title).not_to_have_text(lesson.ada_user.username)
    pane.get_by_role("button", name="Previous student").click()
    expect(title).to_have_text(lesson.ada_user.username)
    pane.get_by_test_id("stop-run").click()
    pane.locator(".stop-form").get_by_role("button", name="Stop", exact=True).click()
    lesson.ada.wait_for_end(Outcome.STOPPED_BY_INSTRUCTOR)


def test_who_is_in_a_room_is_followed_and_its_program_stopped(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    follow = owner.get_by_test_id("people").get_by_role("button", name="Ann")
    follow.click()
    expect(follow).to_have_attribute("aria-pressed", "true")
    follow.click()
    expect(follow).to_have_attribute("aria-pressed", "false")
    guest.get_by_role("button", name="Chat").click()
    guest.locator("#room-say input").fill("Hello")
    guest.get_by_role("button", name="Send").click()
    expect(owner.get_by_test_id("chat").locator("li")).to_contain_text("Hello")
    guest.get_by_role("button", name="Code", exact=True).click()
    expect(guest.get_by_test_id("editor")).to_be_visible()
    owner.get_by_role("button", name="Add a file").click()
    owner.get_by_label("Name of the file").press("Escape")
    expect(owner.get_by_label("Name of the file")).to_have_count(0)
    owner.get_by_test_id("run").click()
    wait_for_output(owner, "Name:")
    owner.get_by_test_id("stop").click()
    expect(owner.get_by_test_id("run-state")).to_have_attribute("data-state", "finished")
