# size: one lesson, and what happens in it
"""A lesson in browsers: a teacher's live grid, and students at work."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from runner.protocol.messages import Outcome
from tests.cast import SignedIn, SignedInUsers
from tests.e2e.pages import serious_violations
from tests.e2e.test_windows import TURTLE
from tests.e2e.workspace import Workspace
from tests.product import Product, WebServer
from tests.screens.viewer import requires_screen

ASKS = 'name = input("Name: ")\nprint("Hello", name)\n'
LOOPS = "while True: pass\n"
# Whether the first line in view of what is shown is between two.
FIRST_LINE = """([less, more]) => {
    const code = document.querySelector("[data-testid=shown] pre");
    const line = 1 + code.scrollTop / parseFloat(getComputedStyle(code).lineHeight);
    return less <= line && line <= more;
}"""
QUESTION = "Why is my list empty?"


def make_class(teacher: str, *students: str) -> int:
    """In a process of the site: the id of a new class."""
    from accounts.models import Classroom, Membership, Role, User

    classroom = Classroom.objects.create(name="7b")
    for name, role in [(teacher, Role.INSTRUCTOR), *((name, Role.STUDENT) for name in students)]:
        User.objects.filter(username=name).update(is_staff=False)
        user = User.objects.get(username=name)
        Membership.objects.create(classroom=classroom, user=user, role=role)
    return classroom.pk


@pytest.fixture(scope="module")
def school(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Product, WebServer, SignedInUsers]]:
    with Product(tmp_path_factory.mktemp("school")) as product:
        product.migrate()
        users = SignedInUsers(product, students=40, instructors=20)
        server = product.serve()
        server.wait_until_ready()
        yield product, server, users


class Lesson:
    """A teacher, and two students who have chosen the class."""

    def __init__(self, browser: Browser, school: tuple[Product, WebServer, SignedInUsers]) -> None:
        product, self.server, users = school
        self.teacher_user, (self.ada_user, self.bob_user) = (
            users.instructor(),
            (users.student(), users.student()),
        )
        names = self.teacher_user.username, self.ada_user.username, self.bob_user.username
        self.classroom = product.call(make_class, *names)
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self._browser = browser
        self.teacher = self.page(self.teacher_user)
        self.teacher.goto(f"{self.server.url}/classes/{self.classroom}/live/")
        self.ada, self.bob = self.student(self.ada_user), self.student(self.bob_user)

    def context(self, **options: Any) -> BrowserContext:
        chosen = {"viewport": {"width": 1440, "height": 900}} | options
        context = self._browser.new_context(**chosen)
        context.set_default_timeout(20_000)
        self._contexts.append(context)
        return context

    def page(self, user: SignedIn, **options: Any) -> Page:
        context = self.context(**options)
        context.add_cookies(user.in_browser(self.server.url))
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def student(self, user: SignedIn) -> Workspace:
        workspace = Workspace.open(self.context(), self.server.url, user)
        self.choose_class(workspace)
        return workspace

    def choose_class(self, workspace: Workspace) -> None:
        workspace.page.locator("#class-choice").select_option(str(self.classroom))
        expect(workspace.page.get_by_test_id("raise-hand")).to_be_visible()

    def tile(self, user: SignedIn, state: str) -> Locator:
        """The tile of a member in that state, now or soon."""
        grid = self.teacher.get_by_test_id("class-grid")
        tile = grid.locator(f'[data-member="{user.username}"]')
        expect(tile).to_have_attribute("data-state", state, timeout=20_000)
        return tile

    def watch(self, user: SignedIn) -> Locator:
        tile = self.teacher.locator(f'[data-member="{user.username}"] .tile')
        tile.click()
        pane = self.teacher.get_by_test_id("watch")
        expect(pane.get_by_role("heading", name=user.username)).to_be_visible()
        return pane

    def end(self) -> None:
        for context in self._contexts:
            context.close()
        assert self.complaints == []


@pytest.fixture
def lesson(browser: Browser, school: tuple[Product, WebServer, SignedInUsers]) -> Iterator[Lesson]:
    lesson = Lesson(browser, school)
    yield lesson
    lesson.end()


def line(workspace: Workspace, kind: str) -> Locator:
    return workspace.page.locator(f'.class-line[data-kind="{kind}"]')


def test_the_grid_shows_what_each_student_does(lesson: Lesson) -> None:
    lesson.tile(lesson.bob_user, "idle")
    lesson.ada.start(ASKS)
    tile = lesson.tile(lesson.ada_user, "waiting")
    expect(tile).to_contain_text("Name:")
    lesson.ada.type("Ada\n")
    lesson.ada.wait_for_end(Outcome.COMPLETED)
    expect(tile).to_contain_text("Hello Ada")
    lesson.bob.start("print(1)\nprint(nme)\n")
    expect(lesson.tile(lesson.bob_user, "failed")).to_contain_text("NameError, line 2")
    lesson.bob.page.context.close()
    lesson.tile(lesson.bob_user, "offline")
    # Also after the page has been loaded again.
    lesson.teacher.reload()
    lesson.tile(lesson.bob_user, "offline")


def test_a_long_name_leaves_room_for_what_is_beside_it(lesson: Lesson) -> None:
    lesson.tile(lesson.ada_user, "idle")
    tile = lesson.teacher.locator(f'[data-member="{lesson.ada_user.username}"] .tile')
    tile.locator(".tile-name").evaluate(
        "name => { name.textContent = 'Karl-Theodor Maria Nikolaus '.repeat(9); }"
    )
    ends = tile.evaluate(
        """tile => [tile.parentElement, tile, tile.querySelector(".tile-head").lastElementChild]
            .map((element) => Math.round(element.getBoundingClientRect().right))"""
    )
    assert ends[2] <= ends[1] <= ends[0]


def test_a_teacher_watches_and_helps_with_one_line_after_the_student_agrees(
    lesson: Lesson,
) -> None:
    lesson.ada.start(ASKS)
    lesson.tile(lesson.ada_user, "waiting")
    pane = lesson.watch(lesson.ada_user)
    teacher = lesson.teacher_user.username
    expect(pane.get_by_test_id("watch-terminal").locator(".xterm-rows")).to_contain_text("Name:")
    expect(line(lesson.ada, "watched")).to_contain_text(f"{teacher} is watching.")
    lesson.ada.write(ASKS + "# a new line\n")
    expect(pane.get_by_test_id("watch-code")).to_contain_text("# a new line")
    pane.get_by_test_id("help").click()
    expect(line(lesson.ada, "request")).to_contain_text(teacher)
    expect(pane.get_by_test_id("help-line")).to_be_hidden()
    lesson.ada.page.get_by_test_id("allow-help").click()
    expect(line(lesson.ada, "lent")).to_contain_text(f"{teacher} is typing")
    pane.get_by_test_id("help-line").fill("Grace")
    pane.get_by_test_id("help-line").press("Enter")
    lesson.ada.wait_for("Hello Grace")
    lesson.ada.wait_for_end(Outcome.COMPLETED)
    expect(line(lesson.ada, "lent")).to_have_count(0)


def test_who_offers_help_before_the_terminal_is_there_is_heard(lesson: Lesson) -> None:
    lesson.ada.start(ASKS)
    lesson.tile(lesson.ada_user, "waiting")
    pane = lesson.watch(lesson.ada_user)
    pane.get_by_test_id("help").click()
    lesson.ada.page.get_by_test_id("allow-help").click()
    expect(pane.get_by_test_id("help-line")).to_be_visible()
    lesson.ada.page.get_by_test_id("take-back").click()
    pane.get_by_test_id("help").click()
    request = line(lesson.ada, "request")
    expect(request).to_be_visible()
    lesson.teacher.reload()
    expect(request).to_have_count(0)
    lesson.ada.stop.click()


@requires_screen
def test_a_window_is_watched_and_gone_with_another_program(lesson: Lesson) -> None:
    lesson.ada.start(TURTLE)
    lesson.tile(lesson.ada_user, "running")
    pane = lesson.watch(lesson.ada_user)
    window = pane.get_by_test_id("screen").locator("canvas")
    expect(window).to_be_visible(timeout=30_000)
    lesson.ada.wait_for("drawn", seconds=30)
    window.click()  # who watches sends nothing
    lesson.ada.stop.click()
    lesson.ada.wait_for_end(Outcome.STOPPED)
    assert "clicked" not in lesson.ada.shown()
    lesson.ada.start("print('no window')\n")
    lesson.ada.wait_for_end(Outcome.COMPLETED)
    terminal = pane.get_by_test_id("watch-terminal")
    expect(terminal.locator(".xterm-rows")).to_contain_text("no window")
    expect(window).to_have_count(0)


def test_the_student_ends_the_help_and_types_again(lesson: Lesson) -> None:
    lesson.ada.start(ASKS)
    lesson.tile(lesson.ada_user, "waiting")
    pane = lesson.watch(lesson.ada_user)
    expect(pane.get_by_test_id("watch-terminal").locator(".xterm-rows")).to_contain_text("Name:")
    pane.get_by_test_id("help").click()
    lesson.ada.page.get_by_test_id("allow-help").click()
    expect(pane.get_by_test_id("help-line")).to_be_visible()
    lesson.ada.page.get_by_test_id("take-back").click()
    expect(pane.get_by_test_id("help-line")).to_be_hidden()
    lesson.ada.type("Ada\n")
    lesson.ada.wait_for("Hello Ada")
    pane.get_by_role("button", name="Close").click()
    expect(line(lesson.ada, "watched")).to_have_count(0)


def test_a_program_is_stopped_with_a_reason_that_the_student_reads(lesson: Lesson) -> None:
    lesson.ada.start(LOOPS)
    lesson.tile(lesson.ada_user, "running")
    pane = lesson.watch(lesson.ada_user)
    pane.get_by_test_id("stop-run").click()
    pane.get_by_test_id("stop-reason").fill("Please look at the board.")
    pane.get_by_test_id("stop-reason").press("Enter")
    lesson.ada.wait_for_end(Outcome.STOPPED_BY_INSTRUCTOR)
    lesson.ada.wait_for("Please look at the board.")


def test_a_hand_is_raised_answered_and_goes_down(lesson: Lesson) -> None:
    for workspace, text in ((lesson.bob, "The first one"), (lesson.ada, QUESTION)):
        workspace.page.get_by_test_id("raise-hand").click()
        workspace.page.get_by_test_id("hand-question").fill(text)
        workspace.press("Enter")
        expect(line(workspace, "hand")).to_contain_text(text)
    hands = lesson.teacher.get_by_test_id("hands").locator("li")
    expect(hands).to_contain_text(["The first one", QUESTION])
    hands.nth(1).get_by_role("button", name="I am coming to you.").click()
    expect(hands).to_have_count(1)
    answer = line(lesson.ada, "answer")
    expect(answer).to_contain_text("I am coming to you.")
    answer.get_by_role("button", name="OK").click()
    expect(answer).to_have_count(0)
    line(lesson.bob, "hand").get_by_role("button", name="Lower hand").click()
    expect(hands).to_have_count(0)


def test_a_hand_stays_raised_once_however_often_pages_are_loaded(lesson: Lesson) -> None:
    """congrea/virtualclass#727 and #1252: with each reload there is one more, or none."""
    lesson.ada.page.get_by_test_id("raise-hand").click()
    lesson.ada.page.get_by_test_id("hand-question").fill(QUESTION)
    lesson.ada.press("Enter")
    hands = lesson.teacher.get_by_test_id("hands").locator("li")
    expect(hands).to_have_count(1)
    for _ in range(2):
        lesson.ada.reload()
        expect(line(lesson.ada, "hand")).to_contain_text(QUESTION)
        expect(line(lesson.ada, "hand")).to_have_count(1)
        lesson.teacher.reload()
        expect(hands).to_have_count(1)
    lesson.ada.page.context.close()
    lesson.tile(lesson.ada_user, "offline")
    expect(hands).to_contain_text(QUESTION)  # who left may come back


