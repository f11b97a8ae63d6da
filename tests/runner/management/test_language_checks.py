"""`manage.py doctor --languages` and `--prepare`."""

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from runner.languages import LANGUAGES, PYTHON, Language
from runner.languages.installation import Preparation, Written
from runner.management import language_checks
from runner.management.preparation import prepare
from runner.sandbox import Check

MAKES = Preparation(
    (("/bin/sh", "-c", "cp source $0/made", "{prepared}"),),
    files=(Written("source", "prepared\n"),),
)


@pytest.fixture(autouse=True)
def _kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "TRIED_LANGUAGES_FILE", tmp_path / "tried.json")


def test_python_passes_and_says_its_version() -> None:
    said = StringIO()
    call_command("doctor", "--languages", "python", "--json", stdout=said)
    (python,) = json.loads(said.getvalue())["languages"]
    assert python["ok"]
    assert python["version"].startswith("3.")
    assert 0 < python["seconds"] < 60


def test_what_is_missing_is_told_with_the_command_that_fixes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lacking = replace(PYTHON, id="klingon", name="Klingon", needs=("/opt/coderunner/klingon",))
    monkeypatch.setitem(LANGUAGES, "klingon", lacking)
    said = StringIO()
    with pytest.raises(CommandError, match="klingon"):
        call_command("doctor", "--languages", "klingon", stdout=said)
    assert "Klingon: there is no /opt/coderunner/klingon" in said.getvalue()
    assert "make languages ARGS=klingon" in said.getvalue()


def test_a_failed_self_test_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = replace(PYTHON, self_test=replace(PYTHON.self_test, shows=("43",)))
    monkeypatch.setitem(LANGUAGES, "python", wrong)
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", "--languages", "python", stdout=said)
    assert "it did not print '43'" in said.getvalue()


def test_what_has_passed_is_not_tried_again_and_what_fails_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []
    problems = {"bash": ""}

    async def try_out(language: Language, *_: object) -> str:
        tried.append(language.id)
        return problems.get(language.id, "")

    monkeypatch.setattr(language_checks, "try_out", try_out)
    lacking = replace(PYTHON, id="klingon", needs=("/opt/coderunner/klingon",))
    monkeypatch.setitem(LANGUAGES, "klingon", lacking)
    untried = ("doctor", "--languages", "python", "bash", "klingon", "--untried")
    call_command(*untried, stdout=StringIO())
    assert tried == ["python", "bash"]  # what is not installed is not missed
    call_command(*untried, stdout=StringIO())
    assert tried == ["python", "bash"]

    problems["bash"] = "it printed 'Segmentation fault'"
    for options in (["bash"], ["bash", "--untried"]):
        with pytest.raises(CommandError, match="bash"):
            call_command("doctor", "--languages", *options, stdout=StringIO())
    assert tried == ["python", "bash", "bash", "bash"]


def test_nothing_is_tried_where_programs_cannot_be_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """An image is built without sandboxes: its executors try them."""
    broken = Check("sandbox", ok=False, seen="no namespaces")
    monkeypatch.setattr("runner.management.commands.doctor.examine", lambda *_, **__: [broken])
    said = StringIO()
    call_command("doctor", "--languages", "python", "--untried", stdout=said)
    assert "executors try them" in said.getvalue()
    assert language_checks.untried(["python"]) == ["python"]


@pytest.mark.parametrize("option", ["--languages", "--prepare"])
def test_an_unknown_language_is_refused(option: str) -> None:
    with pytest.raises(CommandError, match="No such language: klingon"):
        call_command("doctor", option, "klingon")


def test_it_is_prepared_once_where_toolchains_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In another folder than /opt/coderunner: commands find it there all the same."""
    monkeypatch.setenv("TOOLCHAINS_FOLDER", str(tmp_path))
    monkeypatch.setitem(LANGUAGES, "python", replace(PYTHON, prepare=MAKES))
    assert list(prepare(["python"])) == [("python", "prepared")]
    assert (tmp_path / "prepared/python/made").read_text() == "prepared\n"
    assert list(prepare(["python"])) == [("python", "")]


def test_a_failure_keeps_what_was_prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOLCHAINS_FOLDER", str(tmp_path))
    monkeypatch.setitem(LANGUAGES, "python", replace(PYTHON, prepare=MAKES))
    list(prepare(["python"]))
    failing = Preparation((("/bin/sh", "-c", "echo no space >&2; exit 1"),))
    monkeypatch.setitem(LANGUAGES, "python", replace(PYTHON, prepare=failing))
    assert list(prepare(["python"])) == [("python", "failed: no space")]
    assert (tmp_path / "prepared/python/made").exists()
    assert [path.name for path in (tmp_path / "prepared").iterdir()] == ["python"]
