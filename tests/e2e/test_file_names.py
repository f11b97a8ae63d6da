"""The names that students type for files, new and renamed."""

import pytest
from playwright.sync_api import Locator, expect

from runner.protocol.messages import Outcome
from tests.e2e.workspace import Workspace


def add_file(workspace: Workspace, name: str, key: str = "Enter") -> None:
    workspace.page.get_by_role("button", name="New file").click()
    workspace.page.keyboard.type(name)
    workspace.press(key)


def name_field(workspace: Workspace) -> Locator:
    return workspace.page.get_by_label("Name of the file")


def files(workspace: Workspace) -> list[str]:
    return workspace.page.get_by_role("tab").locator(".tab-name").all_inner_texts()


@pytest.mark.parametrize("name", ["helper.py", "helper", " helper. "])
def test_a_new_file_can_be_imported_however_it_is_typed(workspace: Workspace, name: str) -> None:
    workspace.wait_for_everything()
    workspace.write("import helper\nprint('it is', helper.answer)\n")
    workspace.page.get_by_role("button", name="New file").click()
    expect(name_field(workspace)).to_have_value("")
    expect(name_field(workspace)).to_have_attribute("placeholder", "helper.py")
    workspace.page.keyboard.type(name)
    workspace.press("Enter")
    expect(workspace.page.get_by_role("tab", name="helper.py", exact=True)).to_be_visible()
    assert files(workspace) == ["main.py", "helper.py"]
    workspace.page.keyboard.type("answer = 42")  # the new file has the focus
    workspace.run.click()
    workspace.wait_for("it is 42")
    workspace.wait_for_end(Outcome.COMPLETED)


def test_other_extensions_stay_and_folders_are_possible(workspace: Workspace) -> None:
    for name in ("data.csv", "shapes/square", "notes.txt"):
        add_file(workspace, name)
        expect(name_field(workspace)).to_have_count(0)
    assert files(workspace) == ["main.py", "data.csv", "shapes/square.py", "notes.txt"]


@pytest.mark.parametrize("key", ["Escape", "Enter", "F6"])
def test_an_empty_name_adds_nothing(workspace: Workspace, key: str) -> None:
    add_file(workspace, "  " if key == "Enter" else "", key)
    if key == "F6":
        workspace.run.focus()
    expect(name_field(workspace)).to_have_count(0)
    assert files(workspace) == ["main.py"]


@pytest.mark.parametrize("name", ["main", "MAIN.PY", "/etc/passwd", "a\\b"])
def test_a_refused_name_is_explained(workspace: Workspace, name: str) -> None:
    add_file(workspace, name)
    expect(name_field(workspace)).to_have_attribute("aria-invalid", "true")
    problem = workspace.page.get_by_role("alert").locator("visible=true")
    expect(problem).to_be_visible()
    sentence = problem.inner_text()
    workspace.run.focus()  # leaving the field says it once more, where it can be read
    expect(name_field(workspace)).to_have_count(0)
    expect(workspace.page.locator(".toast")).to_contain_text(sentence)
    assert files(workspace) == ["main.py"]


def test_renaming_replaces_the_stem_and_keeps_the_extension(workspace: Workspace) -> None:
    page = workspace.page
    add_file(workspace, "shapes/square")
    for typed, name in (
        ("circle", "shapes/circle.py"),
        ("disc.py", "shapes/disc.py"),
    ):
        page.get_by_role("tab", name="shapes/").press("F2")
        page.keyboard.type(typed)
        workspace.press("Enter")
        expect(page.get_by_role("tab", name=name, exact=True)).to_be_visible()
    page.get_by_role("tab", name="shapes/").press("F2")
    name_field(workspace).fill("table")
    workspace.press("Enter")
    expect(page.get_by_role("tab", name="table.py", exact=True)).to_be_visible()


def test_a_title_with_a_dot_is_selected_whole(workspace: Workspace) -> None:
    workspace.write("print(1)")
    workspace.wait_for_save()
    workspace.title.fill("v1.2 game")
    workspace.wait_for_save()
    row = workspace.list.get_by_role("button", name="v1.2 game").first
    row.press("F2")
    workspace.page.keyboard.type("Snake")
    workspace.press("Enter")
    expect(workspace.title).to_have_value("Snake")