def test_who_comes_back_is_there_again(lesson: Lesson) -> None:
    """csmith1188/Formbar.js#854: who has left and comes back stays offline for the teacher."""
    for _ in range(2):
        lesson.tile(lesson.bob_user, "idle")
        lesson.bob.page.context.close()
        lesson.tile(lesson.bob_user, "offline")
        lesson.bob = lesson.student(lesson.bob_user)
    lesson.bob.start("print('here', 'again')\n")
    expect(lesson.tile(lesson.bob_user, "idle")).to_contain_text("here again")


def test_a_students_program_is_shown_to_the_class_with_permission(lesson: Lesson) -> None:
    lesson.ada.start('print("\\033[31mred\\033[0m words")\n')
    lesson.ada.wait_for_end(Outcome.COMPLETED)
    pane = lesson.watch(lesson.ada_user)
    pane.get_by_role("button", name="Show to the class").click()
    shown = lesson.bob.page.get_by_test_id("shown")
    expect(shown).to_be_hidden()
    lesson.ada.page.get_by_test_id("allow-show").click()
    expect(shown).to_contain_text(lesson.ada_user.username)
    expect(shown.locator("pre")).to_contain_text("red")
    expect(shown.locator(".xterm-rows")).to_contain_text("red words")
    lesson.ada.write("# changed while it is shown\n")
    expect(shown.locator("pre")).to_contain_text("# changed while it is shown")
    shown.get_by_test_id("take-code").click()
    lesson.bob.page.wait_for_url(re.compile(r"/snippets/\d+/"))
    lesson.bob.wait_for_connection()
    lesson.bob.wait_until("() => window.coderunner.getText().includes('# changed while')")
    lesson.ada.page.get_by_test_id("end-show").click()
    expect(lesson.bob.page.get_by_test_id("shown")).to_be_hidden()


