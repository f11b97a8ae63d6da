"""What is found in a file goes where the file goes: under its new name, or away with it."""

from playwright.sync_api import expect

from tests.e2e import surfaces
from tests.e2e.problem_scenarios import LOADS
from tests.e2e.workspace import Workspace

WRONG = b"print('text'.no_such_method())\n"


def test_problems_of_a_renamed_and_of_a_removed_file(workspace: Workspace) -> None:
    """microsoft/pylance-release#7010: those of the old name stayed."""
    page = workspace.page
    workspace.wait_for_everything()
    workspace.write("import helper\nprint(missing)\n")
    page.locator("#upload").set_input_files(
        {"name": "helper.py", "mimeType": "text/plain", "buffer": WRONG}
    )
    tab = page.get_by_role("tab", name="helper.py")
    expect(tab).to_have_attribute("aria-selected", "true")
    surfaces.by_command(workspace, "check_types")
    surfaces.by_command(workspace, "problems")
    found = surfaces.dialog(workspace).get_by_role("option")
    expect(found.filter(has_text="helper.py, line 1")).to_have_count(1, timeout=2 * LOADS)
    workspace.press("Escape")
    surfaces.by_command(workspace, "rename-file")
    page.locator("#tabs .inline-input").fill("other.py")
    workspace.press("Enter")
    renamed = page.get_by_role("tab", name="other.py")
    expect(renamed).to_be_visible()
    surfaces.by_command(workspace, "problems")
    expect(found.filter(has_text="other.py, line 1")).to_have_count(1, timeout=LOADS)
    expect(found.filter(has_text="helper.py")).to_have_count(0)
    workspace.press("Escape")
    renamed.focus()
    renamed.press("Delete")
    expect(renamed).to_have_count(0)
    surfaces.by_command(workspace, "problems")
    expect(found.filter(has_text="main.py, line 2")).not_to_have_count(0)
    expect(found.filter(has_text="other.py")).to_have_count(0)
