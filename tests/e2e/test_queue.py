"""Waiting for a free place: a student sees how long the line is."""

from playwright.sync_api import BrowserContext, expect

from runner.protocol.messages import Outcome
from tests.e2e.workspace import Workspace
from tests.product import Product

NEXT = "Waiting for a free machine. You are next."


def test_the_place_in_the_line_is_shown_and_moves(
    small_product: Product, context: BrowserContext
) -> None:
    small_product.create_users("owner")
    server = small_product.serve("--capacity", "1")
    server.wait_until_ready()
    busy = Workspace.open(context, server.url, server.sign_in("owner"))
    busy.start("input('Busy')")
    busy.wait_for("Busy")
    waiting = []
    for sentence in (NEXT, "Waiting for a free machine. Position in the queue: 2."):
        workspace = Workspace(context.new_page())
        workspace.page.goto(server.url)
        workspace.wait_for_connection()
        workspace.start("input('My turn')")
        workspace.wait_for_state("queued")
        expect(workspace.page.locator("#status")).to_have_text(sentence)
        expect(workspace.state).to_have_text("Queued")
        waiting.append(workspace)
    first, second = waiting
    busy.stop.click()
    first.wait_for("My turn")
    first.wait_for_state("running")
    expect(second.page.locator("#status")).to_have_text(NEXT, timeout=15_000)
    second.stop.click()  # also who waits may change his mind
    second.wait_for_end(Outcome.STOPPED)
    second.wait_for("You stopped your program")
    first.stop.click()
    first.wait_for_end(Outcome.STOPPED)
    assert [page.complaints for page in (busy, *waiting)] == [[], [], []]