def test_what_is_shown_follows_the_scrolling_of_who_shows_it(lesson: Lesson) -> None:
    lesson.ada.wait_for_everything()
    lesson.ada.write("".join(f"# line {number}\n" for number in range(1, 301)))
    lesson.watch(lesson.ada_user).get_by_role("button", name="Show to the class").click()
    lesson.ada.page.get_by_test_id("allow-show").click()
    code = lesson.bob.page.get_by_test_id("shown").locator("pre")
    expect(code).to_contain_text("# line 300")
    for step, less, more in ((200, 40, 260), (-200, 1, 1)):
        lesson.ada.editor.hover()
        for _ in range(30):
            lesson.ada.page.mouse.wheel(0, step)
        lesson.bob.wait_until(FIRST_LINE, [less, more])
    lesson.ada.page.get_by_test_id("end-show").click()


def test_another_is_asked_to_show_while_one_does_not_answer(lesson: Lesson) -> None:
    lesson.watch(lesson.ada_user).get_by_role("button", name="Show to the class").click()
    expect(lesson.ada.page.get_by_test_id("allow-show")).to_be_visible()
    lesson.watch(lesson.bob_user).get_by_role("button", name="Show to the class").click()
    lesson.bob.page.get_by_test_id("allow-show").click()
    shown = lesson.ada.page.get_by_test_id("shown")
    expect(shown).to_contain_text(lesson.bob_user.username)


