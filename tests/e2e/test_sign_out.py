"""What is left of a user in a browser after signing out: nothing, and nothing is lost."""

import json
import re
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import OpenWorkspace
from tests.e2e.severable import Severable
from tests.e2e.workspace import Workspace
from tests.product import WebServer

LEFT = """() => [localStorage, sessionStorage].flatMap((store) =>
    Object.keys(store).filter((key) => key.startsWith("coderunner:")))"""
TEXTS = "() => Object.values(localStorage).join()"
TITLE = "Not everything is saved"


def sign_out(page: Page) -> None:
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()


def expect_signed_out(page: Page) -> None:
    expect(page).to_have_url(re.compile("/accounts/login/$"))


def traces(page: Page) -> list[str]:
    return list(page.evaluate(LEFT))


def test_programs_that_are_saved_are_removed_without_a_question(workspace: Workspace) -> None:
    workspace.start("print('a secret of mine')")
    workspace.wait_for("secret")
    workspace.wait_for_save()
    page = workspace.page
    assert "a secret of mine" in page.evaluate(TEXTS)
    workspace.write("print('typed just now')")
    opened: list[str] = []
    page.on(
        "request",
        lambda request: opened.append(request.url) if request.is_navigation_request() else None,
    )
    sign_out(page)
    expect_signed_out(page)
    assert traces(page) == []
    said = page.get_by_text("You have signed out.")
    expect(page.locator(".card").filter(has=said)).to_contain_text("Sign in")
    assert len(opened) == 1


def test_what_was_typed_just_now_is_on_the_server(
    workspace: Workspace, site: WebServer, context: BrowserContext
) -> None:
    cookies = context.cookies()
    workspace.write("print('typed just now')")
    saved: list[str] = []
    workspace.page.on(
        "request",
        lambda one: saved.append(one.post_data or "") if "/snippets/" in one.url else None,
    )
    sign_out(workspace.page)
    expect_signed_out(workspace.page)
    assert cookies
    assert any("typed just now" in body for body in saved)


def test_what_cannot_be_saved_is_asked_about(
    workspace: Workspace, context: BrowserContext, tmp_path: Path
) -> None:
    page = workspace.page
    page.route("**/snippets/**", lambda route: route.fulfill(status=503, body="{}"))
    workspace.write("print('nowhere else')")
    workspace.wait_for_save("unavailable")
    sign_out(page)
    dialog = page.get_by_role("dialog", name=TITLE)
    expect(dialog.get_by_role("listitem")).to_have_count(1)
    dialog.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_have_count(0)
    assert "nowhere else" in page.evaluate(TEXTS)
    sign_out(page)
    with page.expect_download() as begun:
        dialog.get_by_role("button", name="Download them").click()
    begun.value.save_as(tmp_path / "unsaved.zip")
    with ZipFile(tmp_path / "unsaved.zip") as found:
        (name,) = found.namelist()
        assert found.read(name) == b"print('nowhere else')"
    dialog.get_by_role("button", name="Try to save again").click()
    expect(dialog.get_by_role("listitem")).to_have_count(1)
    dialog.get_by_role("button", name="Sign out without them").click()
    expect_signed_out(page)
    assert traces(page) == []


def test_trying_again_saves(workspace: Workspace) -> None:
    page = workspace.page
    page.route("**/snippets/**", lambda route: route.fulfill(status=503, body="{}"))
    workspace.write("print('later')")
    workspace.wait_for_save("unavailable")
    sign_out(page)
    dialog = page.get_by_role("dialog", name=TITLE)
    expect(dialog).to_be_visible()
    page.unroute("**/snippets/**")
    dialog.get_by_role("button", name="Try to save again").click()
    expect_signed_out(page)
    assert traces(page) == []


