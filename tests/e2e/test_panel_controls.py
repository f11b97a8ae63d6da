"""Every control of the panels for results and files: each is named here, and used."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, expect

from runner.protocol.messages import Outcome
from tests.e2e.conftest import STUDENTS
from tests.e2e.shown_content import TWO, png, showing_site
from tests.e2e.test_program_files import a_file, add, downloaded, row
from tests.e2e.workspace import Workspace
from tests.product import WebServer

Use = Callable[[Workspace, Locator], None]
# What can be pressed or typed into, each by its name, and what has none.
NAMES = """part => [...part.querySelectorAll(
        "button, a[href], input:not([hidden]), select, summary, [tabindex='0']")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => one.dataset.testid || one.id || one.classList[0] || one.outerHTML)"""
UNNAMED = """part => [...part.querySelectorAll("button, a[href], input:not([hidden]), select")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => !(one.ariaLabel || one.textContent.trim() || one.labels?.length))
    .map((one) => one.outerHTML)"""
WRITES = """from coderunner import show
open("one.txt", "w").write("1")
open("two.txt", "w").write("2")
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    students = [f"student{number}" for number in range(STUDENTS)]
    with showing_site(tmp_path_factory.mktemp("panels"), *students) as server:
        yield server


def assert_each_is_used(workspace: Workspace, part: Locator, uses: dict[str, Use]) -> None:
    """In their order; the last ones may close it."""
    assert set(part.evaluate(NAMES)) == set(uses)
    assert part.evaluate(UNNAMED) == []
    for name, use in uses.items():
        use(workspace, part.locator(f"[data-testid={name}], #{name}, .{name}").first)


def place(workspace: Workspace) -> Locator:
    return workspace.page.locator(".artifact-place")


def scale(workspace: Workspace) -> Locator:
    return workspace.page.get_by_test_id("artifact-scale")


def previous(workspace: Workspace, button: Locator) -> None:
    button.click()
    expect(place(workspace)).to_have_text("1 of 2")


def following(workspace: Workspace, button: Locator) -> None:
    button.click()
    expect(place(workspace)).to_have_text("2 of 2")


def larger(workspace: Workspace, button: Locator) -> None:
    before = scale(workspace).inner_text()
    button.click()
    expect(scale(workspace)).not_to_have_text(before)
    expect(scale(workspace)).to_have_attribute("aria-pressed", "false")


def smaller(workspace: Workspace, button: Locator) -> None:
    larger(workspace, button)


def fit(workspace: Workspace, button: Locator) -> None:
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def copy(workspace: Workspace, button: Locator) -> None:
    button.click()
    expect(workspace.page.locator(".artifact-said")).to_have_text("Copied")


def save(workspace: Workspace, button: Locator) -> None:
    assert downloaded(workspace, button) == png(80, 48, 200)


def whole(workspace: Workspace, button: Locator) -> None:
    panel = workspace.page.locator("#side-panel")
    button.click()
    expect(panel).to_have_attribute("data-whole", "true")
    button.click()
    expect(panel).not_to_have_attribute("data-whole", "true")


def scroll(workspace: Workspace, area: Locator) -> None:
    area.press("ArrowLeft")
    expect(place(workspace)).to_have_text("1 of 2")
    area.press("ArrowRight")
    expect(place(workspace)).to_have_text("2 of 2")


def tab(workspace: Workspace, button: Locator) -> None:
    button.click()
    expect(button).to_have_attribute("aria-selected", "true")


def close(workspace: Workspace, button: Locator) -> None:
    button.click()
    expect(workspace.page.locator("#side-panel")).to_be_hidden()


RESULTS: dict[str, Use] = {
    "artifact-previous": previous,
    "artifact-next": following,
    "artifact-larger": larger,
    "artifact-smaller": smaller,
    "artifact-scale": fit,
    "artifact-copy": copy,
    "artifact-download": save,
    "artifact-scroll": scroll,
    "side-whole": whole,
    "side-tab-artifacts": tab,
    "side-close": close,
}


