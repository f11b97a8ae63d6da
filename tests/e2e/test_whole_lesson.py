"""One lesson from its beginning to its end: a teacher and three students, in four browsers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, expect

from runner.protocol.messages import Outcome
from tests.cast import SignedIn, SignedInUsers
from tests.e2e.a_school import STARTER, School
from tests.e2e.test_classroom import ASKS, LOOPS, QUESTION, line
from tests.e2e.workspace import Workspace
from tests.product import Product

pytestmark = pytest.mark.timeout(300)
SOLVED = STARTER.replace("# your code", "return 2 * x")  # its locked lines stay
SHOWN = "print('from the', 'board')\n"
SOON = 20_000  # ms


@pytest.fixture
def school(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    with Product(tmp_path_factory.mktemp("lesson")) as product:
        product.migrate()
        users = SignedInUsers(product, students=3, instructors=1)
        server = product.serve()
        server.wait_until_ready()
        school = School(browser, product, server, users)
        yield school
        school.end()


def tile_of(school: School, user: SignedIn, state: str) -> Locator:
    tile = school.teacher.locator(f'[data-member="{user.username}"]')
    expect(tile).to_have_attribute("data-state", state, timeout=SOON)
    return tile


def watch(school: School, user: SignedIn) -> Locator:
    school.teacher.locator(f'[data-member="{user.username}"] .tile').click()
    pane = school.teacher.get_by_test_id("watch")
    expect(pane.get_by_role("heading", name=user.username)).to_be_visible()
    return pane


def helps_with_one_line(school: School, user: SignedIn, student: Workspace) -> None:
    student.start(ASKS + SOLVED)
    expect(tile_of(school, user, "waiting")).to_contain_text("Name:")
    pane = watch(school, user)
    expect(pane.get_by_test_id("watch-code")).to_contain_text("input(")
    expect(line(student, "watched")).to_contain_text("is watching.")
    pane.get_by_test_id("help").click()
    expect(line(student, "request")).to_be_visible()
    student.page.get_by_test_id("allow-help").click()
    pane.get_by_test_id("help-line").fill("Grace")
    pane.get_by_test_id("help-line").press("Enter")
    student.wait_for("Hello Grace")
    student.wait_for_end(Outcome.COMPLETED)
    expect(line(student, "lent")).to_have_count(0)


def stops_with_a_reason(school: School, user: SignedIn, student: Workspace) -> None:
    student.start(LOOPS + SOLVED)
    tile_of(school, user, "running")
    pane = watch(school, user)
    pane.get_by_test_id("stop-run").click()
    pane.get_by_test_id("stop-reason").fill("Please look at the board.")
    pane.get_by_test_id("stop-reason").press("Enter")
    student.wait_for_end(Outcome.STOPPED_BY_INSTRUCTOR)
    student.wait_for("Please look at")


def answers_a_hand(school: School, student: Workspace) -> None:
    student.page.get_by_test_id("raise-hand").click()
    student.page.get_by_test_id("hand-question").fill(QUESTION)
    student.page.get_by_test_id("hand-question").press("Enter")
    hand = school.teacher.get_by_test_id("hands").locator("li")
    expect(hand).to_contain_text(QUESTION)
    hand.get_by_role("button", name="I am coming to you.").click()
    expect(line(student, "answer")).to_contain_text("I am coming to you.")
    expect(hand).to_have_count(0)


def shows_the_board(school: School, students: list[Workspace]) -> None:
    """The teacher's own program, on everybody's screen."""
    board = Workspace(school.teacher.context.new_page())
    board.page.goto(school.server.url)
    board.wait_for_connection()
    board.page.locator("#class-choice").select_option(str(school.classroom))
    board.start(SHOWN)
    board.wait_for_end(Outcome.COMPLETED)
    board.page.get_by_test_id("show-to-class").click()
    for student in students:
        shown = student.page.get_by_test_id("shown")
        expect(shown.locator("pre")).to_contain_text("from the", timeout=SOON)
        expect(shown.locator(".xterm-rows")).to_contain_text("from the board", timeout=SOON)
    before = students[0].page.url  # that of the starter code
    students[0].page.get_by_test_id("take-code").click()
    expect(students[0].page).not_to_have_url(before)
    students[0].wait_for_connection()
    students[0].wait_until("text => window.coderunner.getText() === text", SHOWN)
    board.page.get_by_test_id("end-show").click()
    for student in students:
        expect(student.page.get_by_test_id("shown")).to_be_hidden()
    board.page.close()


def set_exam(school: School, *, on: bool) -> None:
    """In the form of the rules: from yesterday to tomorrow, or without times."""
    page, now = school.teacher, datetime.now(UTC)
    page.goto(f"{school.url}rules/")
    for name, days in (("exam_start", -1), ("exam_end", 1)):
        at = f"{now + timedelta(days=days):%Y-%m-%dT%H:%M}" if on else ""
        page.locator(f"[name={name}]").fill(at)
    page.locator("main form").get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("7b")
    expect(page.locator("main")).to_contain_text("Exam from" if on else "Rules of this class")
    assert ("Exam from" in page.locator("main").inner_text()) is on


def takes_an_exam(school: School, student: Workspace) -> None:
    page, snippets = student.page, f"{school.server.url}/snippets/"
    page.goto(snippets)
    expect(page.locator("main")).to_contain_text("Private notes")
    set_exam(school, on=True)
    page.goto(snippets)
    expect(page.locator("main")).not_to_contain_text("Private notes")
    page.goto(school.server.url)
    student.wait_for_connection()
    expect(page.locator("#class-choice")).to_have_value(str(school.classroom))
    student.start("print('in the', 'exam')\n" + SOLVED)
    student.wait_for("in the exam")
    student.wait_for_end(Outcome.COMPLETED)
    set_exam(school, on=False)
    page.goto(snippets)
    expect(page.locator("main")).to_contain_text("Private notes")


def keep_private_notes(owner: str) -> None:
    """In a process of the site: a snippet that is older than any exam."""
    from django.utils import timezone

    from accounts.models import User
    from runner.models import Snippet
    from tests.a_snippet import a_snippet

    snippet = a_snippet(User.objects.get(username=owner), title="Private notes")
    Snippet.objects.filter(pk=snippet.pk).update(created_at=timezone.now() - timedelta(days=9))


def test_a_lesson_from_its_beginning_to_its_end(school: School) -> None:
    school.product.call(keep_private_notes, school.students[2].username)
    students = []
    for user in school.students:
        page = school.page(user)
        school.join(page)
        workspace = school.begin(page)
        workspace.wait_until("text => window.coderunner.getText() === text", STARTER)
        students.append(workspace)
    ada, bob, cleo = students
    school.teacher.goto(f"{school.url}live/")
    for user in school.students:
        tile_of(school, user, "idle")
    helps_with_one_line(school, school.students[0], ada)
    stops_with_a_reason(school, school.students[1], bob)
    answers_a_hand(school, cleo)
    shows_the_board(school, students)
    takes_an_exam(school, cleo)
