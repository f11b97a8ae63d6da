"""How results, files and windows of programs look, on three screens and in each theme."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from runner.protocol.messages import Outcome
from tests.e2e.looks import SCREENS, Looks
from tests.e2e.shown_content import MANY, picture, showing_site
from tests.e2e.test_program_files import a_file
from tests.e2e.test_windows import LOADS, TURTLE, window
from tests.e2e.workspace import Workspace
from tests.product import WebServer
from tests.screens.viewer import requires_screen

STUDENTS = [f"student{number}" for number in range(30)]
KINDS = ("plot", "table", "page", "sound")
# More than fits beside the terminal, and names that are long.
WRITES = f"""import os
os.makedirs("results of the second experiment")
os.symlink("/etc/passwd", "a link to something else")
for name in ("table.csv", "results of the second experiment/measurements of monday morning.csv"):
    open(name, "w").write("city;inhabitants\\nKöln;1024\\nBonn;331\\n")
open("picture.png", "wb").write({picture()})
print("written")
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    with showing_site(tmp_path_factory.mktemp("looks"), *STUDENTS) as server:
        yield server


@pytest.fixture(scope="module")
def students() -> Iterator[str]:
    return iter(STUDENTS)


@pytest.fixture(params=SCREENS)
def looks(
    request: pytest.FixtureRequest, browser: Browser, site: WebServer, students: Iterator[str]
) -> Iterator[tuple[Workspace, Looks]]:
    options: dict[str, Any] = SCREENS[request.param]
    context = browser.new_context(**options)
    context.set_default_timeout(20_000)
    workspace = Workspace.open(context, site.url, site.sign_in(next(students)))
    yield workspace, Looks(workspace.page, request.param)
    context.close()


def panel(workspace: Workspace) -> Locator:
    return workspace.page.locator("#side-panel")


def test_results(looks: tuple[Workspace, Looks], site: WebServer) -> None:
    workspace, seen = looks
    page = workspace.page
    workspace.start(MANY)
    workspace.wait_for_end(Outcome.COMPLETED)
    name, stage = page.get_by_test_id("artifact-name"), page.locator(".artifact-stage")
    for kind in reversed(KINDS):
        expect(name).to_contain_text(kind)
        expect(stage).not_to_have_attribute("data-state", "loading")
        seen.at(f"result-{kind}", panel(workspace))
        if kind != KINDS[0]:
            page.get_by_test_id("artifact-previous").click()
    run = workspace.state.get_attribute("data-run")
    page.goto(f"{site.url}/runs/{run}/")
    expect(page.get_by_test_id("artifact-image")).to_be_visible()
    seen.at("results-of-a-run", page.get_by_test_id("run-results"), scrolls=True)
    seen.assert_fine()


def test_files(looks: tuple[Workspace, Looks], site: WebServer) -> None:
    workspace, seen = looks
    page = workspace.page
    workspace.start(WRITES)
    workspace.wait_for_end(Outcome.COMPLETED)
    files = page.get_by_test_id("written-files")
    expect(files.locator("li")).to_have_count(3)
    expect(page.get_by_test_id("files-notices").locator("p")).to_have_count(1)
    page.get_by_test_id("files-input").set_input_files([a_file("data.bin", b"\0\1\2")])
    expect(page.get_by_test_id("data-files").locator("li")).to_have_count(1)
    seen.at("files", panel(workspace))
    for name in ("table.csv", "picture.png"):
        files.locator(f'[data-name="{name}"] .files-name').click()
        preview = page.get_by_test_id("file-preview")
        expect(preview).to_be_visible()
        seen.at(f"preview-{name}", page.locator("dialog[open]"))
        page.keyboard.press("Escape")
        expect(preview).to_be_hidden()
    run = workspace.state.get_attribute("data-run")
    page.goto(f"{site.url}/runs/{run}/")
    expect(page.get_by_test_id("file-notice")).to_be_visible()
    seen.at("files-of-a-run", page.get_by_test_id("run-results"), scrolls=True)
    seen.assert_fine()


@requires_screen
def test_windows(looks: tuple[Workspace, Looks]) -> None:
    workspace, seen = looks
    workspace.start(TURTLE)
    expect(window(workspace)).to_be_visible(timeout=LOADS)
    workspace.wait_for("drawn", seconds=30)
    seen.at("window", panel(workspace))
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)
    seen.at("window-ended", panel(workspace))
    seen.assert_fine()
