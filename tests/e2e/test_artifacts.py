"""The panel beside the terminal: what a program shows appears, stays, and can be handled."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from runner.protocol.messages import Outcome
from tests.e2e.conftest import STUDENTS
from tests.e2e.fingers import device
from tests.e2e.pages import serious_violations
from tests.e2e.shown_content import FRAMES, MANY, TWO, picture, png, showing_site
from tests.e2e.workspace import Workspace
from tests.product import WebServer


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    students = [f"student{number}" for number in range(STUDENTS)]
    with showing_site(tmp_path_factory.mktemp("artifacts"), *students) as server:
        yield server


def panel(workspace: Workspace) -> Locator:
    return workspace.page.locator("#side-panel")


def image(page: Page) -> Locator:
    return page.get_by_test_id("artifact-image")


def width_of(shown: Locator) -> int:
    """Of its content, in pixels; 0 for what is not decoded."""
    return int(shown.evaluate("image => image.naturalWidth"))


def run(workspace: Workspace, program: str) -> None:
    workspace.start(program)
    workspace.wait_for_end(Outcome.COMPLETED)


def forgive(workspace: Workspace) -> None:
    """The browser tells the script that it refused, and the frame that was replaced too soon."""
    refused = re.compile("Blocked script execution|status of 404")
    workspace.complaints = [said for said in workspace.complaints if not refused.search(said)]


def place(workspace: Workspace) -> Locator:
    return workspace.page.locator(".artifact-place")


def test_a_picture_appears_and_stays_after_a_reload_and_in_the_history(
    workspace: Workspace, site: WebServer
) -> None:
    workspace.start(TWO)
    expect(image(workspace.page)).to_be_visible()
    workspace.wait_for_end(Outcome.COMPLETED)
    expect(workspace.page.get_by_test_id("artifact-name")).to_have_text("second.png")
    assert width_of(image(workspace.page)) == 80
    # The focus stays where the program may ask for something.
    assert workspace.terminal.evaluate("pane => pane.contains(document.activeElement)")
    workspace.reload()
    expect(image(workspace.page)).to_be_visible()
    expect(place(workspace)).to_have_text("2 of 2")
    workspace.page.goto(f"{site.url}/runs/")
    workspace.page.locator("table a").first.click()
    results = workspace.page.get_by_test_id("run-results")
    expect(image(workspace.page)).to_be_visible()
    assert width_of(image(workspace.page)) == 64
    results.get_by_test_id("artifact-next").click()
    expect(results.get_by_test_id("artifact-name")).to_have_text("second.png")


def test_keys_go_on_enlarge_and_lead_back(workspace: Workspace) -> None:
    run(workspace, TWO)
    workspace.press("Alt+r")
    expect(panel(workspace)).to_be_hidden()
    workspace.editor.click()
    workspace.press("Alt+r")
    expect(panel(workspace)).to_be_visible()
    expect(workspace.page.locator(".artifact-scroll")).to_be_focused()
    workspace.press("ArrowLeft")
    expect(place(workspace)).to_have_text("1 of 2")
    expect(panel(workspace).locator("[role=status]").last).to_have_text("Picture 1 of 2: first.png")
    workspace.press("+")
    workspace.press("+")
    expect(workspace.page.get_by_test_id("artifact-scale")).to_have_text("200 %")
    expect(image(workspace.page)).to_have_css("width", "128px")
    workspace.press("0")
    expect(workspace.page.get_by_test_id("artifact-scale")).to_have_attribute(
        "aria-pressed", "true"
    )
    workspace.press("Escape")
    assert workspace.terminal.evaluate("pane => pane.contains(document.activeElement)")


def test_it_stays_closed_for_the_run_for_which_it_was_closed(workspace: Workspace) -> None:
    workspace.start(f"{TWO}input()\nshow({picture(30, 30)})\nprint('third')\n")
    workspace.wait_for("both are shown")
    expect(image(workspace.page)).to_be_visible()
    workspace.page.get_by_test_id("side-close").click()
    workspace.type("\n")
    workspace.wait_for("third")
    toggle = workspace.page.get_by_test_id("side-toggle")
    expect(toggle).to_have_text("Results (3)")
    expect(panel(workspace)).to_be_hidden()
    workspace.wait_for_end(Outcome.COMPLETED)
    workspace.reload()
    expect(toggle).to_have_text("Results (3)")
    expect(panel(workspace)).to_be_hidden()
    run(workspace, TWO)
    expect(image(workspace.page)).to_be_visible()


def test_a_run_that_shows_nothing_takes_them_away(workspace: Workspace) -> None:
    run(workspace, TWO)
    expect(image(workspace.page)).to_be_visible()
    workspace.start("input('wait ')")
    workspace.wait_for("wait")
    expect(workspace.page.get_by_text("From the run before")).to_be_visible()
    workspace.type("\n")
    workspace.wait_for_end(Outcome.COMPLETED)
    expect(panel(workspace)).to_be_hidden()
    expect(workspace.page.get_by_test_id("side-toggle")).to_be_hidden()


def test_frames_of_an_animation_replace_each_other(workspace: Workspace) -> None:
    run(workspace, FRAMES)
    expect(image(workspace.page)).to_have_js_property("naturalWidth", 20)
    expect(place(workspace)).to_have_text("")
    expect(workspace.page.get_by_test_id("side-tab-artifacts")).to_have_text("Results (1)")
    forgive(workspace)


def test_each_kind_is_shown_as_what_it_is(workspace: Workspace) -> None:
    run(workspace, MANY)
    page = workspace.page
    previous = page.get_by_test_id("artifact-previous")
    expect(page.get_by_test_id("artifact-sound")).to_have_js_property("duration", 1)
    previous.click()
    frame = page.get_by_test_id("artifact-frame")
    expect(frame).to_have_attribute("sandbox", "")
    expect(frame.content_frame.get_by_role("heading")).to_have_text("Hello")
    previous.click()
    table = page.get_by_test_id("artifact-table")
    expect(table.get_by_role("cell")).to_have_text(["Ada" + "parent.hit = 1", "=1+1"])
    expect(table.get_by_role("rowheader")).to_have_text(["0", "1"])
    assert page.evaluate("() => window.hit") is None
    assert "changed" not in page.title()
    previous.click()
    expect(image(page)).to_be_visible()
    forgive(workspace)


def test_it_is_saved_under_its_name(workspace: Workspace) -> None:
    run(workspace, TWO)
    with workspace.page.expect_download() as download:
        workspace.page.get_by_test_id("artifact-download").click()
    assert download.value.suggested_filename == "second.png"
    assert download.value.path().read_bytes() == png(80, 48, 200)


def test_a_picture_is_copied(workspace: Workspace, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    run(workspace, TWO)
    expect(image(workspace.page)).to_be_visible()
    workspace.page.get_by_test_id("artifact-copy").click()
    expect(workspace.page.locator(".artifact-said")).to_have_text("Copied")
    types = "async () => (await navigator.clipboard.read())[0].types"
    assert workspace.page.evaluate(types) == ["image/png"]


def test_a_replay_shows_it_when_it_came(workspace: Workspace, site: WebServer) -> None:
    program = f"import time\nprint('begins')\ntime.sleep(1.5)\n{TWO}"
    run(workspace, program)
    page = workspace.page
    page.goto(f"{site.url}/runs/")
    page.locator("table a").first.click()
    expect(image(page)).to_be_visible()
    page.get_by_test_id("replay").click()
    expect(page.locator(".replay-marks i")).to_have_count(2)
    expect(image(page)).to_be_hidden()  # until it comes
    expect(image(page)).to_be_visible()
    expect(page.get_by_test_id("artifact-name")).to_have_text("second.png")
    page.get_by_test_id("replay-screen").press("0")
    expect(image(page)).to_be_hidden()


def test_who_watches_sees_it_as_well(workspace: Workspace, site: WebServer) -> None:
    workspace.start(f"{TWO}input()\n")
    workspace.wait_for("both are shown")
    run_id = workspace.state.get_attribute("data-run")
    page = workspace.page.context.new_page()
    page.goto(f"{site.url}/runs/{run_id}/")
    expect(image(page)).to_be_visible()
    page.close()


def test_on_a_phone_it_is_a_sheet(browser: Browser, site: WebServer) -> None:
    with device(browser, "Pixel 7") as context:
        workspace = Workspace.open(context, site.url, site.sign_in("student19"))
        workspace.start(TWO)
        expect(image(workspace.page)).to_be_visible()
        workspace.wait_for_end(Outcome.COMPLETED)
        screen = workspace.page.locator("#terminal-frame").bounding_box()
        sheet = panel(workspace).bounding_box()
        assert screen is not None
        assert sheet is not None
        # It lies over the terminal, whose first lines stay visible.
        assert screen["y"] + 60 < sheet["y"] < screen["y"] + screen["height"]
        workspace.reload()
        workspace.page.locator("#show-terminal").tap()
        expect(image(workspace.page)).to_be_visible()
        workspace.page.get_by_test_id("side-close").tap()
        expect(panel(workspace)).to_be_hidden()
        workspace.page.get_by_test_id("side-toggle").tap()
        expect(image(workspace.page)).to_be_visible()


def test_everybody_can_use_it(workspace: Workspace) -> None:
    run(workspace, MANY)
    page = workspace.page
    page.emulate_media(reduced_motion="reduce")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for number in range(1, 5):
            page.locator(".artifact-toolbar button").first.press("End" if number == 1 else "PageUp")
            assert serious_violations(page) == []
    forgive(workspace)
