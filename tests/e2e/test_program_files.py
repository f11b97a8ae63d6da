# size: one tab of the panel, and all that can be done with files
"""Files of programs in the page: data goes in, results come out, a high score stays."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, expect

from runner.languages import PYTHON, place_of
from runner.protocol.messages import Outcome
from tests.e2e.test_phone import ANDROID
from tests.e2e.workspace import Workspace
from tests.product import WebServer
from tests.runner.files.test_archives import a_zip

LATIN = "Stadt;Einwohner\nKöln;1024\nBonn;331\n".encode("cp1252")
READS = """import pandas
table = pandas.read_csv("cities.csv", sep=";", encoding="cp1252")
table["doubled"] = table["Einwohner"] * 2
table.to_csv("result.csv", index=False)
print("rows", len(table))
"""
WITHOUT_PANDAS = """import csv
rows = list(csv.DictReader(open("cities.csv", encoding="cp1252"), delimiter=";"))
with open("result.csv", "w", newline="") as file:
    table = csv.writer(file, lineterminator="\\n")
    table.writerow(["Stadt", "Einwohner", "doubled"])
    for row in rows:
        table.writerow([row["Stadt"], row["Einwohner"], int(row["Einwohner"]) * 2])
print("rows", len(rows))
"""
SCORE = """import os
best = int(open("best.txt").read()) if os.path.exists("best.txt") else 0
print("best", best)
open("best.txt", "w").write(str(best + 10))
"""
# A folder as browsers give it, in the words of the File and Directory Entries API.
DROP_FOLDER = """target => {
    const file = (name, text) => ({
        isFile: true, isDirectory: false, name,
        file: (found) => found(new File([text], name)),
    });
    const folder = (name, entries) => ({
        isFile: false, isDirectory: true, name,
        createReader: () => {
            let left = [entries, []];
            return { readEntries: (found) => found(left.shift() ?? []) };
        },
    });
    const inner = folder("deep", [file("b.bin", new Uint8Array([0, 1, 2, 255]))]);
    const entry = folder("data", [file("a.bin", new Uint8Array([0, 159])), inner]);
    for (const type of ["dragenter", "dragover", "drop"]) {
        const event = new DragEvent(type, { bubbles: true, cancelable: true });
        const item = { kind: "file", webkitGetAsEntry: () => entry };
        const dataTransfer = { types: ["Files"], files: [new File([], "data")], items: [item] };
        Object.defineProperty(event, "dataTransfer", { value: dataTransfer });
        target.dispatchEvent(event);
    }
}"""


@pytest.fixture
def phone(browser: Browser, site: WebServer, new_student: Callable[[], str]) -> Iterator[Workspace]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, user_agent=ANDROID
    )
    context.set_default_timeout(15_000)
    workspace = Workspace.open(context, site.url, site.sign_in(new_student()))
    expect(workspace.editor.locator(".cm-content")).to_be_visible(timeout=20_000)
    yield workspace
    assert workspace.complaints == []
    context.close()


def a_file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def add(workspace: Workspace, *files: FilePayload) -> None:
    workspace.page.keyboard.press("F1")
    workspace.page.locator(".palette-field").fill("Files of the program")
    workspace.page.keyboard.press("Enter")
    workspace.page.get_by_test_id("files-input").set_input_files(list(files))


def row(workspace: Workspace, place: str, name: str) -> Locator:
    return workspace.page.get_by_test_id(place).locator(f'[data-name="{name}"]')


def downloaded(workspace: Workspace, link: Locator) -> bytes:
    with workspace.page.expect_download() as download:
        link.click()
    return Path(download.value.path()).read_bytes()


def pandas_is_there() -> bool:
    return (place_of(PYTHON.run[0]) / "pandas").is_dir()


def a_table_is_read_and_its_result_saved(workspace: Workspace) -> None:
    source = READS if pandas_is_there() else WITHOUT_PANDAS
    workspace.write(source)
    workspace.wait_for_save()
    add(workspace, a_file("cities.csv", LATIN))
    data = row(workspace, "data-files", "cities.csv")
    expect(data).to_contain_text("CP1252")
    workspace.run.click()
    workspace.wait_for("rows 2")
    result = row(workspace, "written-files", "result.csv")
    expect(result).to_be_visible(timeout=20_000)
    result.get_by_role("button", name="Show result.csv").click()
    preview = workspace.page.get_by_test_id("file-preview")
    expect(preview.locator("tbody tr").first).to_have_text("Köln10242048")
    workspace.page.keyboard.press("Escape")
    content = downloaded(workspace, result.get_by_test_id("file-download"))
    assert content.decode() == "Stadt,Einwohner,doubled\nKöln,1024,2048\nBonn,331,662\n"


def test_a_table_is_read_and_its_result_is_saved(workspace: Workspace) -> None:
    a_table_is_read_and_its_result_saved(workspace)


def test_the_same_on_a_phone(phone: Workspace) -> None:
    a_table_is_read_and_its_result_saved(phone)


ASKS_TWICE = """open("a.txt", "w").write("1")
input("first? ")
open("b.txt", "w").write("2")
input("second? ")
"""


def test_files_come_while_the_program_runs_and_when_it_is_stopped(workspace: Workspace) -> None:
    page = workspace.page
    workspace.start(ASKS_TWICE)
    workspace.wait_for("first?")
    page.keyboard.press("F1")
    page.locator(".palette-field").fill("Files of the program")
    page.keyboard.press("Enter")
    page.get_by_test_id("files-get").click()
    expect(row(workspace, "written-files", "a.txt")).to_be_visible()
    expect(row(workspace, "written-files", "b.txt")).to_have_count(0)
    workspace.type("\n")
    workspace.wait_for("second?")
    workspace.stop.click()
    workspace.wait_for_end(Outcome.STOPPED)
    expect(row(workspace, "written-files", "b.txt")).to_be_visible()
    expect(page.get_by_test_id("files-get")).to_be_hidden()


COUNTS = """import os
print("bytes", os.path.getsize("a.txt") if os.path.exists("a.txt") else 0)
open("a.txt", "a").write("x")
"""


def test_a_written_file_is_added_to_the_snippet_and_is_the_same_for_each_run(
    workspace: Workspace,
) -> None:
    workspace.write(COUNTS)
    workspace.wait_for_save()
    workspace.run.click()
    workspace.wait_for("bytes 0")
    row(workspace, "written-files", "a.txt").get_by_test_id("file-to-snippet").click()
    expect(row(workspace, "data-files", "a.txt")).not_to_contain_text("changed by runs")
    for _ in range(2):
        workspace.wait_for_state("finished")
        workspace.clear.click()
        workspace.run.click()
        workspace.wait_for("bytes 1")


def test_a_high_score_survives_to_the_next_run(workspace: Workspace) -> None:
    workspace.write(SCORE)
    workspace.wait_for_save()
    workspace.run.click()
    workspace.wait_for("best 0")
    written = row(workspace, "written-files", "best.txt")
    written.get_by_test_id("file-keep").click()
    expect(row(workspace, "data-files", "best.txt")).to_contain_text("changed by runs")
    for best in ("best 10", "best 20"):
        workspace.wait_for_state("finished")
        workspace.run.click()
        workspace.wait_for(best)


LEAVES_OUT = """import os
os.symlink("/etc/passwd", "link")
open("good.txt", "w").write("1")
print("done")
"""


def what_is_left_out_is_said(workspace: Workspace, site: WebServer) -> None:
    page = workspace.page
    workspace.start(LEAVES_OUT)
    said = page.get_by_test_id("files-notices")
    for _ in range(2):  # also after the page was loaded again
        workspace.wait_for_end(Outcome.COMPLETED)
        expect(said).to_contain_text("“link”")
        expect(row(workspace, "written-files", "good.txt")).to_have_count(1)
        workspace.reload()
    run = workspace.state.get_attribute("data-run")
    workspace.start("print('nothing')")
    workspace.wait_for_end(Outcome.COMPLETED)
    expect(said.locator("p")).to_have_count(0)
    expect(page.get_by_test_id("written-files").locator("li")).to_have_count(0)
    page.goto(f"{site.url}/runs/{run}/")
    expect(page.get_by_test_id("file-notice")).to_contain_text("“link”")


def test_what_is_left_out_is_said_also_later(workspace: Workspace, site: WebServer) -> None:
    what_is_left_out_is_said(workspace, site)


def test_and_on_a_phone(phone: Workspace, site: WebServer) -> None:
    what_is_left_out_is_said(phone, site)


def test_a_dropped_folder_keeps_its_folders(workspace: Workspace) -> None:
    """cocalc#3121: the files of a folder come without it, or nothing comes and nothing is said."""
    workspace.write(
        "import os\nprint(sorted(os.listdir('data/deep')), os.path.getsize('data/a.bin'))"
    )
    workspace.wait_for_save()
    workspace.page.get_by_test_id("editor").evaluate(DROP_FOLDER)
    expect(row(workspace, "data-files", "data/deep/b.bin")).to_be_visible()
    expect(row(workspace, "data-files", "data/a.bin")).to_be_visible()
    workspace.run.click()
    workspace.wait_for("['b.bin'] 2")


