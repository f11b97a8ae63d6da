"""Snippets: saved by themselves, found again, never lost."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.cast import PASSWORD
from tests.e2e.severable import Severable
from tests.e2e.workspace import Workspace
from tests.product import Product, WebServer

MORE_THAN_A_PAGE = 60
CREATE = """async (count) => {
    const token = document.cookie.match(/csrftoken=(\\w+)/)[1];
    const json = "application/json";
    const headers = { "Content-Type": json, Accept: json, "X-CSRFToken": token };
    for (let number = 1; number <= count; number += 1) {
        const files = [{ path: "main.py", content: `print(${number})` }];
        const snippet = { title: `Number ${number}`, language: "python", main: "main.py", files };
        await fetch("/snippets/", { method: "POST", headers, body: JSON.stringify(snippet) });
    }
}"""


def another_page(workspace: Workspace, context: BrowserContext) -> Workspace:
    """A second tab on the same snippet."""
    other = Workspace(context.new_page())
    other.page.goto(workspace.page.url)
    other.wait_for_connection()
    return other


def sign_in_by_hand(page: Page, username: str) -> None:
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("run")).to_be_visible()


@pytest.mark.smoke
def test_what_is_written_is_saved_listed_and_found(workspace: Workspace) -> None:
    page = workspace.page
    workspace.write("print('first')\n")
    workspace.wait_for_save()
    expect(page).to_have_url(re.compile(r"/snippets/\d+/$"))
    workspace.title.fill("Fibonacci, the first")
    workspace.wait_for_save("unsaved", "saving")
    workspace.wait_for_save()
    expect(workspace.list).to_contain_text("Fibonacci, the first")
    workspace.press("Alt+n")
    expect(workspace.title).to_have_value("Untitled")
    workspace.write("print('second')\n")
    workspace.wait_for_save()
    expect(workspace.list.locator("li")).to_have_count(2)
    page.get_by_label("Search your snippets").fill("fibonacci")
    expect(workspace.list.locator("li")).to_have_count(1)
    workspace.list.get_by_role("button", name="Fibonacci").first.click()
    expect(workspace.title).to_have_value("Fibonacci, the first")
    assert workspace.text() == "print('first')\n"
    workspace.reload()
    assert workspace.text() == "print('first')\n"
    expect(workspace.title).to_have_value("Fibonacci, the first")


def test_a_long_list_comes_page_by_page_and_is_searched_whole(workspace: Workspace) -> None:
    workspace.page.evaluate(CREATE, MORE_THAN_A_PAGE)
    workspace.reload()
    rows = workspace.list.locator("li")
    expect(rows).to_have_count(50)
    rows.last.scroll_into_view_if_needed()
    expect(rows).to_have_count(MORE_THAN_A_PAGE)
    workspace.page.get_by_label("Search your snippets").fill("Number 7")
    expect(rows).to_have_count(1)
    rows.get_by_role("button").first.click()
    expect(workspace.title).to_have_value("Number 7")
    assert workspace.text() == "print(7)"


def test_a_snippet_is_renamed_where_it_stands(workspace: Workspace) -> None:
    page = workspace.page
    workspace.page.evaluate(CREATE, 2)
    workspace.reload()
    name = page.get_by_label("New title")
    first, second = (workspace.list.get_by_role("button", name=f"Number {n}") for n in (1, 2))
    second.first.click()
    expect(workspace.title).to_have_value("Number 2")
    # The open one, by a double click, and with a name that does not fit first.
    second.first.dblclick()
    name.fill("n" * 300)
    expect(page.get_by_text("at most 200 characters")).to_be_visible()
    name.fill("The second")
    name.press("Enter")
    expect(workspace.title).to_have_value("The second")
    workspace.wait_for_save()
    # Another one, by keys; a title in use is no problem, for it is no path.
    first.first.focus()
    workspace.press("F2")
    name.fill("The second")
    name.press("Enter")
    expect(workspace.list.get_by_role("button", name="The second").first).to_be_visible()
    expect(workspace.list.locator(".row-title")).to_have_text(["The second", "The second"])
    # By its menu, and left by Escape.
    workspace.list.get_by_role("button", name="Actions").first.click()
    page.get_by_role("menuitem", name="Rename").click()
    name.fill("Not this")
    name.press("Escape")
    workspace.reload()
    expect(workspace.list.locator(".row-title")).to_have_text(["The second", "The second"])


def test_a_name_of_300_characters_is_refused_in_words(workspace: Workspace) -> None:
    workspace.title.fill("n" * 300)
    expect(workspace.page.get_by_text("at most 200 characters")).to_be_visible()
    workspace.press("Escape")
    expect(workspace.title).to_have_value("My first program")


def test_deleting_can_be_undone_and_copies_are_their_own(workspace: Workspace) -> None:
    page = workspace.page
    workspace.write("print('the original')\n")
    workspace.wait_for_save()
    menu = workspace.list.get_by_role("button", name="Actions")
    menu.first.click()
    page.get_by_role("menuitem", name="Duplicate").click()
    expect(workspace.list.locator("li")).to_have_count(2)
    expect(workspace.title).not_to_have_value("My first program")
    workspace.write("print('the copy')\n")
    workspace.wait_for_save()
    menu.first.click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(workspace.list.locator("li")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(workspace.list.locator("li")).to_have_count(2)
    workspace.wait_until("() => window.coderunner.getText() === \"print('the copy')\\n\"")
    workspace.list.get_by_role("button", name="My first program").last.click()
    workspace.list.locator("li").last.get_by_role("button").first.click()
    workspace.wait_until("() => window.coderunner.getText() === \"print('the original')\\n\"")


def test_two_tabs_never_lose_an_edit_silently(
    workspace: Workspace, context: BrowserContext
) -> None:
    workspace.write("print('begun')\n")
    workspace.wait_for_save()
    other = another_page(workspace, context)
    assert other.text() == "print('begun')\n"
    workspace.write("print('from the first tab')\n")
    workspace.wait_for_save()
    other.write("print('from the second tab')\n")
    other.wait_for_save("conflict")
    assert other.text() == "print('from the second tab')\n"
    other.page.get_by_role("button", name="Compare").click()
    dialog = other.page.get_by_role("dialog")
    for text in ("from the first tab", "from the second tab"):
        expect(dialog).to_contain_text(text)
    dialog.get_by_role("button", name="Save mine as a copy").click()
    other.wait_for_save()
    expect(other.list.locator("li")).to_have_count(2)
    expect(other.title).to_have_value("My first program (my version)")
    workspace.reload()
    assert workspace.text() == "print('from the first tab')\n"


def test_of_two_texts_mine_can_go_on(workspace: Workspace, context: BrowserContext) -> None:
    workspace.write("print('begun')\n")
    workspace.wait_for_save()
    other = another_page(workspace, context)
    other.write("print('theirs')\n")
    other.wait_for_save()
    workspace.write("print('mine')\n")
    workspace.wait_for_save("conflict")
    workspace.run.click()  # a conflict is no reason not to run
    workspace.wait_for("mine")
    workspace.page.get_by_role("button", name="Keep my version").click()
    workspace.wait_for_save()
    other.reload()
    other.wait_until("() => window.coderunner.getText() === \"print('mine')\\n\"")


def test_a_server_killed_while_typing_loses_nothing(
    small_product: Product, context: BrowserContext
) -> None:
    small_product.create_users("owner")
    server = small_product.serve()
    with Severable(server.port) as line:
        workspace = Workspace.open(context, line.url, server.sign_in("owner"))
        workspace.wait_for_everything()
        workspace.write("# begun\n")
        workspace.wait_for_save()
        server.process.kill()
        line.cut()
        workspace.editor.click()
        workspace.press("Control+End")
        workspace.page.keyboard.type("typed = 'while nobody listened'")
        workspace.wait_for_save("offline")
        written = workspace.text()
        assert "nobody listened" in written
        line.mend(small_product.serve().port)
        workspace.wait_for_save(seconds=30)
        workspace.wait_for_connection()
        workspace.reload()
        assert workspace.text() == written


def test_a_session_that_ends_keeps_the_text_until_somebody_signs_in(
    context: BrowserContext, site: WebServer, new_student_name: str
) -> None:
    workspace = Workspace.open(context, site.url, site.sign_in(new_student_name))
    workspace.write("print('before')\n")
    workspace.wait_for_save()
    context.clear_cookies()
    workspace.write("print('after')\n")
    workspace.wait_for_save("signed_out")
    with context.expect_page() as opened:
        workspace.page.get_by_role("link", name="Sign in").click()
    sign_in_by_hand(opened.value, new_student_name)
    workspace.wait_for_save(seconds=30)
    assert workspace.text() == "print('after')\n"
    expect(workspace.page.get_by_role("link", name="Sign in")).to_be_hidden(timeout=30_000)


@pytest.mark.smoke
def test_unsaved_text_survives_the_end_of_the_browser(
    workspace: Workspace, context: BrowserContext
) -> None:
    context.route("**/snippets/**", lambda route: route.abort())
    workspace.write("print('never reached the server')\n")
    workspace.wait_for_save("offline")
    address = workspace.page.url
    workspace.page.close(run_before_unload=False)
    context.unroute("**/snippets/**")
    again = Workspace(context.new_page())
    again.page.goto(address)
    again.wait_for_connection()
    assert again.text() == "print('never reached the server')\n"
    again.wait_for_save()
