"""The documentation is true where that can be checked: links, paths, settings, messages."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from runner.limits import BOUNDS
from runner.protocol.messages import CLIENT_MESSAGES, SERVER_MESSAGES, Outcome
from runner.protocol.reasons import ErrorCode, ReasonCode
from tests.services import ROOT

PAGES = sorted(chain(ROOT.glob("*.md"), ROOT.glob("docs/**/*.md")))
# What a page names in backticks is a path if it begins with one of these directories and has a `/`.
DIRECTORIES = (
    "accounts", "bench", "coderunner", "deploy", "docs", "locale", "runner", "scripts", "static",
    "templates", "tests",
)  # fmt: skip
MADE_BY_READERS = {"deploy/nginx/tls.conf", "deploy/k8s/mysite"}
OF_STUDENTS = {"main.py", "hello.py"}
SOURCES = {".py", ".ts", ".sh"}
CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?:\]\(|src(?:set)?=\")([^)\"\s]+)")
NAMED = re.compile(r"`([^`\s]+)`")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return CODE_BLOCK.sub("", page.read_text())


def anchors(page: Path) -> set[str]:
    """As GitHub makes them of headings."""
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(prose(page)))
    return {heading.replace(" ", "-") for heading in kept}


def broken_links(page: Path) -> Iterator[str]:
    for target in LINK.findall(prose(page)):
        path, _, anchor = target.partition("#")
        if ":" in path:
            continue  # another site
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            yield target


def missing_paths(page: Path) -> Iterator[str]:
    for name in NAMED.findall(prose(page)):
        if name.split("/")[0] in DIRECTORIES and "/" in name:
            exists = any(ROOT.glob(name.rstrip("/"))) or name in MADE_BY_READERS
        elif "/" not in name and Path(name).suffix in SOURCES:
            exists = name in OF_STUDENTS or any(
                any((ROOT / directory).rglob(name)) for directory in DIRECTORIES
            )
        else:
            continue
        if not exists:
            yield name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_and_path_of_a_page_leads_somewhere(page: Path) -> None:
    assert [*broken_links(page), *missing_paths(page)] == []


def test_the_readme_lists_the_variables_that_settings_read() -> None:
    settings = (ROOT / "coderunner/settings.py").read_text()
    read = set(re.findall(r"(?:env\.\w+|environ\.get)\(\s*\"([A-Z_]+)\"", settings))
    own_names = {"detach_seconds": "DETACH_SECONDS", "drain_seconds": "DRAIN_SECONDS"}
    # Read without the settings: by the sandbox, which every Python can import, and by a script.
    for path in ("runner/languages/places.py", "scripts/python_packages.py"):
        read |= set(re.findall(r'"(PYTHONS?_[A-Z_]+)"', (ROOT / path).read_text()))
    read |= {own_names.get(name, f"LIMIT_{name.upper()}") for name in BOUNDS}
    section = (ROOT / "README.md").read_text().split("## Configuration")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)} == read


def test_the_api_page_names_every_message_field_and_code() -> None:
    page = (ROOT / "docs/api.md").read_text()
    named = set(re.findall(r"`(\w+)`", page))
    wanted = {code.value for code in (*Outcome, *ErrorCode, *ReasonCode)}
    for model in (*CLIENT_MESSAGES, *SERVER_MESSAGES):
        wanted.add(model.model_fields["type"].annotation.__args__[0])  # type: ignore[union-attr]
        wanted |= {field.alias or name for name, field in model.model_fields.items()}
    assert wanted - named - {"type"} == set()
