"""The menu of languages: what it offers, and what it does to a program."""

import pytest
from playwright.sync_api import FilePayload, expect

from runner.languages import LANGUAGES
from tests.e2e.workspace import Workspace

BASH = LANGUAGES["bash"]  # every Debian has it
SCRIPT: FilePayload = {"name": "hello.sh", "mimeType": "text/plain", "buffer": b"echo wombat\n"}


@pytest.fixture
def ready(workspace: Workspace) -> Workspace:
    workspace.wait_for_everything()
    return workspace


def test_an_untouched_example_becomes_that_of_the_language(ready: Workspace) -> None:
    ready.language.select_option("bash")
    expect(ready.page.get_by_role("tab")).to_have_text([BASH.main])
    assert ready.text() == BASH.example


def test_own_code_is_kept_whatever_the_language(ready: Workspace) -> None:
    ready.write("echo my own\n")
    ready.language.select_option("bash")
    expect(ready.page.get_by_role("tab")).to_have_text([BASH.main])
    ready.language.select_option("python")
    assert ready.text() == "echo my own\n"


def test_a_file_of_another_language_offers_to_change_it(ready: Workspace) -> None:
    ready.page.locator("#upload").set_input_files(SCRIPT)
    ready.page.get_by_role("button", name="Use Bash").click()
    expect(ready.language).to_have_value("bash")
    expect(ready.page.get_by_role("tab")).to_have_text(["hello.sh"])  # the example is gone
    ready.run.click()
    ready.wait_for("wombat")


def test_other_files_stay_when_the_language_changes(ready: Workspace) -> None:
    ready.write("print('my own')\n")
    ready.page.locator("#upload").set_input_files(SCRIPT)
    ready.page.get_by_role("button", name="Use Bash").click()
    expect(ready.page.get_by_role("tab")).to_have_count(2)
    ready.page.get_by_role("tab", name="main.py").click()
    assert ready.text() == "print('my own')\n"


def test_a_console_changes_no_file(ready: Workspace) -> None:
    ready.write("print('my own')\n")
    ready.language.select_option("python-console")
    expect(ready.page.get_by_role("tab")).to_have_text(["main.py"])
    assert ready.text() == "print('my own')\n"
    ready.run.click()
    ready.wait_for(">>>")
