"""The layers of images: what takes minutes is made again only when something that decides about it
has changed.

Docker executes an instruction again when a file that was copied before it has changed.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.sandbox.packages.explanations import OWN
from tests.services import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
STAGES = dict(
    re.findall(r"^FROM \S+ AS (\S+)\n(.*?)(?=^FROM |\Z)", DOCKERFILE, re.MULTILINE | re.DOTALL)
)
BASES = {
    stage: base for base, stage in re.findall(r"^FROM (\S+) AS (\S+)", DOCKERFILE, re.MULTILINE)
}
COPY = re.compile(
    r"^COPY (?:--from=(?P<stage>\S+) )?(?P<sources>.+) (?P<target>\S+)$", re.MULTILINE
)
TOOLCHAINS = ("debian-small", "toolchains-small", "debian-full", "toolchains-full")
# What is not Python's, and decides which toolchains there are, or how they are made.
OTHERS = {
    "requirements.txt", "requirements-languages.txt", "requirements-toolchains.txt",
    "requirements-programs.txt", "requirements-programs-pypy.txt", "toolchains",
    "scripts/lib.sh", "scripts/languages.sh", "scripts/python_packages.sh", "scripts/locales.sh",
}  # fmt: skip
REGISTRY = "runner/languages"
ASKED = """import json, sys
from runner.sandbox.packages.explanations import explanations
from scripts import languages, python_packages
explanations()
print(json.dumps([getattr(module, "__file__", None) for module in list(sys.modules.values())]))
"""


def copied(stage: str) -> Iterator[tuple[str, str]]:
    """What of the project that stage and those before it are made of, and where it goes."""
    if stage not in STAGES:  # an image of others; or `pythons-…`, which is chosen by an argument
        for chosen in STAGES if "$" in stage else ():
            if re.fullmatch(re.sub(r"\$\{\w+\}", ".*", stage), chosen):
                yield from copied(chosen)
        return
    yield from copied(BASES[stage])
    for found in COPY.finditer(STAGES[stage]):
        if found["stage"]:
            yield from copied(found["stage"])
        else:
            for source in found["sources"].split():
                names = [path.name for path in ROOT.glob(source)] if "*" in source else [source]
                yield from ((name, found["target"]) for name in names)


def folder_of(stage: str, folder: Path) -> Path:
    """Fills it as `/app` of that stage is."""
    for source, target in copied(stage):
        if target.startswith("/"):
            continue
        place = folder / target / (Path(source).name if target.endswith("/") else "")
        place.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, place)
        else:
            shutil.copy(ROOT / source, place)
    return folder


@pytest.fixture
def made(tmp_path: Path) -> Path:
    return folder_of("toolchains-small", tmp_path)


def printed(folder: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("stage", TOOLCHAINS)
def test_a_change_of_the_product_makes_no_toolchain_again(stage: str) -> None:
    """Only of the modules that the installation imports, which the next test holds to that."""
    for source, _ in copied(stage):
        if source == REGISTRY or source in OTHERS:
            continue
        assert source.endswith(".py"), f"{stage} is made again whenever {source} changes"
        assert (ROOT / source).is_file(), source


def test_the_installation_has_what_it_imports_and_nothing_else(made: Path) -> None:
    loaded = set(re.findall(rf'"{re.escape(str(made))}/([^"]+)"', printed(made, "-c", ASKED)))
    read = {f"runner/sandbox/packages/{name}" for name in OWN.values()}
    sources = {source for source, _ in copied("toolchains-small") if source.endswith(".py")}
    assert sources - loaded - read == set()


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (("scripts.languages", "names", "java"), "java\n"),
        (("scripts.languages", "prepare", "python"), ""),
        (("scripts.python_packages", "--list", "python"), "python\t/usr/bin/python3\t"),
    ],
)
def test_the_commands_of_the_installation_work_there(
    command: tuple[str, ...], shown: str, made: Path
) -> None:
    assert printed(made, "-m", *command).startswith(shown)


def test_the_packages_of_debian_are_known_from_what_that_stage_has(tmp_path: Path) -> None:
    folder = folder_of("debian-small", tmp_path)
    assert printed(folder, "-m", "scripts.languages", "names", "java") == "java\n"


@pytest.mark.parametrize("size", ["small", "full"])
@pytest.mark.parametrize("folder", ["/opt/coderunner", "/opt/python"])
def test_what_the_installation_has_made_is_in_the_image(size: str, folder: str) -> None:
    """The libraries of other Pythons are compiled where they lie."""
    copies = {
        found["sources"]: found["stage"] for found in COPY.finditer(STAGES[f"executor-{size}"])
    }
    assert copies[folder] == f"toolchains-{size}"
