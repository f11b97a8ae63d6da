"""`pip` says that packages cannot be installed, or that they are, however it is called."""

from collections.abc import Iterator

import pytest

from tests.installed import small_installation
from tests.runner.sandbox.inside import printed, result

PAGE = "The page “Packages” of this site lists what is installed."
MISSING = f"Programs cannot install packages here: cowboy. {PAGE}\n"
THERE = "Requirement already satisfied: Small.Package 1.2 is installed here.\n"
PYTHON = "import subprocess, sys\ncall = [sys.executable, '-m', 'pip', *{words!r}]\n"
CALLS: dict[str, tuple[list[str], int, str]] = {
    "something else": (["install", "cowboy"], 1, MISSING),
    "with options": (
        ["--quiet", "install", "--user", "-U", "--index-url", "https://x", "cowboy>=2"], 1, MISSING),
    "what is there": (["install", "Small.Package"], 0, THERE),
    "what is there, spelt otherwise": (
        ["install", "small-package"], 0, THERE.replace("Small.Package", "small-package")),
    "this version": (["install", "Small.Package==1.2"], 0, THERE),
    "any of these versions": (["install", "Small.Package==1.*"], 0, THERE),
    "another version": (
        ["install", "Small.Package==1.3"], 1,
        "Small.Package 1.2 is installed here. Programs cannot install another.\n"),
    "a version that begins alike": (
        ["install", "Small.Package==1"], 1,
        "Small.Package 1.2 is installed here. Programs cannot install another.\n"),
    "one of two": (["install", "Small.Package", "cowboy"], 1, MISSING),
    "a list": (["install", "-r", "list.txt"], 1, MISSING),
    "a list that is not there": (
        ["install", "--requirement=none.txt"], 1,
        f"Programs cannot install packages here. {PAGE}\n"),
    "nothing": (["install"], 1, f"Programs cannot install packages here. {PAGE}\n"),
    "to remove": (
        ["uninstall", "-y", "cowboy"], 1, f"Programs cannot manage packages here. {PAGE}\n"),
}  # fmt: skip
FILES = {"list.txt": "# needed\nSmall.Package==1.2\ncowboy[hat]>=2 ; python_version > '3'\n"}


@pytest.fixture(scope="module", autouse=True)
def _installed() -> Iterator[None]:
    with small_installation():
        yield


@pytest.mark.parametrize("name", CALLS)
async def test_it_says_in_one_sentence_what_it_cannot_do(name: str) -> None:
    words, code, said = CALLS[name]
    source = PYTHON.format(words=words) + "print(subprocess.run(call).returncode)"
    assert await printed(source, files=FILES) == f"{said}{code}\n"


@pytest.mark.parametrize("command", ["pip", "pip3", "/usr/bin/env pip", "/opt/commands/pip3"])
async def test_as_a_command_it_says_the_same(command: str) -> None:
    source = f"import os; print(os.waitstatus_to_exitcode(os.system('{command} install cowboy')))"
    assert await printed(source) == f"{MISSING}1\n"


async def test_as_a_module_it_says_the_same() -> None:
    source = "import pip\nprint(pip.main(['install', 'cowboy']))"
    assert await printed(source) == f"{MISSING}1\n"


async def test_what_is_installed_can_be_listed() -> None:
    source = "import os\nos.system('pip list; pip freeze')"
    listed = (await printed(source)).splitlines()
    assert {"Small.Package 1.2", "Small.Package==1.2"} <= set(listed)


async def test_a_program_goes_on_whose_packages_are_there() -> None:
    """As one that installs what it needs first, copied from somewhere."""
    source = PYTHON.format(words=["install", "small-package"])
    assert (await printed(f"{source}subprocess.check_call(call)\nimport small")).count("\n") == 1


async def test_the_usual_way_to_find_versions_finds_them() -> None:
    source = "import importlib.metadata as m; print(m.version('small-package'))"
    assert await printed(source) == "1.2\n"


async def test_without_packages_it_says_that_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_PACKAGES_FOLDER", "/nowhere")
    output, status = await result("import os, sys\nsys.exit(os.system('pip install cowboy') >> 8)")
    assert output == MISSING
    assert status is not None
    assert status.exit_code == 1
