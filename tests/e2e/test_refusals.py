"""Runs that do not begin."""

from playwright.sync_api import BrowserContext, expect

from runner.protocol.messages import Outcome
from tests.e2e.workspace import Workspace
from tests.product import Product


def test_a_site_without_executors_says_so_and_takes_the_next_run(
    product: Product, context: BrowserContext
) -> None:
    product.create_users("owner")
    server = product.web_worker()
    workspace = Workspace.open(context, server.url, server.sign_in("owner"))
    workspace.start('print("soon")')
    refusal = workspace.page.get_by_text("No machine is free")
    expect(refusal.first).to_be_visible(timeout=15_000)
    workspace.wait_for_state("idle")
    expect(workspace.run).to_be_enabled()
    product.executor()
    server.wait_until_ready()
    workspace.start('print("at", "last")')
    workspace.wait_for("at last")


def test_a_fourth_run_at_once_is_refused_in_words(
    workspace: Workspace, context: BrowserContext
) -> None:
    pages = [workspace]
    for _ in range(3):
        page = Workspace(context.new_page())
        page.page.goto(workspace.page.url)
        page.wait_for_connection()
        pages.append(page)
    for page in pages[:3]:
        page.start("input('Waiting')")
        page.wait_for("Waiting")
    pages[3].start("print('one too many')")
    pages[3].wait_for("You already have 3 programs running. Please stop")
    expect(pages[3].page.get_by_role("dialog").get_by_role("listitem")).to_have_count(3)
    pages[3].press("Escape")
    pages[3].wait_for_state("idle")
    expect(pages[3].run).to_be_enabled()
    pages[0].type("\n")
    pages[0].wait_for_end(Outcome.COMPLETED)
    pages[3].start("print('now', 'there is room')")
    pages[3].wait_for("now there is room")
