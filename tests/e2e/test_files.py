"""Several files in a snippet: tabs, upload, download."""

import io
import zipfile
from pathlib import Path

from playwright.sync_api import FilePayload, expect

from tests.e2e.workspace import Workspace


def a_file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_a_program_of_two_files_runs(workspace: Workspace) -> None:
    page = workspace.page
    workspace.write("import helper\nhelper.greet('two', 'files')\n")
    page.get_by_role("button", name="New file").click()
    name = page.get_by_label("Name of the file")
    for wrong, words in {
        "../helper.py": "may not contain",
        "main.py": "already",
        "n" * 300: "too long",
    }.items():
        name.fill(wrong)
        expect(page.get_by_role("alert").first).to_contain_text(words)
    name.fill("helper.py")
    name.press("Enter")
    expect(page.get_by_role("tab", name="helper.py")).to_have_attribute("aria-selected", "true")
    workspace.write("def greet(*words):\n    print('hello', *words)\n")
    workspace.wait_for_save()
    workspace.run.click()
    workspace.wait_for("hello two files")
    page.get_by_role("tab", name="main.py").click()
    assert workspace.text().startswith("import helper")
    workspace.reload()
    expect(page.get_by_role("tab")).to_have_count(2)


def test_uploads_become_code_or_data_or_are_refused_in_words(workspace: Workspace) -> None:
    page = workspace.page
    workspace.write("print(open('data.csv').read())\n")
    page.locator("#upload").set_input_files(
        [
            a_file("data.csv", b"one;two\r\n"),
            a_file("cat.png", b"\x89PNG\0"),
            a_file("film.mp4", b"x" * (10 * 1024**2 + 1)),
        ]
    )
    alerts = page.get_by_role("alert")
    expect(alerts.filter(has_text="“film.mp4” is too large: the limit is 10.0 MB")).to_be_visible()
    expect(page.get_by_test_id("data-files").locator("li")).to_have_count(1)
    expect(page.get_by_test_id("data-files")).to_contain_text("cat.png")
    tabs = page.locator("#tabs").get_by_role("tab")
    expect(tabs).to_have_text(["Main file:main.py", "data.csv"])
    workspace.wait_for_save()
    workspace.run.click()
    workspace.wait_for("one;two")


DROP = """target => {
    const carried = new DataTransfer();
    carried.items.add(new File(["dropped\\n"], "dropped.txt"));
    for (const type of ["dragenter", "dragover", "drop"]) {
        const event = { dataTransfer: carried, bubbles: true, cancelable: true };
        target.dispatchEvent(new DragEvent(type, event));
    }
}"""


# What is dropped is read so slowly that the snippet is saved, for the first time, meanwhile.
SLOW_DISK = """() => {
    const read = Blob.prototype.arrayBuffer;
    const saved = () => document.querySelector("[data-testid=save]").dataset.state === "saved";
    File.prototype.arrayBuffer = async function () {
        while (!saved()) await new Promise((later) => setTimeout(later, 10));
        return read.call(this);
    };
}"""


def test_a_dropped_file_becomes_one_of_the_snippet(workspace: Workspace) -> None:
    workspace.page.evaluate(SLOW_DISK)
    workspace.write("print('it says', open('dropped.txt').read())\n")
    workspace.page.get_by_test_id("editor").evaluate(DROP)
    expect(workspace.page.get_by_role("tab", name="dropped.txt")).to_be_visible()
    workspace.wait_for_save()
    workspace.run.click()
    workspace.wait_for("it says dropped")


def test_files_come_back_as_they_were(workspace: Workspace, tmp_path: Path) -> None:
    page = workspace.page
    workspace.write("print('in a zip')\n")
    page.locator("#upload").set_input_files(a_file("größe.txt", "ü\n".encode()))
    expect(page.get_by_role("tab", name="größe.txt")).to_be_visible()
    page.get_by_role("button", name="File", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Download all as zip").click()
    assert download.value.suggested_filename == "My first program.zip"
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as files:
        assert files.read("main.py") == b"print('in a zip')\n"
        assert files.read("größe.txt") == "ü\n".encode()


def test_a_file_is_deleted_with_a_way_back(workspace: Workspace) -> None:
    page = workspace.page
    workspace.write("print('kept')\n")
    page.locator("#upload").set_input_files(a_file("notes.txt", b"precious"))
    tab = page.get_by_role("tab", name="notes.txt")
    tab.focus()
    tab.press("Delete")
    expect(tab).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(tab).to_be_visible()
    assert workspace.text() == "precious"
