"""The history, as its owner looks through it and tidies it up."""

from playwright.sync_api import expect

from runner.protocol.messages import Outcome
from tests.e2e.workspace import Workspace


def test_a_run_is_found_by_its_end_and_deleted(workspace: Workspace) -> None:
    for source, outcome in (
        ("print('fine')", Outcome.COMPLETED),
        ("raise SystemExit(3)", Outcome.FAILED),
    ):
        workspace.start(source)
        workspace.wait_for_end(outcome)
    page = workspace.page
    page.goto(f"{page.url.partition('/snippets/')[0].rstrip('/')}/runs/")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(2)
    page.get_by_label("How it ended").select_option("failed")
    page.get_by_role("button", name="Show").click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("3")
    rows.get_by_role("link").first.click()
    page.locator("summary").filter(has_text="Delete this run").click()
    page.get_by_role("button", name="Delete this run").click()
    expect(page.get_by_text("The run is deleted.")).to_be_visible()
    expect(rows).to_have_count(1)
    assert workspace.complaints == []