def test_each_control_of_the_results_does_what_it_says(workspace: Workspace) -> None:
    workspace.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    workspace.start(TWO)
    workspace.wait_for_end(Outcome.COMPLETED)
    expect(place(workspace)).to_have_text("2 of 2")
    assert_each_is_used(workspace, workspace.page.locator("#side-panel"), RESULTS)
    bar = workspace.page.locator(".side-splitter")
    workspace.page.get_by_test_id("side-toggle").click()
    before = bar.get_attribute("aria-valuenow")
    bar.press("ArrowUp")
    bar.press("ArrowLeft")
    expect(bar).not_to_have_attribute("aria-valuenow", str(before))


# --- Files ---------------------------------------------------------------------------------------
def show(workspace: Workspace, button: Locator) -> None:
    button.click()
    preview = workspace.page.get_by_test_id("file-preview")
    expect(preview).to_be_visible()
    workspace.press("Escape")
    expect(preview).to_be_hidden()


def get_file(workspace: Workspace, link: Locator) -> None:
    assert downloaded(workspace, link) in (b"1", b"2", b"\0\1")


def to_snippet(workspace: Workspace, button: Locator) -> None:
    button.click()
    beside = row(workspace, "data-files", "one.txt")
    expect(beside.get_by_test_id("data-kept")).to_have_attribute("aria-pressed", "false")


def keep(workspace: Workspace, button: Locator) -> None:
    button.click()
    beside = row(workspace, "data-files", "one.txt")
    expect(beside.get_by_test_id("data-kept")).to_have_attribute("aria-pressed", "true")


def keep_changes(workspace: Workspace, button: Locator) -> None:
    before = button.get_attribute("aria-pressed")
    after = "false" if before == "true" else "true"
    for state in (after, str(before)):
        button.click()
        expect(button).to_have_attribute("aria-pressed", state)


def get_all(workspace: Workspace, link: Locator) -> None:
    assert downloaded(workspace, link).startswith(b"PK")


def choose(workspace: Workspace, button: Locator) -> None:
    with workspace.page.expect_file_chooser() as chosen:
        button.click()
    assert chosen.value.is_multiple()


def unpack(workspace: Workspace, box: Locator) -> None:
    box.uncheck()
    workspace.page.get_by_test_id("files-input").set_input_files(a_file("x.zip", b"PK"))
    expect(row(workspace, "data-files", "x.zip")).to_be_visible()


def rename(workspace: Workspace, button: Locator) -> None:
    button.click()
    field = workspace.page.get_by_label("New name")
    expect(field).to_be_focused()
    field.fill("renamed.bin")
    workspace.page.get_by_role("dialog").locator("[type=submit]").click()
    expect(row(workspace, "data-files", "renamed.bin")).to_be_visible()


def remove(workspace: Workspace, button: Locator) -> None:
    rows = workspace.page.get_by_test_id("data-files").locator("li")
    count = rows.count()
    button.click()
    expect(rows).to_have_count(count - 1)


FILES: dict[str, Use] = {
    "files-name": show,
    "file-download": get_file,
    "file-to-snippet": to_snippet,
    "file-keep": keep,
    "files-zip": get_all,
    "files-add": choose,
    "files-add-folder": choose,
    "files-unpack": unpack,
    "data-kept": keep_changes,
    "data-rename": rename,
    "data-remove": remove,
}


def test_each_control_of_the_files_does_what_it_says(workspace: Workspace) -> None:
    workspace.write(WRITES)
    workspace.wait_for_save()
    add(workspace, a_file("data.bin", b"\0\1"))
    expect(row(workspace, "data-files", "data.bin")).to_be_visible()
    workspace.run.click()
    workspace.wait_for_end(Outcome.COMPLETED)
    expect(row(workspace, "written-files", "two.txt")).to_be_visible(timeout=20_000)
    assert_each_is_used(workspace, workspace.page.get_by_test_id("files"), FILES)


def test_files_of_a_program_that_runs_are_fetched(workspace: Workspace) -> None:
    workspace.start('open("now.txt", "w").write("1")\ninput("? ")\n')
    workspace.wait_for("?")
    workspace.press("F1")
    workspace.page.locator(".palette-field").fill("Files of the program")
    workspace.press("Enter")
    workspace.page.get_by_test_id("files-get").click()
    expect(row(workspace, "written-files", "now.txt")).to_be_visible(timeout=20_000)
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)
