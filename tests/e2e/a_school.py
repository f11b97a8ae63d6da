"""A class with a teacher and students, each in a browser of their own."""

import re
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast import SignedIn
from tests.e2e.workspace import Workspace
from tests.product import Product, WebServer

STARTER = "def twice(x):\n    # your code\n\nprint(twice(21))\n"
# Of a class, for who teaches it.
PAGES = ("", "members/", "members/list/", "runs/", "assignments/", "assignments/new/", "figures/",
         "rules/", "settings/", "live/")  # fmt: skip


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
        page.locator("form[action$='/begin/'] button").click()
        page.wait_for_url(re.compile(r"/snippets/\d+/"))
        workspace = Workspace(page)
        workspace.wait_for_connection()
        if not page.locator("#class-choice").is_visible():
            # On narrow screens the list of snippets, which has it, is opened first.
            page.locator("#show-snippets, [data-command=sidebar]").locator("visible=true").click()
        page.locator("#class-choice").select_option(str(self.classroom))
        expect(page.get_by_test_id("raise-hand")).to_be_visible()
        return workspace

    def end(self) -> None:
        for context in self._contexts:
            context.close()