def test_without_the_server_nothing_is_removed(
    workspace_on_line: Workspace, line: Severable
) -> None:
    workspace, page = workspace_on_line, workspace_on_line.page
    workspace.write("print('safe')")
    workspace.wait_for_save()
    line.cut()
    sign_out(page)
    expect(page.get_by_role("dialog", name="You are still signed in")).to_be_visible()
    assert "safe" in page.evaluate(TEXTS)


def test_other_windows_leave_too(workspace: Workspace, context: BrowserContext) -> None:
    other = Workspace(context.new_page())
    other.page.goto(workspace.page.url)
    other.wait_for_connection()
    other.write("print('in the other window')")
    sign_out(workspace.page)
    said = "You have signed out."
    elsewhere = "You have signed out in another window."
    for page, expected in ((workspace.page, said), (other.page, elsewhere)):
        expect_signed_out(page)
        expect(page.locator("main .notice")).to_have_text(expected)
        assert traces(page) == []
    for page in (workspace.page, other.page):
        page.reload()  # it is said once
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        expect(page.locator("main .notice")).to_have_count(0)


def test_from_another_page_unsaved_programs_are_saved_first(workspace: Workspace) -> None:
    page = workspace.page
    user = page.locator("details.menu .menu-head strong").text_content()
    draft = {
        "id": None,
        "version": 0,
        "share": None,
        "dirty": True,
        "at": 0,
        "content": {
            "title": "Left",
            "language": "python",
            "main": "main.py",
            "files": [{"path": "main.py", "content": "print('left behind')"}],
        },
    }
    page.goto(page.url.split("/snippets")[0].rstrip("/") + "/runs/")
    page.evaluate(
        "([key, text]) => localStorage.setItem(key, text)",
        [f"coderunner:{user}:draft:new-1", json.dumps(draft)],
    )
    with page.expect_request(lambda one: "left behind" in (one.post_data or "")):
        sign_out(page)
    expect_signed_out(page)
    assert traces(page) == []


def test_what_others_have_left_stays_theirs(workspace: Workspace) -> None:
    page = workspace.page
    page.evaluate("() => localStorage.setItem('coderunner:somebody:draft:1', 'theirs')")
    sign_out(page)
    expect_signed_out(page)
    assert traces(page) == ["coderunner:somebody:draft:1"]


def test_a_page_saves_nothing_into_the_account_of_who_signed_in_since(
    open_workspace: OpenWorkspace, site: WebServer, context: BrowserContext, new_student_name: str
) -> None:
    first = open_workspace()
    first.write("print('mine')")
    first.wait_for_save()
    context.add_cookies(site.sign_in(new_student_name).in_browser(site.url))
    first.write("print('mine as well')")
    first.wait_for_save("signed_out")
    theirs = Workspace(context.new_page())
    theirs.page.goto(site.url)
    theirs.wait_for_connection()
    expect(theirs.list.get_by_role("listitem")).to_have_count(0)
    assert "mine" not in theirs.text()


def test_a_deleted_account_leaves_nothing(workspace: Workspace, site: WebServer) -> None:
    from tests.cast import PASSWORD

    page = workspace.page
    workspace.start("while True: input()")
    workspace.wait_for_state("running")
    workspace.wait_for_save()
    user = page.locator("details.menu .menu-head strong").text_content() or ""
    other = Workspace(page.context.new_page())
    other.page.goto(site.url)
    other.wait_for_connection()
    page.goto(site.url + "/accounts/data/delete/")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.locator("[name=username]").fill(user)
    page.get_by_role("button", name="Delete the account").click()
    expect(page.get_by_role("heading", name="Your account was deleted")).to_be_visible()
    workspace.wait_until(f"() => ({LEFT})().length === 0")
    expect_signed_out(other.page)
    said = "Your account was deleted in another window."
    expect(other.page.locator("main .notice")).to_have_text(said)
    page.goto(site.url + "/accounts/login/")
    page.locator("[name=login]").fill(user)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("Wrong username or password.")).to_be_visible()
