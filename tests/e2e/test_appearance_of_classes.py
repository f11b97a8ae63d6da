"""How a class looks: its pages, the live grid, and what it shows in the workspace of a student.

In each theme, on a desktop, a tablet and a phone, one of them in German: axe-core finds nothing
serious, nothing is cut off or too small, and keys reach everything.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from runner.protocol.messages import Outcome
from tests.cast import SignedIn, SignedInUsers
from tests.e2e.a_school import PAGES, STARTER, School
from tests.e2e.looks import SCREENS, Looks
from tests.e2e.workspace import Workspace
from tests.product import Product, WebServer

QUESTION = "Why is my list empty?"


def give_long_name(username: str) -> None:
    """In a process of the site. FusionIIIT/Fusion#995, ISDuBA/ISDuBA#454: names leave their boxes,
    and push others away."""
    from accounts.models import User

    first, last = "Karl-Theodor Maria Nikolaus", "Donaudampfschifffahrtsgesellschaftskapitänswitwe"
    User.objects.filter(username=username).update(first_name=first, last_name=last)


@pytest.fixture(scope="module")
def site_of_school(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Product, WebServer, SignedInUsers]]:
    with Product(tmp_path_factory.mktemp("looks")) as product:
        product.migrate()
        users = SignedInUsers(product, students=100, instructors=30)
        server = product.serve()
        server.wait_until_ready()
        yield product, server, users


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def school(
    browser: Browser, site_of_school: tuple[Product, WebServer, SignedInUsers]
) -> Iterator[School]:
    school = School(browser, *site_of_school)
    school.product.call(give_long_name, school.students[1].username)
    yield school
    school.end()


def a_student_at_work(school: School, student: SignedIn) -> Workspace:
    page = school.page(student)
    school.join(page)
    workspace = school.begin(page)
    workspace.write(STARTER.replace("# your code", "return 2 * x"))
    workspace.run.click()
    workspace.wait_for_end(Outcome.COMPLETED)
    return workspace


def test_pages_of_who_teaches(school: School, screen: str) -> None:
    workspace = a_student_at_work(school, school.students[0])
    hand_in(school, workspace.page)
    looks = Looks(school.page(school.teacher_user, **SCREENS[screen]), screen)
    page = looks.page
    assignment = f"assignments/{assignment_of(workspace.page)}/"
    for path in (*PAGES, assignment, f"{assignment}edit/", f"{assignment}hand-ins/"):
        page.goto(school.url + path)
        expect(page.locator("h1").first).to_be_visible()
        looks.page_at(f"class-{path.strip('/').replace('/', '-') or 'page'}")
    page.locator("main tbody a").first.click()
    looks.page_at("class-review")
    for path in ("/classes/", "/join/", "/classes/?all"):
        page.goto(school.server.url + path)
        looks.page_at(f"pages{path.strip('/?').replace('/', '-')}")
    looks.assert_fine()


def test_the_administration_of_who_teaches(school: School, screen: str) -> None:
    workspace = a_student_at_work(school, school.students[0])
    run = workspace.state.get_attribute("data-run")
    looks = Looks(school.page(school.teacher_user, **SCREENS[screen]), screen)
    for path in (
        "accounts/classroom/",
        f"accounts/classroom/{school.classroom}/change/",
        "runner/run/",
        f"runner/run/{run}/change/",
    ):
        looks.page.goto(f"{school.server.url}/admin/{path}")
        expect(looks.page.locator("#content h1")).to_be_visible()
        looks.at(
            f"admin-{path.partition('/')[2].replace(str(run), '').strip('/').replace('/', '-')}"
        )
    looks.assert_fine()


def hand_in(school: School, page: Page) -> None:
    reader = page.context.new_page()
    reader.goto(f"{school.url}assignments/")
    reader.get_by_role("link", name="Doubling").click()
    reader.locator("form[action$='hand-in/'] button[type=submit]").click()
    expect(reader.locator("#handed-in")).to_be_visible()


def assignment_of(page: Page) -> str:
    return page.context.pages[-1].url.rstrip("/").rpartition("/")[2]


def test_pages_of_a_student(school: School, screen: str) -> None:
    student = school.students[0]
    workspace = a_student_at_work(school, student)
    hand_in(school, workspace.page)
    looks = Looks(school.page(student, **SCREENS[screen]), screen)
    for path in ("", "assignments/", f"assignments/{assignment_of(workspace.page)}/"):
        looks.page.goto(school.url + path)
        looks.page_at(f"student-{path.strip('/').replace('/', '-') or 'class'}")
    looks.assert_fine()


def test_the_live_grid_and_who_is_watched(school: School, screen: str) -> None:
    watched = a_student_at_work(school, school.students[0])
    failing = school.page(school.students[1])
    school.join(failing)
    broken = school.begin(failing)
    broken.write(STARTER.replace("# your code", "return nothing"))
    broken.run.click()
    broken.wait_for_end(Outcome.FAILED)
    raise_hand(watched.page)
    looks = Looks(school.page(school.teacher_user, **SCREENS[screen]), screen)
    page = looks.page
    page.goto(f"{school.url}live/")
    expect(page.get_by_test_id("hands").locator("li")).to_have_count(1)
    expect(page.locator('[data-state="failed"]')).to_have_count(1)
    looks.page_at("live-grid")
    page.locator(f'[data-member="{school.students[0].username}"] .tile').click()
    pane = page.get_by_test_id("watch")
    expect(pane.locator(".xterm-rows")).to_contain_text("42")
    looks.at("live-watch", pane, scrolls=True)
    watched.write("input('Name: ')\n" + STARTER.replace("# your code", "return 2 * x"))
    watched.run.click()
    watched.wait_for("Name:")
    pane.get_by_test_id("stop-run").click()
    expect(pane.get_by_test_id("stop-reason")).to_be_visible()
    looks.at("live-stop", pane, scrolls=True)
    looks.assert_fine()


def raise_hand(page: Page) -> None:
    page.get_by_test_id("raise-hand").click()
    page.get_by_test_id("hand-question").fill(QUESTION)
    page.get_by_test_id("hand-question").press("Enter")
    expect(page.locator('.class-line[data-kind="hand"]')).to_contain_text(QUESTION)


def test_what_a_class_shows_in_the_workspace(school: School, screen: str) -> None:
    school.rules(playback=True)
    page = school.page(school.students[0], **SCREENS[screen])
    school.join(page)
    workspace = school.begin(page)
    looks = Looks(page, screen)
    lines = page.locator(".class-lines")
    looks.at("work-recorded", lines)
    page.get_by_test_id("raise-hand").click()
    looks.at("work-asking", lines)
    page.get_by_test_id("hand-question").press("Escape")
    raise_hand(page)
    teacher = school.teacher
    teacher.goto(f"{school.url}live/")
    hand = teacher.get_by_test_id("hands").locator("li")
    hand.get_by_role("button", name="I am coming to you.").click()
    expect(page.locator('.class-line[data-kind="answer"]')).to_be_visible()
    workspace.write("name = input('Name: ')\n" + STARTER.replace("# your code", "return 2 * x"))
    workspace.run.click()
    workspace.wait_for("Name:")
    teacher.locator(f'[data-member="{school.students[0].username}"] .tile').click()
    pane = teacher.get_by_test_id("watch")
    expect(pane.get_by_test_id("watch-terminal").locator(".xterm-rows")).to_contain_text("Name:")
    pane.get_by_test_id("help").click()
    expect(page.get_by_test_id("allow-help")).to_be_visible()
    looks.at("work-request", lines)
    page.get_by_test_id("allow-help").click()
    expect(page.locator('.class-line[data-kind="lent"]')).to_be_visible()
    looks.at("work-lent", lines)
    looks.assert_fine()


def test_a_program_that_is_shown_to_the_class(school: School, screen: str) -> None:
    shows = a_student_at_work(school, school.students[0])
    page = school.page(school.students[1], **SCREENS[screen])
    school.join(page)
    school.begin(page)
    teacher = school.teacher
    teacher.goto(f"{school.url}live/")
    teacher.locator(f'[data-member="{school.students[0].username}"] .tile').click()
    teacher.get_by_test_id("watch").get_by_role("button", name="Show to the class").click()
    shows.page.get_by_test_id("allow-show").click()
    shown = page.get_by_test_id("shown")
    expect(shown.locator("pre")).to_contain_text("return 2 * x")
    looks = Looks(page, screen)
    looks.at("work-shown", shown)
    looks.assert_fine()