def test_an_archive_is_unpacked_or_refused_in_words(workspace: Workspace) -> None:
    page = workspace.page
    workspace.write("print(open('d/one.txt').read(), open('two.txt').read())")
    workspace.wait_for_save()
    good = a_zip({"d/one.txt": b"1", "two.txt": b"2", "__MACOSX/._two.txt": b""})
    add(workspace, a_file("good.zip", good))
    expect(row(workspace, "data-files", "d/one.txt")).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="__MACOSX/._two.txt")).to_be_visible()
    bomb = a_zip({f"{number}": bytes(10 * 2**20) for number in range(4)})
    page.get_by_test_id("files-input").set_input_files(a_file("bomb.zip", bomb))
    expect(page.get_by_role("alert").filter(has_text="more than 32 MB")).to_be_visible()
    expect(page.get_by_test_id("data-files").locator("li")).to_have_count(2)
    workspace.run.click()
    workspace.wait_for("1 2")
    workspace.forgive(413)


def test_data_is_renamed_and_deleted(workspace: Workspace) -> None:
    page = workspace.page
    workspace.write("print('x')")
    workspace.wait_for_save()
    add(workspace, a_file("a.bin", b"\0\1"), a_file("b.bin", b"\0\2"))
    row(workspace, "data-files", "a.bin").get_by_test_id("data-rename").click()
    name = page.get_by_label("New name")
    name.fill("main.py")
    name.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="main.py")).to_be_visible()
    workspace.forgive(400)
    name.fill("d/c.bin")
    name.press("Enter")
    expect(row(workspace, "data-files", "d/c.bin")).to_be_visible()
    row(workspace, "data-files", "b.bin").get_by_test_id("data-remove").click()
    expect(page.get_by_test_id("data-files").locator("li")).to_have_count(1)


def test_all_files_come_in_one_archive(workspace: Workspace) -> None:
    workspace.write("for n in 'ab': open(n + '.txt', 'w').write(n)\nprint('done')")
    workspace.run.click()
    workspace.wait_for("done")
    link = workspace.page.get_by_test_id("files-zip")
    expect(link).to_be_visible(timeout=20_000)
    with zipfile.ZipFile(io.BytesIO(downloaded(workspace, link))) as files:
        assert {name: files.read(name) for name in files.namelist()} == {
            "a.txt": b"a", "b.txt": b"b",
        }  # fmt: skip
