"""A class at work in four browsers: joining, starter code, rules, exams, playback, its pages."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from runner.protocol.messages import Outcome
from tests.cast import SignedInUsers
from tests.e2e.a_school import PAGES, STARTER, School
from tests.e2e.pages import serious_violations
from tests.e2e.test_every_control import UNREACHABLE
from tests.e2e.workspace import Workspace
from tests.product import Product, WebServer

PASTED = "# from another page, and long enough to be seen by everybody who looks\n" * 4
IS_RECORDING = """() => performance.getEntriesByType("resource")
    .some(({ name }) => /writing_sender.*js/.test(name))"""
NO_NAME = """() => [...document.querySelectorAll("main button, main a[href], main input")]
    .filter((one) => one.checkVisibility() && one.type !== "hidden")
    .filter((one) => !(one.textContent.trim() || one.ariaLabel || one.labels?.length
        || one.placeholder || one.title))
    .map((one) => one.outerHTML.slice(0, 120))"""


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
        expect(page.locator(".view-overlays .locked-line")).to_have_count(2)
        expect(page.locator(".margin .locked-sign")).to_have_count(2)
        workspace.write(STARTER.replace("# your code", "return 2 * x"))
        mended = text_of(workspace)
        workspace.write(mended.replace("twice(21)", "42"))
        workspace.wait_until("text => window.coderunner.getText() === text", mended)
        workspace.run.click()
        expect(page.get_by_test_id("run-class")).to_have_text("7b")
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
    lines = workspace.editor.locator(".cm-line.locked-line")
    expect(lines).to_have_text(["def twice(x):", "print(twice(21))"])
    expect(lines.first).to_have_attribute("title", re.compile("belong to the assignment"))
    expect(workspace.editor.locator(".cm-lineNumbers .locked-sign")).to_have_count(2)
    expect(workspace.editor.get_by_role("textbox")).to_have_accessible_name(
        re.compile("Locked lines: 1, 4")
    )
    workspace.write(f"import math\n{STARTER}")  # they move with their text
    expect(lines).to_have_text(["def twice(x):", "print(twice(21))"])
    expect(workspace.editor.get_by_role("textbox")).to_have_accessible_name(
        re.compile("Locked lines: 2, 5")
    )


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
        expect(reader.get_by_test_id("run-class")).to_have_text("class 7b")
        reader.get_by_test_id("writing").click()
        writing = reader.locator("#writing")
        expect(writing.locator("pre")).to_contain_text("return 2 * x", timeout=30_000)
        expect(writing).to_contain_text("characters pasted into main.py from outside")
        assert serious_violations(reader) == []


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
