"""A class at work in four browsers: joining, starter code, rules, exams, playback, its pages."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from runner.protocol.messages import Outcome
from tests.cast import SignedIn, SignedInUsers
from tests.e2e.pages import serious_violations
from tests.e2e.test_every_control import UNREACHABLE
from tests.e2e.workspace import Workspace
from tests.product import Product, WebServer

STARTER = "def twice(x):\n    # your code\n\nprint(twice(21))\n"
PASTED = "# from another page, and long enough to be seen by everybody who looks\n" * 4
IS_RECORDING = """() => performance.getEntriesByType("resource")
    .some(({ name }) => /writing_sender.*js/.test(name))"""
NO_NAME = """() => [...document.querySelectorAll("main button, main a[href], main input")]
    .filter((one) => one.checkVisibility() && one.type !== "hidden")
    .filter((one) => !(one.textContent.trim() || one.ariaLabel || one.labels?.length
        || one.placeholder || one.title))
    .map((one) => one.outerHTML.slice(0, 120))"""


def make_class(teacher: str) -> int:
    """In a process of the site: the id of a new class with an assignment."""
    from accounts.models import Classroom, Membership, Role, User
    from runner.models import Assignment

    User.objects.filter(username=teacher).update(is_staff=False)
    classroom = Classroom.objects.create(name="7b")
    user = User.objects.get(username=teacher)
    Membership.objects.create(classroom=classroom, user=user, role=Role.INSTRUCTOR)
    files = [{"path": "main.py", "content": STARTER}]
    Assignment.objects.create(
        classroom=classroom, title="Doubling", language="python", main="main.py",
        files=files, locked="1, 4", published=True,
    )  # fmt: skip
    return classroom.pk


def set_rules(
    classroom: int, exam_hours: tuple[int, int] | None, fields: dict[str, object]
) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from accounts.models import ClassRules

    times: list[Any] = [None, None]
    if exam_hours:
        times = [timezone.now() + timedelta(hours=hours) for hours in exam_hours]
    fields |= {"exam_starts_at": times[0], "exam_ends_at": times[1]}
    ClassRules.objects.update_or_create(classroom_id=classroom, defaults=fields)


class School:
    def __init__(self, browser: Browser, product: Product, server: WebServer, users: Any) -> None:
        self.product, self.server = product, server
        self._browser, self._contexts = browser, list[BrowserContext]()
        self.teacher_user: SignedIn = users.instructor()
        self.students: list[SignedIn] = [users.student() for _ in range(3)]
        self.classroom: int = product.call(make_class, self.teacher_user.username)
        self.url = f"{server.url}/classes/{self.classroom}/"
        self.teacher = self.page(self.teacher_user)

    def page(self, user: SignedIn, **options: Any) -> Page:
        context = self._browser.new_context(
            **{"viewport": {"width": 1280, "height": 800}} | options
        )
        context.set_default_timeout(30_000)
        context.add_cookies(user.in_browser(self.server.url))
        self._contexts.append(context)
        return context.new_page()

    def rules(self, exam_hours: tuple[int, int] | None = None, **fields: object) -> None:
        self.product.call(set_rules, self.classroom, exam_hours, fields)

    def join(self, page: Page) -> None:
        """By the code that the teacher reads aloud."""
        self.teacher.goto(self.url)
        if not self.teacher.get_by_test_id("join-code").count():
            self.teacher.get_by_role("button", name="New code").click()
        code = self.teacher.get_by_test_id("join-code").inner_text()
        page.goto(f"{self.server.url}/join/")
        page.locator("input[name=code]").fill(code)
        page.locator("input[name=code]").press("Enter")
        expect(page).to_have_url(self.url)

    def begin(self, page: Page) -> Workspace:
        page.goto(f"{self.url}assignments/")
        page.get_by_role("link", name="Doubling").click()
        page.get_by_role("button", name=re.compile("Begin|Start", re.IGNORECASE)).click()
        page.wait_for_url(re.compile(r"/snippets/\d+/"))
        workspace = Workspace(page)
        workspace.wait_for_connection()
        if not page.locator("#class-choice").is_visible():
            page.get_by_role("button", name="Snippets", exact=True).tap()  # on phones it is there
        page.locator("#class-choice").select_option(str(self.classroom))
        expect(page.get_by_test_id("raise-hand")).to_be_visible()
        return workspace

    def end(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture(scope="module")
def site_of_school(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Product, WebServer, SignedInUsers]]:
    with Product(tmp_path_factory.mktemp("school")) as product:
        product.migrate()
        users = SignedInUsers(product, students=40, instructors=10)
        server = product.serve()
        server.wait_until_ready()
        yield product, server, users


@pytest.fixture
def school(
    browser: Browser, site_of_school: tuple[Product, WebServer, SignedInUsers]
) -> Iterator[School]:
    school = School(browser, *site_of_school)
    yield school
    school.end()


def text_of(workspace: Workspace) -> str:
    return workspace.text()


def test_four_browsers_join_begin_and_keep_the_locked_lines(school: School) -> None:
    for student in school.students:
        page = school.page(student)
        school.join(page)
        workspace = school.begin(page)
        workspace.wait_for_everything()
        assert text_of(workspace) == STARTER
        workspace.write(STARTER.replace("# your code", "return 2 * x"))
        mended = text_of(workspace)
        workspace.write(mended.replace("twice(21)", "42"))
        workspace.wait_until("text => window.coderunner.getText() === text", mended)
        workspace.run.click()
        workspace.wait_for("42")
        workspace.wait_for_end(Outcome.COMPLETED)
    school.teacher.goto(f"{school.url}members/")
    for student in school.students:
        expect(school.teacher.locator("tbody")).to_contain_text(student.username)


def test_a_phones_editor_keeps_them_too(school: School) -> None:
    phone = school.page(
        school.students[0], viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    school.join(phone)
    workspace = school.begin(phone)
    phone.get_by_role("button", name="Code", exact=True).tap()
    expect(workspace.editor.locator(".cm-content")).to_be_visible()
    workspace.write(STARTER.replace("def twice(x):", "def other(x):"))
    workspace.wait_until("text => window.coderunner.getText() === text", STARTER)


def test_an_exam_is_switched_on_and_off(school: School) -> None:
    page = school.page(school.students[0])
    school.join(page)
    page.goto(school.server.url)
    workspace = Workspace(page)
    workspace.wait_for_connection()
    workspace.start("print('before')\n")
    workspace.wait_for_end(Outcome.COMPLETED)
    workspace.wait_for_save()
    school.rules((0, 1), exam_hides_old_code=True)
    page.goto(f"{school.server.url}/snippets/")
    expect(page.locator("main")).not_to_contain_text("before")
    page.goto(f"{school.server.url}/runs/")
    expect(page.locator("main tbody")).to_have_count(0)
    page.goto(school.server.url)
    workspace.wait_for_connection()
    expect(page.locator("#class-choice")).to_have_value(str(school.classroom))
    school.rules((-2, -1))
    page.goto(f"{school.server.url}/runs/")
    expect(page.locator("main tbody tr")).to_have_count(1)


def test_writing_is_recorded_and_played_back(school: School) -> None:
    school.rules(playback=True)
    page = school.page(school.students[0])
    school.join(page)
    workspace = school.begin(page)
    expect(page.locator('.class-line[data-kind="recorded"]')).to_be_visible()
    workspace.wait_until(IS_RECORDING)
    workspace.write(STARTER.replace("# your code", "return 2 * x") + PASTED)
    with page.expect_response(lambda answer: "/writing/" in answer.url) as kept:
        workspace.run.click()
    assert kept.value.ok
    workspace.wait_for_end(Outcome.COMPLETED)
    run = workspace.state.get_attribute("data-run")
    for reader in (page, school.teacher):
        reader.goto(f"{school.server.url}/runs/{run}/")
        reader.get_by_test_id("writing").click()
        writing = reader.locator("#writing")
        expect(writing.locator("pre")).to_contain_text("return 2 * x", timeout=30_000)
        expect(writing).to_contain_text("characters pasted into main.py from outside")
        assert serious_violations(reader) == []


PAGES = ("", "members/", "members/list/", "runs/", "assignments/", "assignments/new/", "figures/",
         "rules/", "settings/", "live/")  # fmt: skip


LOOKS: list[dict[str, Any]] = [
    {},
    {"viewport": {"width": 820, "height": 1180}},
    {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "locale": "de-DE"},
]


@pytest.mark.parametrize("options", LOOKS)
def test_every_page_of_a_class_is_reachable_and_true(
    school: School, options: dict[str, Any]
) -> None:
    student = school.page(school.students[0])
    school.join(student)
    workspace = school.begin(student)
    workspace.write(STARTER.replace("# your code", "return 2 * x"))
    workspace.run.click()
    workspace.wait_for_end(Outcome.COMPLETED)
    page = school.page(school.teacher_user, **options)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in PAGES:
        page.goto(school.url + path)
        expect(page.locator("h1").first).to_be_visible()
        if path == "figures/":
            expect(page.locator(".chart canvas").first).to_be_visible()
        assert page.evaluate(UNREACHABLE) == [], path
        assert page.evaluate(NO_NAME) == [], path
        assert serious_violations(page) == [], path
        width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert width <= 0, path
    assert complaints == []
