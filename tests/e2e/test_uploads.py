"""Files that are dropped or chosen: what can be added is added, the rest is named."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.pages import serious_violations
from tests.e2e.test_files import a_file
from tests.e2e.workspace import Workspace

UNREADABLE = """() => {
    const read = Blob.prototype.arrayBuffer;
    File.prototype.arrayBuffer = function () {
        return this.name.startsWith("locked") ? Promise.reject(new Error("no")) : read.call(this);
    };
}"""


def tabs(workspace: Workspace) -> Locator:
    return workspace.page.locator("#tabs .tab-name")


def drop(workspace: Workspace, *paths: Path) -> None:
    """As the system's file manager does, with real files and folders."""
    session = workspace.page.context.new_cdp_session(workspace.page)
    box = workspace.editor.bounding_box()
    assert box is not None
    place = {"x": box["x"] + 50, "y": box["y"] + 50}
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "data": data, **place})


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    (folder / "data").mkdir(parents=True)
    (folder / "main.py").write_text("print(1)\n")
    (folder / "data" / "prices.csv").write_bytes("Käse;2\n".encode("cp1252"))
    (folder / "cat.png").write_bytes(b"\x89PNG\0")
    (tmp_path / "empty").mkdir()
    (tmp_path / "good.py").write_text("print(2)\n")
    return tmp_path


ORDERS: dict[str, Callable[[Path], list[Path]]] = {
    "the folder first": lambda disk: [disk / "shop", disk / "good.py"],
    "the folder last": lambda disk: [disk / "good.py", disk / "shop"],
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_a_dropped_folder_gives_its_files_and_does_not_harm_others(
    workspace: Workspace, disk: Path, order: Callable[[Path], list[Path]]
) -> None:
    drop(workspace, *order(disk))
    names = ["main.py", "good.py", "shop/main.py", "shop/data/prices.csv"]
    for name in names:
        expect(tabs(workspace).get_by_text(name, exact=True)).to_be_visible()
    expect(tabs(workspace)).to_have_count(len(names))
    expect(workspace.page.get_by_test_id("data-files")).to_contain_text("shop/cat.png")


def test_an_empty_folder_is_named(workspace: Workspace, disk: Path) -> None:
    drop(workspace, disk / "empty", disk / "good.py")
    expect(tabs(workspace)).to_have_text(["main.py", "good.py"])
    said = workspace.page.get_by_role("alert").filter(has_text="have no files: empty")
    expect(said).to_be_visible()


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_added(
    workspace: Workspace,
) -> None:
    workspace.page.evaluate(UNREADABLE)
    workspace.page.locator("#upload").set_input_files(
        [a_file("a.txt", b"1"), a_file("locked.txt", b"2"), a_file("b.txt", b"3")]
    )
    expect(tabs(workspace)).to_have_text(["main.py", "a.txt", "b.txt"])
    said = workspace.page.get_by_role("alert").filter(has_text="locked.txt could not be read")
    expect(said).to_be_visible()


def test_excels_csv_is_converted_and_its_tab_says_so(workspace: Workspace) -> None:
    workspace.write("print(open('noten.csv').read())\n")
    workspace.page.locator("#upload").set_input_files(
        a_file("noten.csv", "Müller;2 €\r\n".encode("cp1252"))
    )
    tab = workspace.page.get_by_role("tab", name="noten.csv")
    expect(tab).to_contain_text("Windows-1252 → UTF-8")
    expect(tab).to_have_attribute("title", "noten.csv: Converted from Windows-1252 to UTF-8")
    assert workspace.text() == "Müller;2 €\n"
    assert serious_violations(workspace.page) == []
    workspace.run.click()
    workspace.wait_for("Müller;2 €")


def test_several_problems_are_one_list_that_stays_until_it_is_closed(workspace: Workspace) -> None:
    page = workspace.page
    page.locator("#upload").set_input_files(
        [
            a_file("cat.png", b"\x89PNG\0"),
            a_file("code.zip", b"PK\3\4\0"),
            a_file("film.mp4", b"x" * (10 * 1024**2 + 1)),
            *(a_file(f"{number}.txt", b"") for number in range(25)),
        ]
    )
    said = page.get_by_role("alert").filter(has_text="Not added:")
    expect(said.get_by_role("listitem")).to_have_count(2)
    expect(said).to_contain_text("code.zip: This zip archive is damaged.")
    expect(said).to_contain_text("film.mp4")
    # No archive of the user's that is damaged is a fault of the page.
    workspace.complaints = [one for one in workspace.complaints if "400" not in one]
    assert serious_violations(page) == []
    expect(tabs(workspace)).to_have_count(20)
    said.get_by_role("button", name="Close").click()
    expect(said).to_have_count(0)


def test_what_is_read_for_a_snippet_that_was_left_is_not_lost_without_a_word(
    workspace: Workspace,
) -> None:
    page = workspace.page
    page.evaluate("""() => {
        const read = Blob.prototype.arrayBuffer;
        const wait = new Promise((go) => { window.go = go; });
        File.prototype.arrayBuffer = async function () { await wait; return read.call(this); };
    }""")
    page.locator("#upload").set_input_files(a_file("late.txt", b"1"))
    workspace.press("Alt+n")
    expect(workspace.title).to_have_value("Untitled")
    page.evaluate("() => window.go()")
    said = page.get_by_role("alert").filter(has_text="You opened another snippet meanwhile")
    expect(said).to_be_visible()
    expect(tabs(workspace)).to_have_count(1)