def test_the_grid_is_used_with_keys_and_on_a_tablet(lesson: Lesson) -> None:
    tablet = lesson.page(
        lesson.teacher_user, viewport={"width": 820, "height": 1180}, has_touch=True
    )
    tablet.goto(f"{lesson.server.url}/classes/{lesson.classroom}/live/")
    tile = tablet.locator(f'[data-member="{lesson.ada_user.username}"] .tile')
    tile.tap()
    expect(tablet.get_by_test_id("watch")).to_be_visible()
    assert tablet.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    teacher = lesson.teacher
    lesson.tile(lesson.ada_user, "idle")
    teacher.locator(".tile").first.focus()
    teacher.keyboard.press("ArrowRight")
    expect(teacher.locator(".tile").nth(1)).to_be_focused()
    teacher.keyboard.press("Enter")
    expect(teacher.get_by_test_id("watch").get_by_role("heading").first).to_be_focused()
    teacher.keyboard.press("Escape")
    expect(teacher.get_by_test_id("watch")).to_be_hidden()
    expect(teacher.locator(".tile").nth(1)).to_be_focused()


def test_the_page_speaks_german(lesson: Lesson) -> None:
    german = lesson.page(lesson.teacher_user, locale="de-DE")
    german.goto(f"{lesson.server.url}/classes/{lesson.classroom}/live/")
    expect(german.get_by_test_id("class-grid")).to_contain_text("Da")
    expect(german.locator("#hands-empty")).to_have_text("Niemand hat eine Frage.")
    assert serious_violations(german) == []
